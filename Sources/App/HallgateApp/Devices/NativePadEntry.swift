// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import NativePad
import RatingModel

/// The native pad, as a configuration names it: on a line of its own, behind HID reports, or on a bus.
enum NativePadEntry: CataloguedDriver {
    static let name = NativePadDriver.name
    static let lineKinds: [DeviceLine.Kind] = [.serial, .hidraw, .tcp, .rfc2217]
    static let usualBaud = 115_200
    static let usualBusBaud = 9600
    static let readsCodes = true
    static let isAddressed = true
    /// A native pad on USB should have its number as its serial number (firmware-protocol.md, section 4.1).
    static let fingerprints =
        [
            DeviceFingerprint(
                kind: .serial, serialDigits: 16, kernelDriver: "cdc_acm", note: "a pad with a USB port of its own"),
            DeviceFingerprint(
                kind: .hidraw, serialDigits: 16, usagePage: 0xFF00, note: "a pad that speaks by HID reports"),
        ] + SerialAdapters.fingerprints

    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver? {
        let isRequired = section.value("pairing", .choice(["optional": false, "required": true]), default: false)
        let hash = section.value(
            "proof", .choice(Dictionary(uniqueKeysWithValues: PadPairing.Hash.allCases.map { ($0.rawValue, $0) })),
            default: .sha256)
        let keyFile = section.value("key_file", .absolutePath())
        let pairing: @Sendable () -> PadPairing = {
            PadKeys.pairing(file: keyFile, isRequired: isRequired, hash: hash)
        }
        let settings = "keys \(keyFile ?? "") \(hash) required \(isRequired)"
        var driver = driver(section, for: device, settings, pairing)
        // Without a key, and without a demand for one, nobody has decided anything.
        if isRequired || keyFile != nil { driver?.proof = settings }
        return driver
    }

    private static func driver(
        _ section: ConfigurationSection, for device: DeviceReading, _ settings: String,
        _ pairing: @escaping @Sendable () -> PadPairing
    ) -> ConfiguredDriver? {
        if section.has("addresses") { return bus(section, for: device, settings, pairing) }
        guard device.kind == .hidraw else {
            let baud = device.baud
            return ConfiguredDriver(name, settings: settings) { NativePadDriver(pairing: pairing(), baud: baud) }
        }
        let bytes = section.value("report_size", .integer(in: NativeReportDriver.reportSizes), default: 64)
        return ConfiguredDriver(name, settings: "\(settings) reports of \(bytes)") {
            NativeReportDriver(NativePadDriver(pairing: pairing()), reportBytes: bytes)
        }
    }

    private static func bus(
        _ section: ConfigurationSection, for device: DeviceReading, _ settings: String,
        _ pairing: @escaping @Sendable () -> PadPairing
    ) -> ConfiguredDriver? {
        guard device.kind != .hidraw else {
            section.report(
                LocalText("'addresses' does not go with line: hidraw", "'addresses' 与 line: hidraw 不相容"),
                hint: LocalText("a bus is a serial line, or a serial server's", "总线须为串口线路或串口服务器线路"), at: "addresses")
            return nil
        }
        // A USB chip holds bytes back for up to 16 ms; a network may for longer.
        let usual: Duration = device.kind == .serial ? .milliseconds(16) : .milliseconds(100)
        let latency = section.value(
            "adapter_latency", .duration(in: .milliseconds(1) ... .seconds(1)), default: usual)
        let bus = BusSettings(
            addresses: Array(device.addresses.keys), baud: device.baud, adapterLatency: latency)
        return ConfiguredDriver(name, settings: "\(settings) \(bus)") { NativeBusDriver(bus, pairing: pairing()) }
    }
}

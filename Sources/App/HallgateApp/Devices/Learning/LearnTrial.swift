// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// A driver with the settings by which it is tried on a line that nobody configured.
struct LearnTrial: Sendable {
    /// The driver, as the configuration would make it.
    let driver: ConfiguredDriver
    /// The kind of line.
    let kind: DeviceLine.Kind
    /// What goes into the stanza beside place, driver and window.
    let settings: [DeviceStanza.Setting]
    /// Line speeds at which such devices are found, the usual one first.
    let speeds: [Int]

    /// What can be tried on a line of a kind.
    ///
    /// Drivers that nothing can be heard of by (`url-pad`), or that need what no line tells (`framed` without a
    /// description), are not; a HID pad's reports are learned by ``HIDReportLearner``.
    static func all(
        _ kind: DeviceLine.Kind, only name: String? = nil, description: String? = nil
    ) -> [LearnTrial] {
        let candidates: [LearnTrial?] =
            switch kind {
            case .serial, .tcp, .rfc2217:
                [
                    make(NativePadEntry.self, kind), make(QueueBusPadEntry.self, kind, isBus: true),
                    description.flatMap {
                        make(FramedPadEntry.self, kind, [.init("description", DeviceStanza.quoted($0))], isBus: true)
                    }, kind == .rfc2217 ? nil : make(ScannerEntry.self, kind),
                ]
            case .hidraw: [64, 32, 16, 8].map { make(NativePadEntry.self, kind, reportSize($0)) }
            case .evdev:
                // Every digit is listened for; which of them are keys of the pad is for the operator to say.
                [make(KeyboardPadEntry.self, kind, heard: [digits]), make(ScannerEntry.self, kind)]
            // A pad that connects in says its name and shows its key.
            case .web: []
            }
        return candidates.compactMap { $0 }.filter { name == nil || name == $0.driver.name }
    }

    /// A driver by its name as a configuration without further settings makes it; `nil` where it needs some.
    static func plain(_ name: String) -> ConfiguredDriver? {
        guard let type = DriverCatalogue.byName[name], let kind = type.lineKinds.first else { return nil }
        return make(type, kind)?.driver
    }

    private static let digits = DeviceStanza.Setting(
        "keys", "[" + (0...9).map { "{value: \($0), level: satisfied, label: \"\($0)\"}" }.joined(separator: ", ") + "]"
    )

    private static func reportSize(_ bytes: Int) -> [DeviceStanza.Setting] {
        bytes == 64 ? [] : [.init("report_size", "\(bytes)")]
    }

    /// The driver as a configuration makes it, so that what works here is accepted there.
    private static func make(
        _ type: any CataloguedDriver.Type, _ kind: DeviceLine.Kind, _ settings: [DeviceStanza.Setting] = [],
        heard: [DeviceStanza.Setting] = [], isBus: Bool = false
    ) -> LearnTrial? {
        let isRemote = kind == .tcp || kind == .rfc2217
        let stanza = DeviceStanza(
            place: isRemote ? .address("unknown:1") : .path("/dev/unknown"), driver: type.name, line: kind.rawValue,
            settings: settings + heard)
        guard let device = GatewayConfiguration.read(text: stanza.yaml).configuration?.devices.first else { return nil }
        let usual = isBus ? type.usualBusBaud : type.usualBaud
        let others = kind == .serial || kind == .rfc2217 ? [9600, 115_200, 19_200, 38_400, 57_600, 4800, 2400] : []
        return LearnTrial(
            driver: device.driver, kind: kind, settings: settings, speeds: [usual] + others.filter { $0 != usual })
    }
}

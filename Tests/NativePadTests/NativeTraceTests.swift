// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeviceAPI
import HallgateTesting
import NativePad
import RatingModel
import Testing

/// Conversations written by a generator that knows firmware-protocol.md and not this driver: on a line of one pad, on a
/// bus, behind HID reports, with proofs, and of firmware updates.
@Suite struct NativeTraceTests {
    @Test func `traces are kept to, however they are read`() throws {
        let traces = try DriverTrace.all(of: "native")
        for kind in ["bus", "proof", "update", "report"] {
            #expect(traces.count { $0.name.hasPrefix("native/\(kind)-") } >= 6, "\(kind)")
        }
        #expect(traces.count >= 50)
        for trace in traces { #expect(trace.violations(driver) == []) }
    }

    /// The driver that the settings of a trace describe.
    private func driver(for trace: DriverTrace) -> any DeviceDriver {
        let value = { (key: String) in trace.settings[key]?.first ?? "" }
        let pairing = trace.settings["key"] == nil ? PadPairing.none : pairing(of: trace)
        switch value("line") {
        case "bus":
            let addresses = value("addresses").split(separator: " ").compactMap { BusAddress($0) }
            return NativeBusDriver(BusSettings(addresses: addresses, adapterLatency: .zero), pairing: pairing)
        case "reports":
            return NativeReportDriver(NativePadDriver(pairing: pairing), reportBytes: Int(value("report_size")) ?? 64)
        default: return NativePadDriver(pairing: pairing)
        }
    }

    /// Codes by OpenSSL, with the challenge that the trace expects in place of an unforeseeable one.
    private func pairing(of trace: DriverTrace) -> PadPairing {
        let bytes = { (key: String) in
            let digits = Array(trace.settings[key]?.first ?? "")
            return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)
            }
        }
        let (key, challenge) = (bytes("key"), bytes("challenge"))
        let isSM3 = trace.settings["proof"] == ["hmac-sm3"]
        return PadPairing(isRequired: false, hash: isSM3 ? .sm3 : .sha256) { _, input in
            // The bytes a challenge is made from begin with a type that no message has.
            if input.first == 0 { return challenge }
            return try? MessageAuthentication.hmac(isSM3 ? .sm3 : .sha256, key: key, input)
        }
    }
}

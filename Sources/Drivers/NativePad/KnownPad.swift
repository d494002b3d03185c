// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

/// The pad that said hello on this connection.
struct KnownPad: Sendable, Hashable {
    /// The conformance levels at which a pad proves its presses, and at which it has a display.
    static let proofLevel: UInt8 = 2
    static let displayLevel: UInt8 = 3

    let id: UInt64
    let conformance: UInt8
    /// The name of the pad that holds the key, or whose key nobody knows.
    let name: DeviceID
    /// The name of whatever says it is that pad and does not prove it: never the pad's own, so that its presses can
    /// neither take the place of the pad's nor be taken for them.
    let pretender: DeviceID
    let log: UInt64
    let model: String
    let firmware: String

    init(_ hello: Hello) {
        let digits = String(hello.padID, radix: 16)
        id = hello.padID
        conformance = hello.conformance
        name = DeviceID("native-" + String(repeating: "0", count: 16 - digits.utf8.count) + digits)
        pretender = DeviceID(name.value + "-unproven")
        log = hello.log
        model = KnownPad.printable(hello.model)
        firmware = KnownPad.printable(hello.firmware)
    }

    /// What its presses are recorded under.
    func device(_ standing: PadStanding) -> DeviceID { standing == .failed ? pretender : name }

    func identity(_ standing: PadStanding, at address: BusAddress?) -> DeviceIdentity {
        DeviceIdentity(device: device(standing), log: log, model: model, firmware: firmware, address: address)
    }

    /// Whether both are the same pad with the same log.
    func isSame(as other: KnownPad?) -> Bool { id == other?.id && log == other?.log }

    /// A pad's words end up on terminals: control characters are replaced, and so is what is not UTF-8.
    private static func printable(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}

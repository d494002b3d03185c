// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

/// The pad that said hello on this connection.
struct KnownPad: Sendable, Hashable {
    let device: DeviceID
    let log: UInt64
    let model: String
    let firmware: String

    init(_ hello: Hello) {
        let digits = String(hello.padID, radix: 16)
        device = DeviceID("native-" + String(repeating: "0", count: 16 - digits.utf8.count) + digits)
        log = hello.log
        model = KnownPad.printable(hello.model)
        firmware = KnownPad.printable(hello.firmware)
    }

    var identity: DeviceIdentity { DeviceIdentity(device: device, log: log, model: model, firmware: firmware) }

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

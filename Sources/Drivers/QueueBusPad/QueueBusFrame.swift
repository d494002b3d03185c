// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// A frame of the queue bus, the one frame format of hall pads that is public:
/// `FF 68 | L | L | 68 | ADDR | FUNC | DATA | CS | 16`, where L counts ADDR, FUNC and DATA, and CS is their sum modulo 256.
struct QueueBusFrame: Sendable, Hashable {
    /// What a frame is for; from a pad, everything but ``rating`` is a key.
    enum Function {
        /// Pad to host: the value of the key that was pressed.
        static let rating: UInt8 = 0x11
        /// Host to pad: start rating, and with a rating's value its acknowledgement.
        static let start: UInt8 = 0x01
        /// Host to pad: figures to show.
        static let figures: UInt8 = 0x02
        /// Host to pad: a beep.
        static let beep: UInt8 = 0x03
    }

    static let prefix: UInt8 = 0xFF
    static let head: UInt8 = 0x68
    static let end: UInt8 = 0x16
    /// What L can be: a beep has no data, the figures have six digits.
    static let lengths: ClosedRange<UInt8> = 2...8
    /// What L can be in a frame from a pad.
    static let lengthsFromPads: ClosedRange<Int> = 3...5
    /// Bytes around those that L counts.
    static let overhead = 7
    /// The digit that leaves a place of the display dark.
    static let blank: UInt8 = 0x0A

    let address: BusAddress
    let function: UInt8
    let data: [UInt8]

    var length: Int { data.count + 2 }

    static func checksum(_ bytes: some Sequence<UInt8>) -> UInt8 { bytes.reduce(0, &+) }

    func encoded() -> [UInt8] {
        let length = UInt8(truncatingIfNeeded: length)
        let body = [address, function] + data
        return [Self.prefix, Self.head, length, length, Self.head] + body + [Self.checksum(body), Self.end]
    }
}

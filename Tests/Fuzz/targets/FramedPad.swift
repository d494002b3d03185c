// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI GBKText FramedPad
// with: Tests/FramedPadTests/Descriptions.swift
// measured: FramedPadDriver FramedPadDriver+Commands FramedPadDriver+Presses FrameFinder FrameChecksum FramePlace
// measured: FrameTemplate FrameTemplate+Filling FrameTexts FramedPadDriver+Display FrameText LineEchoes SentAgain
// traces: framed queue-bus

import DeviceAPI
import FramedPad
import RatingModel

/// The descriptions of the tests, and one more for each kind of checksum.
private let descriptions =
    Descriptions.all
    + FrameChecksum.Kind.allCases.map { kind in
        FrameDescription(
            name: "example-\(kind.rawValue)", start: [0xAA], length: .fixed(8),
            checksum: FrameChecksum(
                kind, over: Descriptions.range(2, -1 - kind.width), at: FramePlace(-kind.width), isLittleEndian: false),
            address: FramePlace(1), press: .init(value: FramePlace(2)), keys: .five)
    }

/// Pads that a description describes, and the words of a description themselves; an instruction 1 makes a frame of the
/// queue bus, or one with the description's kind of checksum.
func fuzz(_ input: [UInt8]) {
    let variant = Int(input.first ?? 0)
    let description = descriptions[variant % descriptions.count]
    DriverProgram.run(input, dress: { dressed($0, for: description) }) { _ in
        FramedPadDriver(description, line: "/dev/pads", addresses: variant & 16 == 0 ? [] : [1, 2])
    }
    let text = String(decoding: input, as: UTF8.self)
    _ = try? FrameText.template(text)
    _ = try? FrameText.conditions(text)
}

private func dressed(_ bytes: [UInt8], for description: FrameDescription) -> [UInt8] {
    if case .fixed(let count) = description.length, let checksum = description.checksum {
        let start = description.start.map { $0 ?? 0 }
        let whole = Array((start + bytes + [UInt8](repeating: 0x30, count: count)).prefix(count))
        return whole.dropLast(checksum.kind.width) + (checksum.bytes(for: whole) ?? [])
    }
    let length = UInt8(truncatingIfNeeded: bytes.count)
    return [0xFF, 0x68, length, length, 0x68] + bytes + [bytes.reduce(0, &+), 0x16]
}

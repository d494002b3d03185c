// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI FramedPad
// with: Tests/FramedPadTests/Descriptions.swift
// measured: FramedPadDriver FramedPadDriver+Commands FramedPadDriver+Presses FrameFinder FrameChecksum FramePlace
// measured: FrameTemplate FrameText LineEchoes SentAgain
// traces: framed queue-bus

import DeviceAPI
import FramedPad
import RatingModel

/// Pads that a description describes, by the descriptions of the tests, and the words of a description themselves; an
/// instruction 1 makes a frame of the queue bus.
func fuzz(_ input: [UInt8]) {
    let descriptions = Descriptions.all
    let variant = Int(input.first ?? 0)
    DriverProgram.run(input, dress: dressed) { _ in
        FramedPadDriver(
            descriptions[variant % descriptions.count], line: "/dev/pads", addresses: variant & 16 == 0 ? [] : [1, 2])
    }
    let text = String(decoding: input, as: UTF8.self)
    _ = try? FrameText.template(text)
    _ = try? FrameText.conditions(text)
}

private func dressed(_ bytes: [UInt8]) -> [UInt8] {
    let length = UInt8(truncatingIfNeeded: bytes.count)
    return [0xFF, 0x68, length, length, 0x68] + bytes + [bytes.reduce(0, &+), 0x16]
}

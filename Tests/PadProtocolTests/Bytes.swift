// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// Reads hexadecimal text in which each line may end in a comment behind `//`.
func hex(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in text.split(separator: "\n") {
        var rest = line
        if let comment = line.firstRange(of: "//") { rest = line[..<comment.lowerBound] }
        for word in rest.split(separator: " ") {
            if let byte = UInt8(word, radix: 16) { bytes.append(byte) }
        }
    }
    return bytes
}

/// What a decoder reports for bytes, pending ones left out.
func decode(_ bytes: [UInt8], with decoder: inout FrameDecoder) -> [Heard] {
    var heard: [Heard] = []
    for byte in bytes {
        switch decoder.push(byte) {
        case .pending: break
        case .frame: heard.append(.frame(decoder.completedBody))
        case .rejected(let rejection, let count): heard.append(.rejected(rejection, bytes: count))
        }
    }
    return heard
}

func decode(_ bytes: [UInt8]) -> [Heard] {
    var decoder = FrameDecoder()
    return decode(bytes, with: &decoder)
}

enum Heard: Hashable {
    case frame([UInt8])
    case rejected(FrameDecoder.Rejection, bytes: Int)
}

/// Decodes one frame that pads say.
func padMessage(_ bytes: [UInt8]) throws -> PadMessage? {
    var decoder = FrameDecoder()
    for byte in bytes where decoder.push(byte) == .frame { return try PadMessage(&decoder) }
    return nil
}

/// Decodes one frame that gateways say.
func hostMessage(_ bytes: [UInt8]) throws -> HostMessage? {
    var decoder = FrameDecoder()
    for byte in bytes where decoder.push(byte) == .frame { return try HostMessage(&decoder) }
    return nil
}

/// A seeded stream of numbers (SplitMix64).
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z &>> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z &>> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z &>> 31
    }
}

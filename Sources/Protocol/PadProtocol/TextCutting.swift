// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How many of the first bytes of a UTF-8 text can be kept where only so many have room: never half a character.
///
/// A host that knows what readers take for characters goes further back before it comes here.
public func charactersThatFit(_ text: [UInt8], in room: Int) -> Int {
    guard text.count > room else { return text.count }
    var end = max(0, room)
    while end > 0, text[end] & 0xC0 == 0x80 { end &-= 1 }
    return end
}

/// Whether bytes are UTF-8 (RFC 3629): no stray or missing continuation, nothing overlong, no surrogate.
func isUTF8(_ text: [UInt8]) -> Bool {
    var index = 0
    while index < text.count {
        let lead = text[index]
        index &+= 1
        if lead < 0x80 { continue }
        var left = 1
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: break
        case 0xE0...0xEF:
            left = 2
            if lead == 0xE0 { lowest = 0xA0 }
            if lead == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            left = 3
            if lead == 0xF0 { lowest = 0x90 }
            if lead == 0xF4 { highest = 0x8F }
        default: return false
        }
        while left > 0 {
            guard index < text.count, text[index] >= lowest, text[index] <= highest else { return false }
            lowest = 0x80
            highest = 0xBF
            index &+= 1
            left &-= 1
        }
    }
    return true
}

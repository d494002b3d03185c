// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The key on a pad's label: 64 hexadecimal digits, spaces and dashes between them allowed (firmware-protocol.md).
struct PadKey {
    /// The digits, in lower case, without anything between them.
    let digits: String

    init(_ text: String) throws(GatewayError) {
        let kept = text.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != ":" }
        guard kept.utf8.count == 64, kept.utf8.allSatisfy(Self.isDigit) else {
            throw GatewayError(
                "pair.bad-key",
                LocalText(
                    "that is no key: \(kept.count) characters instead of 64 hexadecimal digits",
                    "密钥无效：共 \(kept.count) 个字符，应为 64 位十六进制数"),
                hint: LocalText("copy the label again: 0 to 9 and a to f", "请重新抄录标签：0 到 9 和 a 到 f"))
        }
        guard Set(kept).count > 1 else {
            throw GatewayError(
                "pair.no-key", LocalText("all digits of the key are alike", "密钥各位相同"),
                hint: LocalText("ask the maker for a pad with a key of its own", "请向厂家索取带独立密钥的评价器"))
        }
        digits = kept
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The region's words as a receipt keeps them.
public enum ReceiptText {
    /// Most bytes kept of one answer.
    public static let mostBytes = 300

    /// Cuts at a character and takes the power of control characters over a terminal away.
    public static func shortened(_ text: String) -> String {
        var result = ""
        var bytes = 0
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            let kept: Unicode.Scalar = isControl ? " " : scalar
            bytes += UTF8.width(kept)
            if bytes > mostBytes { break }
            result.unicodeScalars.append(kept)
        }
        return result
    }
}

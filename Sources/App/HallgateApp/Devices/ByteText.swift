// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

extension ValueKind where Value == [UInt8] {
    /// Bytes as pairs of hexadecimal digits, with spaces between them where they help, such as `16 54 0d`.
    static func hexadecimalBytes(atMost limit: Int) -> ValueKind {
        ValueKind { text, _ in
            let digits = text.filter { $0 != " " }
            let pairs = stride(from: 0, to: digits.count, by: 2).map { digits.dropFirst($0).prefix(2) }
            let bytes = pairs.compactMap { $0.count == 2 && $0.allSatisfy(\.isHexDigit) ? UInt8($0, radix: 16) : nil }
            guard !bytes.isEmpty, bytes.count == pairs.count, bytes.count <= limit else {
                return .wrong(
                    LocalText(
                        "'\(text.prefix(32))' is not 1 to \(limit) bytes", "'\(text.prefix(32))' 不是 1 到 \(limit) 个字节"),
                    hint: LocalText(
                        "write each as two hexadecimal digits, such as '16 54 0d'", "每个字节写成两位十六进制数，例如 '16 54 0d'"))
            }
            return .value(bytes)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The little of DER (ITU-T X.690) in which SM2 signatures and ciphertexts are written: a sequence of integers and strings.
enum DER {
    static let integer: UInt8 = 0x02
    static let octets: UInt8 = 0x04
    static let sequence: UInt8 = 0x30

    /// One element: tag, shortest length, content.
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = content.count
        while rest > 0 {
            length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        }
        if content.count < 0x80 { return [tag, UInt8(truncatingIfNeeded: content.count)] + content }
        return [tag, 0x80 | UInt8(truncatingIfNeeded: length.count)] + length + content
    }

    /// A number of 32 bytes as an integer, which has no needless zeros and is never negative.
    static func element(number: some Collection<UInt8>) -> [UInt8] {
        var digits = Array(number.drop { $0 == 0 })
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return element(integer, digits)
    }

    /// The contents of a sequence that has exactly these elements and nothing behind it.
    static func contents(_ bytes: [UInt8], of tags: [UInt8]) -> [[UInt8]]? {
        var whole = bytes[...]
        guard var body = take(sequence, &whole)?[...], whole.isEmpty else { return nil }
        var contents: [[UInt8]] = []
        for tag in tags {
            guard let content = take(tag, &body) else { return nil }
            contents.append(content)
        }
        return body.isEmpty ? contents : nil
    }

    /// A number of 32 bytes from the content of an integer; `nil` where it is negative, longer or not the shortest form.
    static func number(_ content: [UInt8]) -> [UInt8]? {
        guard let first = content.first, first < 0x80 else { return nil }
        if first == 0, content.count > 1, content[1] < 0x80 { return nil }
        let digits = first == 0 ? Array(content.dropFirst()) : content
        guard digits.count <= 32 else { return nil }
        return [UInt8](repeating: 0, count: 32 - digits.count) + digits
    }

    private static func take(_ tag: UInt8, _ bytes: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard bytes.popFirst() == tag, let first = bytes.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            let digits = Int(first & 0x7F)
            guard (1...4).contains(digits), bytes.count >= digits, bytes.first != 0 else { return nil }
            length = bytes.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
            bytes = bytes.dropFirst(digits)
            guard length >= 0x80 else { return nil }
        }
        guard bytes.count >= length else { return nil }
        let content = Array(bytes.prefix(length))
        bytes = bytes.dropFirst(length)
        return content
    }
}

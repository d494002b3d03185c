// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Reads what ``CanonicalWriter`` wrote, and refuses every other way of saying the same.
struct CanonicalReader {
    private let bytes: [UInt8]
    private var position = 0
    /// The version the bytes begin with, once it was read.
    var version: UInt8 = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Throws unless everything was read.
    func end() throws(GatewayError) {
        guard position == bytes.count else { throw .unreadable("\(bytes.count - position) bytes too many") }
    }

    mutating func byte() throws(GatewayError) -> UInt8 {
        guard position < bytes.count else { throw .unreadable("ends at byte \(position)") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func number() throws(GatewayError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw .unreadable("a number beyond 64 bits at byte \(position)") }
            value |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 {
                if shift > 0, next == 0 { throw .unreadable("a number with idle digits at byte \(position)") }
                return value
            }
            shift += 7
        }
    }

    /// A number that fits a narrower type.
    mutating func number<Narrow: FixedWidthInteger>(as type: Narrow.Type) throws(GatewayError) -> Narrow {
        guard let value = Narrow(exactly: try number()) else { throw .unreadable("a number out of range") }
        return value
    }

    mutating func signed() throws(GatewayError) -> Int64 {
        let folded = try number()
        return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
    }

    mutating func blob() throws(GatewayError) -> [UInt8] {
        let length = try number()
        guard length <= UInt64(bytes.count - position) else { throw .unreadable("a length beyond the end") }
        defer { position += Int(length) }
        return Array(bytes[position..<position + Int(length)])
    }

    mutating func text() throws(GatewayError) -> String {
        let length = try number()
        guard length <= UInt64(bytes.count - position) else { throw .unreadable("a length beyond the end") }
        defer { position += Int(length) }
        guard let text = String(validating: bytes[position..<position + Int(length)], as: UTF8.self) else {
            throw .unreadable("a text not in UTF-8")
        }
        return text
    }

    mutating func flag() throws(GatewayError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        case let other: throw .unreadable("a flag of \(other)")
        }
    }

    mutating func optional<Value>(
        _ read: (inout CanonicalReader) throws(GatewayError) -> Value
    ) throws(GatewayError) -> Value? {
        try flag() ? try read(&self) : nil
    }

    mutating func id() throws(GatewayError) -> RecordID {
        var words: (UInt64, UInt64) = (0, 0)
        for _ in 0..<8 { words.0 = words.0 << 8 | UInt64(try byte()) }
        for _ in 0..<8 { words.1 = words.1 << 8 | UInt64(try byte()) }
        return RecordID(high: words.0, low: words.1)
    }
}

extension GatewayError {
    /// The failure of bytes that are no canonical record this version knows.
    static func unreadable(_ why: String) -> GatewayError {
        GatewayError(
            "record.unreadable", LocalText("A record cannot be read", "无法读取记录"), cause: why,
            hint: LocalText(
                "It was written by a newer version, or is damaged: install the newer version, or check the disk",
                "该记录由更新版本写入或已损坏：请安装更新版本，或检查磁盘"))
    }
}

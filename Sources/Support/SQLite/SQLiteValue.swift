// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A value as SQLite stores it (sqlite.org/datatype3.html); literals and `nil` convert by themselves.
public enum SQLiteValue: Sendable, Hashable {
    /// NULL.
    case null
    /// A 64-bit signed number.
    case integer(Int64)
    /// A floating-point number.
    case real(Double)
    /// UTF-8.
    case text(String)
    /// Bytes.
    case blob([UInt8])

    /// The text, or NULL.
    public static func text(orNull text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }

    /// The number, or NULL.
    public static func integer(orNull number: Int64?) -> SQLiteValue { number.map { .integer($0) } ?? .null }
}

extension SQLiteValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(nilLiteral: ()) { self = .null }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON text (RFC 8259) as a value.
public enum JSONValue: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// A number without fraction and exponent that fits.
    case integer(Int)
    /// Any other number.
    case double(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Members by name.
    case object([String: JSONValue])

    /// The member of an object; `nil` for everything else.
    public subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The value as JSON text on one line, members in the order of their names.
    public var text: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        // JSON has no infinities; nothing here makes one.
        case .double(let value): value.isFinite ? "\(value)" : "null"
        case .string(let value): JSONValue.quoted(value)
        case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { JSONValue.quoted($0.key) + ":" + $0.value.text }
                .joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

/// What is wrong with a JSON text.
public enum JSONMistake: Error, Sendable, Hashable {
    /// It is larger than ``JSONParser/longest``.
    case tooLong
    /// It is nested deeper than ``JSONParser/deepest``.
    case tooDeep
    /// Something else stands at an offset in bytes than what the grammar has there.
    case unexpected(at: Int)
    /// A member stands in an object twice, which readers understand differently.
    case duplicate(at: Int)
    /// A text is not UTF-8 or half of a pair of surrogates.
    case encoding(at: Int)
}

extension JSONMistake: CustomStringConvertible {
    /// The mistake in words, for whoever sent the text. A pad can send one with every message, so they are made of
    /// nothing but the number.
    public var description: String {
        switch self {
        case .tooLong: "more than \(JSONParser.longest) bytes"
        case .tooDeep: "nested deeper than \(JSONParser.deepest)"
        case .unexpected(let place): "something else is wanted at byte \(place)"
        case .duplicate(let place): "the member at byte \(place) is there already"
        case .encoding(let place): "no UTF-8 at byte \(place)"
        }
    }
}

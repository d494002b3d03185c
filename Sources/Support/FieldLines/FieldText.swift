// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The value of a field in the small files beside the journal, whose lines are `key=value` between tabs.
///
/// Control characters and the percent sign are written as a percent sign and two hexadecimal digits, so that no value
/// breaks its line; everything else stays readable.
public enum FieldText {
    /// A value as it stands in a line.
    public static func encoded(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || scalar == "%" || scalar.value == 0x7F {
                let digits = String(scalar.value, radix: 16)
                result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The value of what stands in a line; a percent sign without its digits stays what it is, and `isWhole` says that
    /// there was one: nothing that ``encoded(_:)`` wrote.
    public static func decoded(_ text: Substring) -> (text: String, isWhole: Bool) {
        var result = ""
        var isWhole = true
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            let digits = rest.prefix(2)
            if digits.count < 2 { isWhole = false }
            guard let value = UInt8(String(digits), radix: 16) else {
                isWhole = false
                result.unicodeScalars.append(scalar)
                continue
            }
            rest = rest.dropFirst(2)
            result.unicodeScalars.append(Unicode.Scalar(value))
        }
        return (result, isWhole)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A type of value a key can have: how its text is read, and what is said where it cannot be.
public struct ValueKind<Value>: Sendable {
    /// What reading a text gave.
    public enum Reading {
        /// The value.
        case value(Value)
        /// The value, with something for the operator to look at.
        case questionable(Value, LocalText, hint: LocalText)
        /// What is wrong with it.
        case wrong(LocalText, hint: LocalText)
    }

    private let read: @Sendable (String, _ isQuoted: Bool) -> Reading

    /// Makes a kind of a function that reads a text; the flag says whether it stood in quotes.
    public init(_ read: @escaping @Sendable (_ text: String, _ isQuoted: Bool) -> Reading) { self.read = read }

    /// Reads a text, for a kind that is made of another.
    public func reading(of text: String, isQuoted: Bool) -> Reading { read(text, isQuoted) }
}

extension ValueKind where Value == String {
    /// A text of at least one character, at most `limit` bytes, without control characters.
    public static func text(atMost limit: Int = 1024) -> ValueKind {
        ValueKind { text, _ in
            guard text.utf8.count <= limit else {
                return .wrong(
                    LocalText("the text is longer than \(limit) bytes", "文本超过 \(limit) 字节"),
                    hint: LocalText("shorten it", "请缩短"))
            }
            guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
                return .wrong(
                    LocalText("the text holds a control character", "文本中有控制字符"),
                    hint: LocalText("write it on one line, without escapes", "请写在一行内，不要使用转义"))
            }
            guard text.contains(where: { !$0.isWhitespace }) else {
                return .wrong(
                    LocalText("the text is empty", "文本为空"), hint: LocalText("fill it in", "请填写"))
            }
            return .value(text)
        }
    }

    /// The name of something that others refer to: a text of at most ``Limits/identifierBytes`` bytes without spaces.
    public static var identifier: ValueKind {
        ValueKind { text, isQuoted in
            guard !text.contains(where: \.isWhitespace) else {
                return .wrong(
                    LocalText("a name cannot hold spaces", "名称中不能有空格"),
                    hint: LocalText("leave them out", "请去掉空格"))
            }
            return Self.text(atMost: Limits.identifierBytes).reading(of: text, isQuoted: isQuoted)
        }
    }

    /// A path from the root, of at most `limit` bytes.
    public static func absolutePath(atMost limit: Int = 4095) -> ValueKind {
        ValueKind { text, isQuoted in
            guard text.hasPrefix("/") else {
                return .wrong(
                    LocalText("'\(shortened(text))' is not an absolute path", "'\(shortened(text))' 不是绝对路径"),
                    hint: LocalText("write the whole path, beginning with /", "请写出以 / 开头的完整路径"))
            }
            return Self.text(atMost: limit).reading(of: text, isQuoted: isQuoted)
        }
    }
}

extension ValueKind where Value == Int {
    /// A whole number in a range, written in decimal digits without quotes.
    public static func integer(in range: ClosedRange<Int>) -> ValueKind {
        ValueKind { text, isQuoted in
            let hint = LocalText(
                "write a whole number from \(range.lowerBound) to \(range.upperBound)",
                "请填写 \(range.lowerBound) 到 \(range.upperBound) 之间的整数")
            let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
            let isNumber = !isQuoted && !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isNumber else {
                return .wrong(
                    LocalText("'\(shortened(text))' is not a whole number", "'\(shortened(text))' 不是整数"), hint: hint)
            }
            guard let number = Int(text), range.contains(number) else {
                return .wrong(LocalText("\(shortened(text)) is out of range", "\(shortened(text)) 超出范围"), hint: hint)
            }
            return .value(number)
        }
    }
}

extension ValueKind {
    /// One of a few words.
    public static func choice(_ words: [String: Value]) -> ValueKind where Value: Sendable {
        ValueKind { text, _ in
            if let value = words[text] { return .value(value) }
            let known = words.keys.sorted().joined(separator: ", ")
            let hint =
                didYouMean(text, among: words.keys).map {
                    LocalText("\($0.english) known: \(known)", "\($0.chinese)可用：\(known)")
                } ?? LocalText("known: \(known)", "可用：\(known)")
            return .wrong(LocalText("'\(shortened(text))' is not known here", "'\(shortened(text))' 未知"), hint: hint)
        }
    }
}

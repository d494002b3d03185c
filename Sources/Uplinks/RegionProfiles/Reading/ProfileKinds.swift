// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

extension ValueKind {
    /// One of the words of an enumeration.
    static func word() -> ValueKind where Value: CaseIterable & RawRepresentable<String> & Sendable {
        .choice(Dictionary(Value.allCases.map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first }))
    }
}

extension ValueKind where Value == Bool {
    /// `true` or `false`.
    static var flag: ValueKind { .choice(["true": true, "false": false]) }
}

extension ValueKind where Value == String {
    /// A text of a limited number of characters.
    static func sentence(ofAtMost limit: Int) -> ValueKind {
        ValueKind { text, isQuoted in
            guard text.count <= limit else {
                return .wrong(
                    LocalText("the text has more than \(limit) characters", "文本超过 \(limit) 个字符"),
                    hint: LocalText("shorten it", "请缩短"))
            }
            return Self.text(atMost: limit * 4).reading(of: text, isQuoted: isQuoted)
        }
    }

    /// The name of a field or element at a region, which stands in JSON, XML and forms as it is.
    static var fieldName: ValueKind {
        ValueKind { text, isQuoted in
            let isName = text.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                    || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":")].contains(byte)
            }
            guard isName, text.utf8.first.map({ !(0x30...0x39).contains($0) }) ?? false else {
                return .wrong(
                    LocalText("'\(text.prefix(40))' cannot be a name", "'\(text.prefix(40))' 不能用作名称"),
                    hint: LocalText("write letters, digits and _ - . : only", "只能使用字母、数字和 _ - . :"))
            }
            return Self.text(atMost: 64).reading(of: text, isQuoted: isQuoted)
        }
    }
}

extension ValueKind where Value == Template {
    /// A text with `${…}` in it.
    static var template: ValueKind {
        ValueKind { text, isQuoted in
            if case .wrong(let message, let hint) = ValueKind<String>.text(atMost: 4096).reading(
                of: text, isQuoted: isQuoted)
            {
                return .wrong(message, hint: hint)
            }
            do throws(Template.Mistake) {
                return .value(try Template(reading: text))
            } catch {
                let known = Template.known.joined(separator: ", ")
                return .wrong(
                    LocalText("nothing is known as '${\(error.word.prefix(40))}'", "未知的 '${\(error.word.prefix(40))}'"),
                    hint: LocalText("known: \(known)", "可用：\(known)"))
            }
        }
    }
}

extension ValueKind where Value == TimeFormat {
    /// A pattern such as `yyyy-MM-dd HH:mm:ss`.
    static var timeFormat: ValueKind {
        ValueKind { text, _ in
            guard text.utf8.count <= 64, let format = TimeFormat(text) else {
                return .wrong(
                    LocalText("'\(text.prefix(40))' is no time format", "'\(text.prefix(40))' 不是时间格式"),
                    hint: LocalText(
                        "write a pattern of yyyy MM dd HH mm ss SSS with other letters in single quotes, or seconds or milliseconds",
                        "请用 yyyy MM dd HH mm ss SSS 组成，其他字母放在单引号内；或写 seconds、milliseconds"))
            }
            return .value(format)
        }
    }
}

extension ValueKind where Value == AnswerPath {
    /// Names with dots between them.
    static var path: ValueKind {
        ValueKind { text, isQuoted in
            switch ValueKind<String>.text(atMost: 256).reading(of: text, isQuoted: isQuoted) {
            case .wrong(let message, let hint): .wrong(message, hint: hint)
            case .value(let text), .questionable(let text, _, _): .value(AnswerPath(text))
            }
        }
    }
}

extension ValueKind where Value == RecordField.Source {
    /// What stands in a field.
    static var source: ValueKind {
        ValueKind { text, isQuoted in
            if text.hasPrefix("site."), text.count > 5 { return .value(.site(String(text.dropFirst(5)))) }
            return ValueKind.choice(RecordField.sources).reading(of: text, isQuoted: isQuoted)
        }
    }
}

/// A word that an answer can say: a truth value where it stands without quotes.
enum AnswerWord: Sendable {
    case flag(Bool)
    case text(String)
}

extension ValueKind where Value == AnswerWord {
    /// A truth value, a number or a text.
    static var answerWord: ValueKind {
        ValueKind { text, isQuoted in
            if !isQuoted, text == "true" || text == "false" { return .value(.flag(text == "true")) }
            switch ValueKind<String>.text(atMost: 256).reading(of: text, isQuoted: isQuoted) {
            case .wrong(let message, let hint): return .wrong(message, hint: hint)
            case .value(let text), .questionable(let text, _, _): return .value(.text(text))
            }
        }
    }
}

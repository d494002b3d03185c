// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import RatingModel

/// What keeps something a citizen said from being taken, without a word of what it was (G9).
struct SubmissionFault: Error, Hashable {
    let words: LocalText

    init(_ english: String, _ chinese: String) { words = LocalText(english, chinese) }
}

/// What may stand beside a level, by whatever way it comes.
struct SaidBeside: Sendable {
    var indicators: [String]
    var text: String?
    var name: String?
    var mobile: String?
}

/// The rules that pages and other sources share: what the hall asks, and nothing else.
enum SubmissionRules {
    /// What is recorded beside a level, encrypted; `nil` for nothing.
    static func personal(
        _ said: SaidBeside, beside level: PageLevel, for hall: HallDescription
    ) throws(SubmissionFault) -> PersonalFields? {
        var values: [PersonalKey: String] = [:]
        let codes = try codes(said.indicators, of: level, for: hall)
        if !codes.isEmpty { values[.indicators] = codes.joined(separator: ",") }
        values[.text] = try text(said.text, ("text", "文字评价"), atMost: hall.textLimit, mayBreakLines: true)
        let isNameAsked = hall.realName != .anonymous
        guard isNameAsked || (said.name == nil && said.mobile == nil) else {
            throw SubmissionFault("name or mobile was given and not asked for", "本大厅不收集姓名和电话")
        }
        values[.name] = try text(said.name, ("name", "姓名"), atMost: HallLimits.nameCharacters)
        values[.mobile] = try mobile(said.mobile)
        guard hall.realName != .required || (values[.name] != nil && values[.mobile] != nil) else {
            throw SubmissionFault("name and mobile are required", "须填写姓名和电话")
        }
        if level.level.isBad, hall.isReasonRequiredForBad, values[.indicators] == nil, values[.text] == nil {
            throw SubmissionFault("a reason is required", "须说明原因")
        }
        return values.isEmpty
            ? nil : PersonalFields(Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) }))
    }

    private static func codes(
        _ chosen: [String], of level: PageLevel, for hall: HallDescription
    ) throws(SubmissionFault) -> [String] {
        guard chosen.count <= HallLimits.indicators, Set(chosen).count == chosen.count else {
            throw SubmissionFault("too many indicators, or one of them twice", "指标过多或有重复")
        }
        let known = Set((hall.indicators[level] ?? []).map(\.code))
        guard chosen.allSatisfy(known.contains) else {
            throw SubmissionFault("an indicator is not one of the level's", "有指标不属于所选等级")
        }
        return chosen
    }

    /// A text without the spaces around it; `nil` where nothing is left.
    private static func text(
        _ text: String?, _ name: (english: String, chinese: String), atMost limit: Int, mayBreakLines: Bool = false
    ) throws(SubmissionFault) -> String? {
        guard let text else { return nil }
        let lines = text.split(whereSeparator: \.isNewline)
        guard mayBreakLines || lines.count <= 1 else {
            throw SubmissionFault("\(name.english) is more than a line", "\(name.chinese)只能有一行")
        }
        let words = lines.joined(separator: "\n")
        guard let first = words.firstIndex(where: { !$0.isWhitespace }),
            let last = words.lastIndex(where: { !$0.isWhitespace })
        else { return nil }
        let trimmed = words[first...last]
        // Characters are what the citizen counts; scalars bound what can be piled on one of them.
        guard trimmed.count <= limit, trimmed.unicodeScalars.count <= 4 * limit else {
            throw SubmissionFault("\(name.english) is longer than \(limit) characters", "\(name.chinese)超过 \(limit) 字")
        }
        let holdsControl = trimmed.unicodeScalars.contains {
            $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
        }
        guard !holdsControl else {
            throw SubmissionFault("\(name.english) holds a control character", "\(name.chinese)含有控制字符")
        }
        return String(trimmed)
    }

    private static func mobile(_ mobile: String?) throws(SubmissionFault) -> String? {
        guard let text = try text(mobile, ("mobile", "电话"), atMost: HallLimits.mobileCharacters) else { return nil }
        let digits = text.filter { $0.isASCII && $0.isNumber }
        let others = text.filter { !($0.isASCII && $0.isNumber) }
        guard digits.count >= 5, others.allSatisfy({ "+-() ".contains($0) }) else {
            throw SubmissionFault("mobile is no telephone number", "电话号码无效")
        }
        return text
    }
}

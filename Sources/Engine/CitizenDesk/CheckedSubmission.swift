// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import RatingModel

/// A submission that holds what a page of the hall can send, and nothing else.
///
/// What is wrong with another is said without a word of what the citizen chose or wrote (G9).
public struct CheckedSubmission: Sendable, Hashable {
    /// The level.
    public let level: SatisfactionLevel
    /// The 16 bytes of the submission's UUID.
    public let number: [UInt8]
    /// What the citizen said beside the level; `nil` for nothing.
    public let personal: PersonalFields?
    /// How the rating came in.
    public let channel: RatingChannel

    /// Checks a submission against what the hall asks; throws `rating.invalid`.
    public init(_ submission: RatingSubmission, for hall: HallDescription) throws(GatewayError) {
        guard let number = RecordID(submission.submission) else { throw .invalidRating("submission is no UUID") }
        self.number = number.bytes
        level = submission.level.level
        channel =
            switch submission.place {
            case .phone: .qrCode
            case .kiosk: .terminal
            }
        var values: [PersonalKey: String] = [:]
        let codes = try Self.codes(submission, for: hall)
        if !codes.isEmpty { values[.indicators] = codes.joined(separator: ",") }
        values[.text] = try Self.text(submission.text, "text", atMost: hall.textLimit, mayBreakLines: true)
        let isNameAsked = hall.realName != .anonymous
        guard isNameAsked || (submission.name == nil && submission.mobile == nil) else {
            throw .invalidRating("name or mobile was given and not asked for")
        }
        values[.name] = try Self.text(submission.name, "name", atMost: HallLimits.nameCharacters)
        values[.mobile] = try Self.mobile(submission.mobile)
        guard hall.realName != .required || (values[.name] != nil && values[.mobile] != nil) else {
            throw .invalidRating("name and mobile are required")
        }
        if level.isBad, hall.isReasonRequiredForBad, values[.indicators] == nil, values[.text] == nil {
            throw .invalidRating("a reason is required")
        }
        personal =
            values.isEmpty
            ? nil : PersonalFields(Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) }))
    }

    private static func codes(
        _ submission: RatingSubmission, for hall: HallDescription
    ) throws(GatewayError) -> [String] {
        let chosen = submission.indicators
        guard chosen.count <= HallLimits.indicators, Set(chosen).count == chosen.count else {
            throw .invalidRating("too many indicators, or one of them twice")
        }
        let known = Set((hall.indicators[submission.level] ?? []).map(\.code))
        guard chosen.allSatisfy(known.contains) else { throw .invalidRating("an indicator is not one of the level's") }
        return chosen
    }

    /// A text without the spaces around it; `nil` where nothing is left.
    private static func text(
        _ text: String?, _ name: String, atMost limit: Int, mayBreakLines: Bool = false
    ) throws(GatewayError) -> String? {
        guard let text else { return nil }
        let lines = text.split(whereSeparator: \.isNewline)
        guard mayBreakLines || lines.count <= 1 else { throw .invalidRating("\(name) is more than a line") }
        let words = lines.joined(separator: "\n")
        guard let first = words.firstIndex(where: { !$0.isWhitespace }),
            let last = words.lastIndex(where: { !$0.isWhitespace })
        else { return nil }
        let trimmed = words[first...last]
        // Characters are what the citizen counts; scalars bound what can be piled on one of them.
        guard trimmed.count <= limit, trimmed.unicodeScalars.count <= 4 * limit else {
            throw .invalidRating("\(name) is longer than \(limit) characters")
        }
        let holdsControl = trimmed.unicodeScalars.contains {
            $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
        }
        guard !holdsControl else { throw .invalidRating("\(name) holds a control character") }
        return String(trimmed)
    }

    private static func mobile(_ mobile: String?) throws(GatewayError) -> String? {
        guard let text = try text(mobile, "mobile", atMost: HallLimits.mobileCharacters) else { return nil }
        let digits = text.filter { $0.isASCII && $0.isNumber }
        let others = text.filter { !($0.isASCII && $0.isNumber) }
        guard digits.count >= 5, others.allSatisfy({ "+-() ".contains($0) }) else {
            throw .invalidRating("mobile is no telephone number")
        }
        return text
    }
}

extension GatewayError {
    /// What no page of the hall sends.
    public static func invalidRating(_ cause: String) -> GatewayError {
        GatewayError(
            "rating.invalid", LocalText("the rating cannot be taken as it is", "无法按原样提交此评价"), cause: cause,
            hint: LocalText("load the page anew and fill it in once more", "请刷新页面后重新填写"))
    }
}

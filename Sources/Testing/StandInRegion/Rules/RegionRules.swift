// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// A rating that the rules let through.
struct ValidRating: Sendable, Hashable {
    let id: String
    /// `nil` together with the service number, where the profile takes ratings without a case.
    let projectNo: String?
    let serviceNumber: String?
    let assessNumber: Int
    let satisfaction: String
    let pf: String
    /// The day of the rating in the hall's zone, `yyyy-MM-dd`.
    let day: String
    let press: PressKey?
}

/// The rules that a region checks a rating by, apart from those that need its store.
struct RegionRules: Sendable, Hashable {
    /// The code of each level, the best first: both directions exist.
    var levels = ["5", "4", "3", "2", "1"]
    /// The codes of channels; `nil` where the region takes any.
    var channels: Set<String>?
    /// Whether a rating must name its case.
    var demandsCase = true
    /// Whether a rating of the two bad levels needs a reason.
    var demandsReason = true
    /// How a moment is written.
    var time = TimeForm.dashed
    /// Most ratings of a case and service: 首次评价 and 追评.
    var ratingsPerCase = 2

    /// The national-style interface.
    static let national = RegionRules()

    /// The two ways in which regions write a moment.
    enum TimeForm: String, Sendable, Hashable {
        /// The "好差评" interfaces.
        case dashed = "yyyy-MM-dd HH:mm:ss"
        /// GB/T 39046-2020.
        case basic = "yyyyMMdd'T'HHmmss"
    }

    /// Why a rating is refused, in the region's language.
    struct Refusal: Error, Hashable {
        let message: String
    }

    /// Checks one rating; its `id` was checked before.
    func check(_ rating: ReceivedRating, id: String) throws(Refusal) -> ValidRating {
        var project = rating.projectNo
        var service = rating.serviceNumber
        let namesNoCase = (project ?? "").isEmpty && (service ?? "").isEmpty
        if demandsCase || !namesNoCase {
            project = try Self.required(project, "projectNo")
            service = try Self.required(service, "serviceNumber")
        } else {
            (project, service) = (nil, nil)
        }
        let channel = try Self.required(rating.pf, "pf")
        guard channels?.contains(channel) ?? true else { throw Refusal(message: "pf 取值错误") }
        let satisfaction = try Self.required(rating.satisfaction, "satisfaction")
        guard let level = levels.firstIndex(of: satisfaction) else {
            throw Refusal(message: "satisfaction 取值错误")
        }
        let moment = try Self.required(rating.assessTime, "assessTime")
        guard let day = Self.day(of: moment, time) else {
            throw Refusal(message: "assessTime 格式应为 \(time.rawValue)")
        }
        guard let number = rating.assessNumber else { throw Refusal(message: "缺少必填项 assessNumber") }
        guard (1...ratingsPerCase).contains(number) else {
            throw Refusal(message: "assessNumber 应为 1 至 \(ratingsPerCase)")
        }
        let words = rating.writingEvaluation ?? ""
        let hasReason = !(rating.evalDetail ?? "").isEmpty || !words.isEmpty
        guard level < levels.count - 2 || hasReason || !demandsReason else {
            throw Refusal(message: "差评须填写 evalDetail 或 writingEvaluation")
        }
        guard words.utf8.count <= Limits.freeTextCharacters || words.count <= Limits.freeTextCharacters else {
            throw Refusal(message: "writingEvaluation 超过 \(Limits.freeTextCharacters) 字")
        }
        return ValidRating(
            id: id, projectNo: project, serviceNumber: service, assessNumber: number, satisfaction: satisfaction,
            pf: channel, day: day, press: rating.customFields.flatMap(Self.press(in:)))
    }

    /// Reads `<device id>,<log in hexadecimal>-<sequence>` (评价器编号,流水号); a device id can hold commas itself.
    static func press(in text: String) -> PressKey? {
        guard let comma = text.utf8.lastIndex(of: UInt8(ascii: ",")), comma > text.startIndex else { return nil }
        let numbers = text[text.utf8.index(after: comma)...].utf8.split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard numbers.count == 2, let log = UInt64(Substring(numbers[0]), radix: 16),
            let sequence = UInt64(Substring(numbers[1])), sequence <= UInt64(Int64.max)
        else { return nil }
        return PressKey(device: DeviceID(String(text[..<comma])), log: log, sequence: sequence)
    }

    /// The day, `yyyy-MM-dd`, of a moment that exists; `nil` for anything else.
    static func day(of text: String, _ form: TimeForm = .dashed) -> String? {
        switch form {
        case .dashed:
            guard isMoment(text.utf8, "dddd-dd-dd dd:dd:dd") else { return nil }
            return String(text.prefix(10))
        case .basic:
            guard isMoment(text.utf8, "ddddddddTdddddd") else { return nil }
            return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.dropFirst(6).prefix(2))"
        }
    }

    /// Whether the text follows the pattern, in which `d` is a digit, and names a moment that exists.
    /// Whether a text can name something: there is one, and it is not too long.
    static func isIdentifier(_ text: String) -> Bool { !text.isEmpty && text.utf8.count <= Limits.identifierBytes }

    private static func isMoment(_ text: String.UTF8View, _ pattern: StaticString) -> Bool {
        guard text.count == pattern.utf8CodeUnitCount else { return false }
        // Fourteen digits: yyyyMMddHHmmss.
        var digits: (date: Int, time: Int, count: Int) = (0, 0, 0)
        for (offset, byte) in text.enumerated() {
            let expected = pattern.utf8Start[offset]
            guard expected == UInt8(ascii: "d") else {
                guard byte == expected else { return false }
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return false }
            let digit = Int(byte - UInt8(ascii: "0"))
            if digits.count < 8 {
                digits.date = digits.date * 10 + digit
            } else {
                digits.time = digits.time * 10 + digit
            }
            digits.count += 1
        }
        let (year, month, day) = (digits.date / 10_000, digits.date / 100 % 100, digits.date % 100)
        guard (1...12).contains(month), day >= 1, day <= days(in: month, of: year) else { return false }
        return digits.time / 10_000 < 24 && digits.time / 100 % 100 < 60 && digits.time % 100 < 60
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return switch month {
        case 2: isLeap ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func required(_ value: String?, _ field: String) throws(Refusal) -> String {
        guard let value, !value.isEmpty else { throw Refusal(message: "缺少必填项 \(field)") }
        guard value.utf8.count <= Limits.identifierBytes else { throw Refusal(message: "\(field) 过长") }
        return value
    }
}

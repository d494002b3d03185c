// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// A rating that the national rules let through.
struct ValidRating: Sendable, Hashable {
    let id: String
    let projectNo: String
    let serviceNumber: String
    let assessNumber: Int
    let press: PressKey?
}

/// The rules of the national-style "好差评" interfaces that a region checks a rating by, apart from those that need its store.
enum NationalRules {
    /// Why a rating is refused, in the region's language.
    struct Refusal: Error, Hashable {
        let message: String
    }

    /// Checks one rating; its `id` was checked before.
    static func check(_ rating: ReceivedRating, id: String) throws(Refusal) -> ValidRating {
        let project = try required(rating.projectNo, "projectNo")
        let service = try required(rating.serviceNumber, "serviceNumber")
        _ = try required(rating.pf, "pf")
        let satisfaction = try required(rating.satisfaction, "satisfaction")
        guard let score = Int(satisfaction), satisfaction.utf8.count == 1, (1...5).contains(score) else {
            throw Refusal(message: "satisfaction 应为 1 至 5")
        }
        let time = try required(rating.assessTime, "assessTime")
        guard isDateTime(time) else { throw Refusal(message: "assessTime 格式应为 yyyy-MM-dd HH:mm:ss") }
        guard let number = rating.assessNumber else { throw Refusal(message: "缺少必填项 assessNumber") }
        guard number == 1 || number == 2 else { throw Refusal(message: "assessNumber 应为 1 或 2") }
        let details = rating.evalDetail ?? ""
        let words = rating.writingEvaluation ?? ""
        guard score >= 3 || !details.isEmpty || !words.isEmpty else {
            throw Refusal(message: "差评须填写 evalDetail 或 writingEvaluation")
        }
        guard words.count <= Limits.freeTextCharacters else {
            throw Refusal(message: "writingEvaluation 超过 \(Limits.freeTextCharacters) 字")
        }
        return ValidRating(
            id: id, projectNo: project, serviceNumber: service, assessNumber: number,
            press: rating.customFields.flatMap(press(in:)))
    }

    /// Reads `<device id>,<log in hexadecimal>-<sequence>` (评价器编号,流水号); a device id can hold commas itself.
    static func press(in text: String) -> PressKey? {
        guard let comma = text.lastIndex(of: ","), comma > text.startIndex else { return nil }
        let numbers = text[comma...].dropFirst().split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 2, let log = UInt64(numbers[0], radix: 16), let sequence = UInt64(numbers[1]),
            sequence <= UInt64(Int64.max)
        else { return nil }
        return PressKey(device: DeviceID(String(text[..<comma])), log: log, sequence: sequence)
    }

    /// Whether the text is a moment that exists, as `yyyy-MM-dd HH:mm:ss`.
    static func isDateTime(_ text: String) -> Bool {
        let pattern = Array("dddd-dd-dd dd:dd:dd".utf8)
        let bytes = Array(text.utf8)
        guard bytes.count == pattern.count else { return false }
        for (byte, expected) in zip(bytes, pattern) {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            guard expected == UInt8(ascii: "d") ? isDigit : byte == expected else { return false }
        }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...days[month - 1]).contains(day) else { return false }
        return number(11..<13) < 24 && number(14..<16) < 60 && number(17..<19) < 60
    }

    private static func required(_ value: String?, _ field: String) throws(Refusal) -> String {
        guard let value, !value.isEmpty else { throw Refusal(message: "缺少必填项 \(field)") }
        guard value.utf8.count <= Limits.identifierBytes else { throw Refusal(message: "\(field) 过长") }
        return value
    }
}

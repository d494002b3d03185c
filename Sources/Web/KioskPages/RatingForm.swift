// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI

/// What a page sends of a rating, as it came: nothing in it has been looked at.
struct RatingForm: Sendable, Codable, Equatable {
    var submission: String?
    var level: String?
    var indicators: [String]?
    var text: String?
    var name: String?
    var mobile: String?
    var language: String?
    var place: String?
    var kiosk: String?
}

/// What is wrong with a form, by the field to look at.
enum RatingProblem: String, Error, Sendable, CaseIterable {
    case level, reason, tooLong, name, mobile, other

    var phrase: Phrase {
        switch self {
        case .level: .problemLevel
        case .reason: .problemReason
        case .tooLong: .problemTooLong
        case .name: .problemName
        case .mobile: .problemMobile
        case .other: .problemOther
        }
    }
}

extension RatingForm {
    /// The rating that the form stands for in a hall; what the core checks again is told to the citizen here.
    ///
    /// Text is counted in Unicode scalars, as the page's script counts it: they do not depend on a browser's age as
    /// grapheme clusters do, and there are never fewer of them.
    func submission(code: String, in hall: HallDescription, key: String? = nil) throws(RatingProblem)
        -> RatingSubmission
    {
        guard let submission, Self.isUUID(submission) else { throw .other }
        guard let word = level.flatMap({ $0.isEmpty ? nil : $0 }) else { throw .level }
        guard let level = PageLevel(rawValue: word) else { throw .other }
        let known = Set((hall.indicators[level] ?? []).map(\.code))
        let chosen = Set(indicators ?? [])
        guard chosen.isSubset(of: known) else { throw .other }
        let words = Self.plain(text)
        if let words, words.unicodeScalars.count > hall.textLimit { throw .tooLong }
        let isBad = level == .dissatisfied || level == .veryDissatisfied
        if isBad, hall.isReasonRequiredForBad, chosen.isEmpty, words == nil { throw .reason }
        let (name, mobile) = try contact(hall.realName)
        return RatingSubmission(
            code: code, submission: submission, level: level, indicators: chosen.sorted(), text: words, name: name,
            mobile: mobile, language: language.flatMap(PageLanguage.init) ?? hall.languages.first ?? .chinese,
            place: place.flatMap(RatingSubmission.Place.init) ?? .phone, kiosk: kiosk, key: key)
    }

    private func contact(_ rule: HallDescription.RealName) throws(RatingProblem) -> (String?, String?) {
        // What was not asked for is not taken either.
        guard rule != .anonymous else { return (nil, nil) }
        let name = Self.plain(self.name)
        let mobile = Self.plain(self.mobile)
        if rule == .required, name == nil { throw .name }
        if let name, name.unicodeScalars.count > 64 { throw .name }
        if rule == .required, mobile == nil { throw .mobile }
        if let mobile {
            let digits = mobile.utf8.count { (48...57).contains($0) }
            guard (5...20).contains(digits),
                mobile.utf8.allSatisfy({ (48...57).contains($0) || " +-()".utf8.contains($0) })
            else { throw .mobile }
        }
        return (name, mobile)
    }

    /// A text without what only its input brought: line ends as one character, blanks at either end; `nil` for nothing.
    static func plain(_ text: String?) -> String? {
        guard let text else { return nil }
        var scalars = text.replacing("\r\n", with: "\n").unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return scalars.isEmpty ? nil : String(scalars)
    }

    static func isUUID(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12]
            && parts.joined().allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}

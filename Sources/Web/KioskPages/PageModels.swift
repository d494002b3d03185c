// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI

/// What the template of the rating page shows.
struct RatePage: Sendable {
    struct Level: Sendable {
        let value: String
        let label: String
        let face: Int
        let isChosen: Bool
    }

    struct Reason: Sendable {
        let code: String
        let text: String
        let isChosen: Bool
    }

    /// The reasons of one level. Every level has its group, and all groups look the same.
    struct Group: Sendable {
        let value: String
        let label: String
        let basic: [Reason]
        let others: [Reason]
        let hasOthers: Bool
        let isOpen: Bool
    }

    let page: PageFrame
    let code: String
    let path: String
    let send: String
    /// Seconds until the code runs out; `nil` for a printed sign.
    let expires: Int?
    let submission: String
    let window: String
    let isWindow: Bool
    let caseShown: String?
    let minutesLeft: String?
    let levels: [Level]
    let groups: [Group]
    let limit: Int
    let wordsHint: String
    let tooLong: String
    let needsReason: Bool
    let asksName: Bool
    let isNameRequired: Bool
    let problem: String?
    let words: String
    let name: String
    let mobile: String

    init(
        _ page: PageFrame, _ hall: HallDescription, _ opening: PageOpening, _ address: RatingAddress,
        language: PageLanguage, submission: String, form: RatingForm = RatingForm(), problem: RatingProblem? = nil
    ) {
        func text(_ phrase: Phrase, _ values: [String: String] = [:]) -> String {
            Catalogue.text(phrase, in: language, values)
        }
        let limit = ["limit": String(hall.textLimit)]
        self.page = page
        (code, path, send) = (address.code, address.path, address.send)
        expires = opening.expiresInSeconds
        self.submission = submission
        window = opening.window?.name ?? text(.wholeHall)
        isWindow = opening.window != nil
        caseShown = opening.caseShown.map { text(.caseNumber, ["case": $0]) }
        minutesLeft = opening.expiresInSeconds.map { text(.minutesLeft, ["minutes": String(max(1, ($0 + 59) / 60))]) }
        levels = PageLevel.allCases.enumerated().map { index, level in
            Level(
                value: level.rawValue, label: text(level.phrase), face: index + 1,
                isChosen: form.level == level.rawValue)
        }
        let chosen = Set(form.indicators ?? [])
        groups = PageLevel.allCases.map { level in
            let all = hall.indicators[level] ?? []
            func reasons(_ isBasic: Bool) -> [Reason] {
                all.filter { $0.isBasic == isBasic }
                    .map { Reason(code: $0.code, text: $0.text, isChosen: chosen.contains($0.code)) }
            }
            let others = reasons(false)
            return Group(
                value: level.rawValue, label: text(level.phrase), basic: reasons(true), others: others,
                hasOthers: !others.isEmpty, isOpen: others.contains(where: \.isChosen))
        }
        self.limit = hall.textLimit
        wordsHint = text(.wordsHint, limit)
        tooLong = text(.problemTooLong, limit)
        needsReason = hall.isReasonRequiredForBad
        asksName = hall.realName != .anonymous
        isNameRequired = hall.realName == .required
        self.problem = problem.map { text($0.phrase, limit) }
        words = form.text ?? ""
        name = form.name ?? ""
        mobile = form.mobile ?? ""
    }
}

/// What the template of a page that cannot be shows.
struct RefusedPage: Sendable {
    let page: PageFrame
    /// The code, so that a rating that was under way to it is sent again from here.
    let code: String
    let refusal: String
    let title: String
    let text: String
    let isPassing: Bool
    /// Where what is under way is sent; `nil` where nothing can be.
    var send: String?
    /// Nothing is left to do on it.
    let isEnd = true
}

/// What thanks for a rating show where the page has no script.
struct ThanksPage: Sendable {
    let page: PageFrame
    let receipt: String
    /// Nothing is left to do on it.
    let isEnd = true
}

/// What a receipt's page shows: that a rating is there and how far it came.
struct ReceiptPage: Sendable {
    let page: PageFrame
    let receipt: String
    let isKnown: Bool
    let isDelivered: Bool
    let unknown: Bool
    /// The questionnaires that are offered after a rating.
    var offers: [QuestionnairesPage.Entry] = []
}

/// What the template of a kiosk screen shows.
struct ScreenPage: Sendable {
    /// A sentence in one of the hall's languages.
    struct Words: Sendable {
        let lang: String
        let w: [String: String]
        let receivedBy: String
        let isVertical: Bool
    }

    let page: PageFrame
    let screen: String
    let version: String
    /// Milliseconds without a word after which the screen gives a connection up.
    let silence: Int
    let css: String
    let js: String
    let first: Words
    let others: [Words]
    let isUnverified: Bool
}

/// What the entrance of a self-service kiosk shows.
struct KioskPage: Sendable {
    /// A key of the pad that is touched where there is no keyboard.
    struct Key: Sendable { let label: String }

    let page: PageFrame
    let windows: [HallDescription.Window]
    let digits = "1234567890".map { Key(label: String($0)) }
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-".map { Key(label: String($0)) }
    var hasQuestionnaires = false
}

extension PageLevel {
    var phrase: Phrase {
        switch self {
        case .verySatisfied: .verySatisfied
        case .satisfied: .satisfied
        case .basicallySatisfied: .basicallySatisfied
        case .dissatisfied: .dissatisfied
        case .veryDissatisfied: .veryDissatisfied
        }
    }
}

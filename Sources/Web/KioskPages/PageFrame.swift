// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI

/// What every page has around it: language, words, hall, and who receives a rating.
struct PageFrame: Sendable {
    /// A language to change to.
    struct Choice: Sendable {
        let tag: String
        let name: String
        let query: String
        let isCurrent: Bool
    }

    let lang: String
    let isVertical: Bool
    let isUnverified: Bool
    let w: [String: String]
    let title: String
    let hall: String?
    let receivedBy: String
    let savedFor: String
    let notice: String?
    let choices: [Choice]
    let hasChoices: Bool
    let css: String
    var js: String
    let idleJS: String
    let voiceJS: String
    let icon: String
    /// `kiosk` on a self-service kiosk, `terminal` on that of a source, else `phone`.
    let place: String
    let isKiosk: Bool
    let isTerminal: Bool
    /// Whether many people use the screen one after another.
    let isShared: Bool
    /// The way back from a source's terminal; `nil` where there is none.
    let back: String?
    /// Seconds after which a page at a terminal that is done is left by itself; `nil` for a page that stays.
    let leavesAfter: Int?
    let leavesSoon: String
    /// Seconds without a touch after which a shared screen asks whether anybody is there, and those it then waits.
    let idleAfter: Int
    let idleCountdown: Int
    /// Whether the kiosk reads question and thanks aloud; it has words for that in 简体中文 alone.
    let speaks: Bool
    /// What is said where something is recorded, and that nobody has to take part.
    let thanks: String
    let voluntary: String

    /// Takes the hall, `nil` while the core is away and was never there, and what the page takes in.
    init(
        _ hall: HallDescription?, _ language: PageLanguage, title: Phrase, place: RatingSubmission.Place = .phone,
        terminal: TerminalPlace? = nil, subject: PageSubject = .rating
    ) {
        lang = language.rawValue
        isVertical = language == .mongolian
        isUnverified = !language.isVerified
        w = Catalogue.words(in: language)
        self.title = Catalogue.text(title, in: language)
        self.hall = hall?.name
        let receiver = hall?.receiver?.text(in: language) ?? ""
        let phrases = subject.phrases(isReceiverKnown: !receiver.isEmpty)
        receivedBy = Catalogue.text(phrases.received, in: language, ["receiver": receiver])
        savedFor = Catalogue.text(phrases.saved, in: language, ["receiver": receiver])
        thanks = Catalogue.text(phrases.thanks, in: language)
        voluntary = Catalogue.text(phrases.voluntary, in: language)
        notice = hall?.privacyNotice?.text(in: language)
        choices = (hall?.languages ?? []).map {
            Choice(
                tag: $0.rawValue, name: $0.ownName,
                query: "?lang=\($0.rawValue)" + (place == .kiosk ? "&at=kiosk" : ""), isCurrent: $0 == language)
        }
        hasChoices = choices.count > 1
        css = PageAssets.pagesCSS.path
        js = PageAssets.pagesJS.path
        idleJS = PageAssets.idleJS.path
        voiceJS = PageAssets.voiceJS.path
        icon = PageAssets.icon.path
        self.place = place.rawValue
        (isKiosk, isTerminal, isShared) = (place == .kiosk, place == .terminal, place != .phone)
        let rules = hall?.selfService ?? HallDescription.SelfService()
        back = terminal?.visit?.back
        // Who is not taken back by themselves is after as long as anybody who walks away.
        let isIdleAfter = rules.idleSeconds + rules.countdownSeconds
        leavesAfter = back.map { _ in terminal?.visit?.returnAfterSeconds ?? isIdleAfter }
        leavesSoon = Catalogue.text(.leavesSoon, in: language, ["seconds": String(leavesAfter ?? 0)])
        (idleAfter, idleCountdown) = (rules.idleSeconds, rules.countdownSeconds)
        speaks = place == .kiosk && rules.speaks && language == .chinese
    }
}

/// What a page takes in, which decides what it says of who receives it.
enum PageSubject: Sendable, Hashable {
    /// A rating.
    case rating
    /// Answers to a questionnaire, which stay in the hall where the region takes none.
    case answers(isSentOn: Bool)

    struct Phrases {
        var received: Phrase
        var saved: Phrase
        var thanks = Phrase.thanksTitle
        var voluntary = Phrase.voluntary
    }

    func phrases(isReceiverKnown: Bool) -> Phrases {
        switch self {
        case .rating:
            isReceiverKnown
                ? Phrases(received: .receivedBy, saved: .savedFor)
                : Phrases(received: .receivedByRegion, saved: .savedForRegion)
        case .answers(isSentOn: true):
            isReceiverKnown
                ? Phrases(
                    received: .answersReceivedBy, saved: .answersSavedFor, thanks: .answersThanks,
                    voluntary: .answersVoluntary)
                : Phrases(
                    received: .answersReceivedByRegion, saved: .answersSavedForRegion, thanks: .answersThanks,
                    voluntary: .answersVoluntary)
        case .answers(isSentOn: false):
            Phrases(
                received: .answersReceivedByHall, saved: .answersSaved, thanks: .answersThanks,
                voluntary: .answersVoluntary)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import RatingModel

/// Why a page cannot be what was asked for, in the citizen's words; what the core says stays with its operators.
enum PageRefusal: String, Sendable, CaseIterable {
    case expired, redeemed, revoked, foreign, unreadable, away, tooFast, missing, receiptUnknown
    case kioskUnknown, numberUnknown, alreadyRated, numberTooFast
    case questionnaireUnknown, outdated, answersUsed, answersAway, answersTooFast

    /// What an error of the core is to a citizen. What is not known by its code keeps the gateway from recording.
    init(_ error: GatewayError) {
        self =
            switch error.code {
            case "code.expired": .expired
            case "code.redeemed": .redeemed
            case "code.revoked": .revoked
            case "code.foreign": .foreign
            case "code.unreadable", "code.unknown-key": .unreadable
            case "receipt.unknown": .receiptUnknown
            case "rating.too-fast": .tooFast
            case "kiosk.unknown": .kioskUnknown
            case "kiosk.not-found": .numberUnknown
            case "kiosk.already-rated": .alreadyRated
            case "kiosk.too-fast": .numberTooFast
            case "questionnaire.unknown": .questionnaireUnknown
            case "questionnaire.outdated": .outdated
            case "journal.submission-used": .answersUsed
            case "questionnaire.too-fast": .answersTooFast
            default: .away
            }
    }

    /// What an error of the core is to a citizen who answers a questionnaire.
    static func ofAnswers(_ error: GatewayError) -> PageRefusal {
        let refusal = PageRefusal(error)
        return refusal == .away ? .answersAway : refusal
    }

    var status: HTTPResponse.Status {
        switch self {
        case .expired, .revoked: .gone
        case .redeemed, .alreadyRated, .outdated, .answersUsed: .conflict
        case .kioskUnknown: .forbidden
        case .foreign, .unreadable, .missing, .receiptUnknown, .numberUnknown, .questionnaireUnknown: .notFound
        case .away, .answersAway: .serviceUnavailable
        case .tooFast, .numberTooFast, .answersTooFast: .tooManyRequests
        }
    }

    /// What is said of it at a place: nobody scans anything at another maker's terminal.
    func words(at place: RatingSubmission.Place) -> (title: Phrase, text: Phrase) {
        guard place == .terminal else { return (title, text) }
        return switch self {
        case .redeemed: (.alreadyRatedTitle, .alreadyRatedText)
        case .expired, .revoked, .foreign, .unreadable: (.visitOverTitle, .visitOverText)
        default: (title, text)
        }
    }

    /// Whether the same may go well a little later.
    var isPassing: Bool { [.away, .tooFast, .numberTooFast, .answersAway, .answersTooFast].contains(self) }

    /// Seconds after which it may: those that the core knows, else some; `nil` where it will not.
    func retryAfter(_ known: Int?) -> Int? { isPassing ? known ?? 5 : nil }

    var title: Phrase {
        switch self {
        case .expired: .expiredTitle
        case .redeemed: .redeemedTitle
        case .revoked: .revokedTitle
        case .foreign: .foreignTitle
        case .unreadable: .unreadableTitle
        case .away, .tooFast: .awayTitle
        case .missing: .missingTitle
        case .receiptUnknown: .receiptUnknownTitle
        case .kioskUnknown: .kioskUnknown
        case .numberUnknown: .numberUnknownTitle
        case .alreadyRated: .alreadyRatedTitle
        case .numberTooFast: .numberTooFastTitle
        case .questionnaireUnknown: .questionnaireUnknownTitle
        case .outdated: .outdatedTitle
        case .answersUsed: .answersUsedTitle
        case .answersAway, .answersTooFast: .answersAwayTitle
        }
    }

    var text: Phrase {
        switch self {
        case .expired: .expiredText
        case .redeemed: .redeemedText
        case .revoked: .revokedText
        case .foreign: .foreignText
        case .unreadable: .unreadableText
        case .away, .tooFast, .answersAway, .answersTooFast: .awayText
        case .missing: .missingText
        case .receiptUnknown: .receiptUnknownText
        case .kioskUnknown: .kioskUnknownText
        case .numberUnknown: .numberUnknownText
        case .alreadyRated: .alreadyRatedText
        case .numberTooFast: .numberTooFastText
        case .questionnaireUnknown: .questionnaireUnknownText
        case .outdated: .outdatedText
        case .answersUsed: .answersUsedText
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What an uplink delivers: a rating, a response to a questionnaire, or the intent to invite.
public enum DeliveredContent: Sendable, Hashable {
    /// A rating, or a prompt that ended without one.
    case rating(Rating)
    /// A response to a questionnaire.
    case questionnaire(QuestionnaireResponse)
    /// An invitation.
    case invitation(Invitation)

    /// The rating; `nil` for what is none.
    public var rating: Rating? { if case .rating(let rating) = self { rating } else { nil } }

    /// The response; `nil` for what is none.
    public var response: QuestionnaireResponse? {
        if case .questionnaire(let response) = self { response } else { nil }
    }

    /// The invitation; `nil` for what is none.
    public var invitation: Invitation? { if case .invitation(let invitation) = self { invitation } else { nil } }

    /// The key it is listed under: for ratings and responses the one under which they can exist once.
    public var key: PressKey {
        switch self {
        case .rating(let rating): rating.press.key
        case .questionnaire(let response): response.key
        case .invitation(let invitation): invitation.key
        }
    }

    /// When it was pressed or handed in, or the question ended.
    public var madeAt: CaptureTime {
        switch self {
        case .rating(let rating): rating.pressedAt
        case .questionnaire(let response): response.answeredAt
        case .invitation(let invitation): invitation.endedAt
        }
    }

    /// The window.
    public var window: WindowID? {
        switch self {
        case .rating(let rating): rating.window
        case .questionnaire(let response): response.window
        case .invitation(let invitation): invitation.window
        }
    }

    /// The case.
    public var caseReference: CaseReference? {
        switch self {
        case .rating(let rating): rating.caseReference
        case .questionnaire(let response): response.caseReference
        case .invitation(let invitation): invitation.caseReference
        }
    }

    /// The channel it came by (评价渠道); `nil` for an invitation, which nobody gave.
    public var channel: RatingChannel? {
        switch self {
        case .rating(let rating): rating.channel
        case .questionnaire(let response): response.channel
        case .invitation: nil
        }
    }
}

extension RecordBody {
    /// What of it is delivered; `nil` for records that stay in the journal.
    public var delivered: DeliveredContent? {
        switch self {
        case .rating(let rating): .rating(rating)
        case .questionnaire(let response): .questionnaire(response)
        case .invitation(let invitation): .invitation(invitation)
        case .session, .conflict, .imported, .noAnswer, .integrity, .decision, .verdict: nil
        }
    }
}

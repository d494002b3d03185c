// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What somebody answered to one of the hall's questionnaires, under a version of it. It is no rating (G3) and counts
/// as none.
///
/// What was written in words is not here: it stands under ``PersonalFields/textKey(of:)``, encrypted apart.
public struct QuestionnaireResponse: Sendable, Hashable {
    /// The questionnaire's id.
    public let questionnaire: String
    /// Its version, which says what was asked.
    public let version: UInt32
    /// The key under which it can exist once: whoever handed it in, and the number of the submission.
    public let key: PressKey
    /// How it came in.
    public let channel: RatingChannel
    /// The language it was answered in (BCP 47).
    public let language: String
    /// When it was handed in.
    public let answeredAt: CaptureTime
    /// The window it is about, where it is about one.
    public let window: WindowID?
    /// The case it is about, where it is about one.
    public let caseReference: CaseReference?
    /// What was answered, in the questionnaire's order; what was left out is not here.
    public let answers: [Answer]

    /// The answer to one question.
    public struct Answer: Sendable, Hashable {
        /// The question's id.
        public let question: String
        /// What was said.
        public let value: Value

        /// Pairs them.
        public init(_ question: String, _ value: Value) {
            self.question = question
            self.value = value
        }
    }

    /// What was said.
    public enum Value: Sendable, Hashable {
        /// The ids of the options that were chosen, in the question's order.
        case choices([String])
        /// A place on a scale.
        case scale(Int64)
        /// Words, which stand apart.
        case text
    }

    /// Puts a response together.
    public init(
        questionnaire: String, version: UInt32, key: PressKey, channel: RatingChannel, language: String,
        answeredAt: CaptureTime, window: WindowID? = nil, caseReference: CaseReference? = nil, answers: [Answer]
    ) {
        self.questionnaire = questionnaire
        self.version = version
        self.key = key
        self.channel = channel
        self.language = language
        self.answeredAt = answeredAt
        self.window = window
        self.caseReference = caseReference
        self.answers = answers
    }

    /// What makes two submissions the same: the key, the questionnaire and what was answered without words.
    public var evidenceBytes: [UInt8] {
        var writer = CanonicalWriter()
        writer.byte(writer.version)
        writer.pressKey(key)
        writer.text(questionnaire)
        writer.number(UInt64(version))
        writer.answers(answers)
        return writer.bytes
    }
}

extension PersonalFields {
    /// The key under which the words of an answer stand.
    public static func textKey(of question: String) -> String { "answer." + question }
}

/// What an uplink delivers: a rating, or a response to a questionnaire.
public enum DeliveredContent: Sendable, Hashable {
    /// A rating, or a prompt that ended without one.
    case rating(Rating)
    /// A response to a questionnaire.
    case questionnaire(QuestionnaireResponse)

    /// The rating; `nil` for what is none.
    public var rating: Rating? { if case .rating(let rating) = self { rating } else { nil } }

    /// The response; `nil` for a rating.
    public var response: QuestionnaireResponse? {
        if case .questionnaire(let response) = self { response } else { nil }
    }

    /// The key under which it can exist once.
    public var key: PressKey {
        switch self {
        case .rating(let rating): rating.press.key
        case .questionnaire(let response): response.key
        }
    }

    /// When it was pressed or handed in.
    public var madeAt: CaptureTime {
        switch self {
        case .rating(let rating): rating.pressedAt
        case .questionnaire(let response): response.answeredAt
        }
    }

    /// The window.
    public var window: WindowID? {
        switch self {
        case .rating(let rating): rating.window
        case .questionnaire(let response): response.window
        }
    }

    /// The case.
    public var caseReference: CaseReference? {
        switch self {
        case .rating(let rating): rating.caseReference
        case .questionnaire(let response): response.caseReference
        }
    }

    /// The channel it came by (评价渠道).
    public var channel: RatingChannel {
        switch self {
        case .rating(let rating): rating.channel
        case .questionnaire(let response): response.channel
        }
    }
}

extension RecordBody {
    /// What of it is delivered; `nil` for records that stay in the journal.
    public var delivered: DeliveredContent? {
        switch self {
        case .rating(let rating): .rating(rating)
        case .questionnaire(let response): .questionnaire(response)
        case .session, .conflict, .imported, .noAnswer, .integrity, .decision, .verdict: nil
        }
    }
}

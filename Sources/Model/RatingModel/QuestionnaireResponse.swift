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

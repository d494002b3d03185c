// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A questionnaire as a page shows it.
public struct QuestionnaireDescription: Sendable, Hashable, Codable {
    /// Its id.
    public var id: String
    /// Its version, which a submission names.
    public var version: UInt32
    /// What stands above it.
    public var title: PageText
    /// What is said before the first question.
    public var introduction: PageText?
    /// What is asked, in its order.
    public var questions: [Question]

    /// One question.
    public struct Question: Sendable, Hashable, Codable {
        /// Its id.
        public var id: String
        /// What is asked.
        public var text: PageText
        /// How it is answered.
        public var kind: Kind
        /// Whether it must be answered, once it is asked.
        public var isRequired: Bool
        /// What can be chosen; empty but for a choice.
        public var options: [Option]
        /// Most options that can be chosen; `nil` but for a choice.
        public var most: Int?
        /// The numbers of the scale, both ends; `nil` but for a scale.
        public var scale: Scale?
        /// Most characters that can be written; `nil` but for words.
        public var longest: Int?
        /// What is left out after some of its answers; the first that fits counts.
        public var skips: [Skip]

        /// Takes the fields.
        public init(
            id: String, text: PageText, kind: Kind, isRequired: Bool, options: [Option] = [], most: Int? = nil,
            scale: Scale? = nil, longest: Int? = nil, skips: [Skip] = []
        ) {
            self.id = id
            self.text = text
            self.kind = kind
            self.isRequired = isRequired
            self.options = options
            self.most = most
            self.scale = scale
            self.longest = longest
            self.skips = skips
        }
    }

    /// How a question is answered.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// By choosing.
        case choice
        /// By a number.
        case scale
        /// In words.
        case text
    }

    /// Something that can be chosen.
    public struct Option: Sendable, Hashable, Codable {
        /// Its id.
        public var id: String
        /// Its words.
        public var text: PageText

        /// Takes the fields.
        public init(id: String, text: PageText) {
            self.id = id
            self.text = text
        }
    }

    /// A scale.
    public struct Scale: Sendable, Hashable, Codable {
        /// The first number.
        public var from: Int
        /// The last number.
        public var to: Int
        /// What the first number means.
        public var low: PageText?
        /// What the last number means.
        public var high: PageText?

        /// Takes the fields.
        public init(from: Int, to: Int, low: PageText? = nil, high: PageText? = nil) {
            self.from = from
            self.to = to
            self.low = low
            self.high = high
        }
    }

    /// A rule that leaves questions out.
    public struct Skip: Sendable, Hashable, Codable {
        /// Ids of options, or numbers of the scale; one that was chosen is enough.
        public var answers: [String]
        /// The question that comes next; `nil` for the end.
        public var target: String?

        /// Takes the fields.
        public init(answers: [String], target: String?) {
            self.answers = answers
            self.target = target
        }
    }

    /// Takes the fields.
    public init(id: String, version: UInt32, title: PageText, introduction: PageText? = nil, questions: [Question]) {
        self.id = id
        self.version = version
        self.title = title
        self.introduction = introduction
        self.questions = questions
    }
}

/// Answers to a questionnaire as a page or a kiosk sends them.
public struct QuestionnaireSubmission: Sendable, Hashable, Codable {
    /// The questionnaire's id.
    public var questionnaire: String
    /// The version that was shown.
    public var version: UInt32
    /// A number the page minted for these answers (a UUID), the same whenever they are sent again.
    public var submission: String
    /// What was answered; what was left out is not here.
    public var answers: [Answer]
    /// The language of the page.
    public var language: PageLanguage
    /// Where the page was shown, which says by which channel the answers came.
    public var place: RatingSubmission.Place
    /// The kiosk that shows the page; without its key the page is a phone's.
    public var kiosk: String?
    /// The kiosk's key.
    public var key: String?

    /// The answer to a question, in the way of its kind.
    public struct Answer: Sendable, Hashable, Codable {
        /// The question's id.
        public var question: String
        /// Ids of the options that were chosen.
        public var choices: [String]?
        /// The number that was chosen.
        public var scale: Int64?
        /// What was written.
        public var text: String?

        /// Takes the fields.
        public init(question: String, choices: [String]? = nil, scale: Int64? = nil, text: String? = nil) {
            self.question = question
            self.choices = choices
            self.scale = scale
            self.text = text
        }
    }

    /// Takes the fields.
    public init(
        questionnaire: String, version: UInt32, submission: String, answers: [Answer],
        language: PageLanguage = .chinese, place: RatingSubmission.Place = .phone, kiosk: String? = nil,
        key: String? = nil
    ) {
        self.questionnaire = questionnaire
        self.version = version
        self.submission = submission
        self.answers = answers
        self.language = language
        self.place = place
        self.kiosk = kiosk
        self.key = key
    }
}

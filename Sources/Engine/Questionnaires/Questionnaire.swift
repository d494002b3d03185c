// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// A questionnaire of the hall (问卷) as its file says it: what is asked, in which words, and what is left out after an
/// answer. A change of what is asked is another version.
public struct Questionnaire: Sendable, Hashable {
    /// The name the site gave it.
    public var id: String
    /// The version, from 1; responses say which one they answer.
    public var version: UInt32
    /// What stands above it.
    public var title: LocalizedText
    /// What is said before the first question, such as what it is for.
    public var introduction: LocalizedText?
    /// What is asked, in its order.
    public var questions: [Question]

    /// One question.
    public struct Question: Sendable, Hashable {
        /// Its name within the questionnaire.
        public var id: String
        /// What is asked.
        public var text: LocalizedText
        /// What can be answered.
        public var kind: Kind
        /// Whether the questionnaire cannot be handed in without an answer, once it is asked.
        public var isRequired: Bool
        /// What is left out after some of its answers; the first that fits counts.
        public var skips: [Skip]
    }

    /// What can be answered.
    public enum Kind: Sendable, Hashable {
        /// Some of these, at least one and at most so many.
        case choice([Option], atMost: Int)
        /// A number from one to another, with words for the two ends.
        case scale(ClosedRange<Int>, low: LocalizedText?, high: LocalizedText?)
        /// Words, at most so many characters.
        case text(atMost: Int)
    }

    /// Something that can be chosen.
    public struct Option: Sendable, Hashable {
        /// Its name within the question.
        public var id: String
        /// Its words.
        public var text: LocalizedText
    }

    /// A rule that leaves questions out.
    public struct Skip: Sendable, Hashable {
        /// The answers it is for: options' names, or numbers of a scale. One that was chosen is enough.
        public var answers: Set<String>
        /// The question that comes next, always a later one; `nil` for the end.
        public var target: String?
    }

    /// Most questions of a questionnaire.
    public static let mostQuestions = 50
    /// Most options of a question.
    public static let mostOptions = 20
    /// Longest name of a question or an option, in bytes of UTF-8.
    public static let nameBytes = 32
    /// Most characters that can be asked for in words.
    public static let mostCharacters = 500
    /// Most bytes of the ids that a response may need: with everything beside them it stays under
    /// ``RatingModel/Limits/recordBodyBytes``.
    static let responseBytes = 12 * 1024
    /// Most characters that all questions together can ask for in words: a response goes to the gateway in one line of 32 KiB.
    public static let mostWrittenCharacters = 3000
    /// Most bytes of all its words in all languages: it goes to a page in one answer.
    public static let wordBytes = 256 * 1024

    /// A question by its name.
    public func question(_ id: String) -> Question? { questions.first { $0.id == id } }
}

/// Words of the site in the languages it has them in; 简体中文 is always among them.
public struct LocalizedText: Sendable, Hashable {
    /// The languages there can be (BCP 47).
    public static let languages = ["zh-Hans", "en", "mn-Mong"]

    /// The words by language.
    public var words: [String: String]

    /// Takes the words.
    public init(_ words: [String: String]) { self.words = words }
}

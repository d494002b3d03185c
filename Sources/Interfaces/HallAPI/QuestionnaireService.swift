// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What pages and kiosks ask the core of the hall's questionnaires: a closed list of methods, which the web process hands on.
///
/// Whoever stands in the hall may answer: no code is asked for, and no window is told of. A hall without pages throws
/// `hall.no-pages` from each of them.
public protocol QuestionnaireService: Sendable {
    /// `questionnaire.list`: what can be answered now, in the site's order.
    func listQuestionnaires() async throws(GatewayError) -> QuestionnaireList

    /// `questionnaire.open`: what one of them asks.
    ///
    /// Throws `questionnaire.unknown`.
    func openQuestionnaire(_ request: QuestionnaireRequest) async throws(GatewayError) -> QuestionnaireOpening

    /// `questionnaire.submit`: records answers and returns after the commit (G1).
    ///
    /// The same submission sent again is answered with the same receipt, also where the questionnaire has changed or gone
    /// since. Throws `questionnaire.unknown`, `questionnaire.outdated` where another version is asked now,
    /// `questionnaire.invalid` for what no page of ours sends, `questionnaire.too-fast` for what is to be sent again in
    /// some seconds, `journal.submission-used` where the number came before with other answers, and whatever keeps the
    /// journal from recording: nobody may be thanked then.
    func submitQuestionnaire(
        _ submission: QuestionnaireSubmission
    ) async throws(GatewayError) -> SubmissionReceipt
}

/// The questionnaires that can be answered.
public struct QuestionnaireList: Sendable, Hashable, Codable {
    /// In the site's order.
    public var questionnaires: [Entry]
    /// Whether the region takes responses; they stay in the hall where it does not.
    public var isSentOn: Bool

    /// One of them, as a list shows it.
    public struct Entry: Sendable, Hashable, Codable {
        /// Its id.
        public var id: String
        /// Its title.
        public var title: PageText
        /// What is said before the first question.
        public var introduction: PageText?
        /// Whether the page of a rating's receipt offers it.
        public var isOfferedAfterRating: Bool

        /// Takes the fields.
        public init(id: String, title: PageText, introduction: PageText? = nil, isOfferedAfterRating: Bool = false) {
            self.id = id
            self.title = title
            self.introduction = introduction
            self.isOfferedAfterRating = isOfferedAfterRating
        }
    }

    /// Takes the fields.
    public init(questionnaires: [Entry], isSentOn: Bool) {
        self.questionnaires = questionnaires
        self.isSentOn = isSentOn
    }
}

/// A questionnaire by its id.
public struct QuestionnaireRequest: Sendable, Hashable, Codable {
    /// The id.
    public var questionnaire: String

    /// Takes the id.
    public init(questionnaire: String) { self.questionnaire = questionnaire }
}

/// What the page of a questionnaire shows.
public struct QuestionnaireOpening: Sendable, Hashable, Codable {
    /// What is asked.
    public var questionnaire: QuestionnaireDescription
    /// Whether the region takes responses; they stay in the hall where it does not.
    public var isSentOn: Bool

    /// Takes the fields.
    public init(questionnaire: QuestionnaireDescription, isSentOn: Bool) {
        self.questionnaire = questionnaire
        self.isSentOn = isSentOn
    }
}

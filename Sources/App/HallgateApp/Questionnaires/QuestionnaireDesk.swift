// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import HallAPI
import JournalAPI
import Logging
import Questionnaires
import RatingIntake
import RatingModel

/// Where the hall's questionnaires are shown from and their answers recorded.
///
/// Who may hand answers in is looked at before: the desk is told where they came from, and takes that as it is.
actor QuestionnaireDesk {
    /// Where a submission came from, once that is certain.
    struct Origin: Sendable, Hashable {
        /// The channel.
        var channel: RatingChannel
        /// The window it is about.
        var window: WindowID?
        /// The case it is about.
        var caseReference: CaseReference?

        init(_ channel: RatingChannel, window: WindowID? = nil, caseReference: CaseReference? = nil) {
            self.channel = channel
            self.window = window
            self.caseReference = caseReference
        }
    }

    /// The name under which submissions stand in the journal's keys.
    static let source = DeviceID("questionnaires")

    private let journal: any RatingJournal
    private let intake: RatingIntake
    private let clock: any GatewayClock
    private var uplinks: [UplinkName: InitialDelivery]
    private let wakeForwarders: @Sendable () -> Void
    private let logger: Logger
    private var questionnaires: [Questionnaire]

    /// Records by an intake that ratings share, for these uplinks: those that take no questionnaires hold the answers.
    init(
        _ questionnaires: [Questionnaire], journal: any RatingJournal, intake: RatingIntake, clock: any GatewayClock,
        uplinks: [(name: UplinkName, takesQuestionnaires: Bool)], wakeForwarders: @escaping @Sendable () -> Void,
        logger: Logger
    ) {
        self.questionnaires = questionnaires
        self.journal = journal
        self.intake = intake
        self.clock = clock
        self.uplinks = Dictionary(
            uplinks.map { ($0.name, $0.takesQuestionnaires ? .pending : .held(.questionnaire)) },
            uniquingKeysWith: { first, _ in first })
        self.wakeForwarders = wakeForwarders
        self.logger = logger
    }

    /// Takes what a configuration names now.
    func apply(_ questionnaires: [Questionnaire]) { self.questionnaires = questionnaires }

    /// Sends answers to an uplink from now on, also those it holds because its region had no call for them.
    func send(to uplink: UplinkName) async throws(GatewayError) {
        uplinks[uplink] = .pending
        if try await journal.requeue(.held(.questionnaire), for: uplink) > 0 { wakeForwarders() }
    }

    /// What can be answered now.
    func list() -> [QuestionnaireDescription] { questionnaires.map(QuestionnaireDescription.init) }

    /// Whether an uplink hands answers on; one that is not known does not.
    func doesSend(to uplink: UplinkName?) -> Bool { uplink.flatMap { uplinks[$0] } == .pending }

    /// What became of a submission that came before; `nil` where none has its number.
    ///
    /// It was checked against the version that was asked then, which may be known no more: what was answered decides.
    func earlier(_ submission: QuestionnaireSubmission) async throws(GatewayError) -> Reception? {
        guard let entry = try await journal.rating(under: Self.key(of: submission)),
            case .questionnaire(let response) = entry.body
        else { return nil }
        let given = try submission.given().filter { !$0.value.isEmpty }
        let isSame =
            response.version == submission.version && response.answers.count == given.count
            && response.answers.allSatisfy { given[$0.question].map($0.value.says) ?? false }
        return isSame ? .duplicate(of: entry.id) : .refused(.otherAnswers(than: entry.id))
    }

    /// Records answers and returns after the commit (G1). The same submission again is a duplicate, whatever is asked by
    /// then, and one with other answers is refused.
    ///
    /// Throws `questionnaire.unknown`, `questionnaire.outdated`, or `questionnaire.invalid` where the answers do not fit.
    func submit(_ submission: QuestionnaireSubmission, from origin: Origin) async throws(GatewayError) -> Reception {
        if let earlier = try await earlier(submission) { return earlier }
        guard let questionnaire = questionnaires.first(where: { $0.id == submission.questionnaire }) else {
            throw .unknownQuestionnaire(submission.questionnaire)
        }
        guard questionnaire.version == submission.version else { throw .outdatedQuestionnaire(questionnaire) }
        let checked = try questionnaire.checked(try submission.given())
        let now = clock.now()
        let response = QuestionnaireResponse(
            questionnaire: questionnaire.id, version: questionnaire.version,
            key: try Self.key(of: submission), channel: origin.channel, language: submission.language.rawValue,
            answeredAt: now, window: origin.window, caseReference: origin.caseReference, answers: checked.answers)
        return await record(
            RecordDraft(
                id: PressReception.mintID(at: now), body: .questionnaire(response), recordedAt: now,
                personal: checked.personal, deliveries: uplinks))
    }

    private func record(_ draft: RecordDraft) async -> Reception {
        do throws(GatewayError) {
            switch try await intake.record(draft) {
            case .recorded(_, let id):
                if uplinks.values.contains(.pending) { wakeForwarders() }
                await sendLate(draft)
                return .recorded(id)
            case .duplicate(let id): return .duplicate(of: id)
            case .conflict(let original, let kept): return .conflict(with: original, keptAs: kept)
            case .failed(let error): throw error
            }
        } catch {
            logger.error("answers to a questionnaire were not recorded", metadata: ["error": "\(error)"])
            return .refused(error)
        }
    }

    /// What was being recorded as held while an uplink began to take answers is let go as well.
    private func sendLate(_ draft: RecordDraft) async {
        for (uplink, delivery) in uplinks where delivery == .pending && draft.deliveries[uplink] != delivery {
            do throws(GatewayError) { try await send(to: uplink) } catch {
                logger.error("an answer waits for the next reload or start", metadata: ["error": "\(error)"])
            }
        }
    }

    /// The key that a submission's number stands for, the same whenever it comes.
    private static func key(of submission: QuestionnaireSubmission) throws(GatewayError) -> PressKey {
        let name = submission.submission
        guard !name.isEmpty, name.utf8.count <= Limits.identifierBytes else { throw .submissionWithoutNumber }
        let hash: [UInt8]
        do { hash = try Digest.hash(.sha256, Array("\(submission.questionnaire) \(name)".utf8)) } catch {
            throw .noDigest("\(error)")
        }
        return .oneTime(source, number: hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
}

extension QuestionnaireResponse.Value {
    /// Whether it is what this answer was recorded as.
    fileprivate func says(_ given: GivenAnswer) -> Bool {
        switch (self, given) {
        case (.choices(let names), .choices(let others)): Set(names) == Set(others) && names.count == others.count
        case (.scale(let number), .scale(let other)): number == other
        case (.text, .text): true
        default: false
        }
    }
}

extension QuestionnaireSubmission {
    /// The answers by their questions; throws for one that is given twice, or in two ways, or in none.
    fileprivate func given() throws(GatewayError) -> [String: GivenAnswer] {
        var given: [String: GivenAnswer] = [:]
        for answer in answers {
            let value: GivenAnswer
            switch (answer.choices, answer.scale, answer.text) {
            case (let choices?, nil, nil): value = .choices(choices)
            case (nil, let scale?, nil): value = .scale(scale)
            case (nil, nil, let text?): value = .text(text)
            default: throw .answerOfNoKind(answer.question)
            }
            guard given.updateValue(value, forKey: answer.question) == nil else {
                throw .answerOfNoKind(answer.question)
            }
        }
        return given
    }
}

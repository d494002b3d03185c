// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel

/// Where presses become ratings: everything that waits is committed in one transaction, and a call returns after it.
///
/// The back-pressure is the suspended call. The caller that finds nobody committing leads: it commits its own draft
/// with all that wait, and hands the lead to the first that arrived meanwhile, so that no caller waits for more than
/// two commits and no task of its own is needed.
public actor RatingIntake {
    private let journal: any RatingJournal
    private var groups = CommitGroups()
    private var waiting: [CommitGroups.Ticket: CheckedContinuation<Turn, Never>] = [:]
    private var drafts: [CommitGroups.Ticket: [RecordDraft]] = [:]
    private var commits: UInt64 = 0

    /// What a waiting caller is woken with.
    private enum Turn: Sendable {
        case lead([CommitGroups.Ticket])
        case done(Result<[RecordingOutcome], GatewayError>)
    }

    /// Records into a journal.
    public init(journal: any RatingJournal) { self.journal = journal }

    /// How many transactions were committed; the watchdog and the tests read it.
    public var commitCount: UInt64 { commits }

    /// Commits a draft, with whatever else waits, and says what became of it; throws when it may not be thanked.
    public func record(_ draft: RecordDraft) async throws(GatewayError) -> RecordingOutcome {
        try await record(draft, with: []).outcome
    }

    /// Commits a draft with those that follow from it, in one transaction; what became of it, and of the others in their
    /// order.
    public func record(
        _ draft: RecordDraft, with others: [RecordDraft]
    ) async throws(GatewayError) -> (outcome: RecordingOutcome, others: [RecordingOutcome]) {
        let outcomes = try await record([draft] + others)
        guard let outcome = outcomes.first else { throw .lostTurn }
        return (outcome, Array(outcomes.dropFirst()))
    }

    private func record(_ together: [RecordDraft]) async throws(GatewayError) -> [RecordingOutcome] {
        let (ticket, actions) = groups.arrive(with: together.count)
        drafts[ticket] = together
        var turn: Turn
        if case .commit(let group)? = actions.first {
            turn = .lead(group)
        } else {
            turn = await withCheckedContinuation { waiting[ticket] = $0 }
        }
        if case .lead(let group) = turn { turn = .done(await commit(group, leader: ticket)) }
        guard case .done(let result) = turn else {
            throw GatewayError.lostTurn
        }
        return try result.get()
    }

    private func commit(
        _ group: [CommitGroups.Ticket], leader: CommitGroups.Ticket
    ) async -> Result<[RecordingOutcome], GatewayError> {
        let members = group.compactMap { ticket in drafts.removeValue(forKey: ticket).map { (ticket, $0) } }
        var own: Result<[RecordingOutcome], GatewayError> = .failure(.lostTurn)
        var committed: Result<[RecordingOutcome], GatewayError>
        do throws(GatewayError) {
            committed = .success(try await journal.record(members.flatMap(\.1)))
            commits &+= 1
        } catch {
            committed = .failure(error)
        }
        var first = 0
        for member in members {
            let places = first..<first + member.1.count
            first = places.upperBound
            let result = committed.flatMap { outcomes -> Result<[RecordingOutcome], GatewayError> in
                // A journal that answers for fewer drafts than it was given has broken its contract: nobody is thanked
                // for those.
                places.upperBound <= outcomes.count ? .success(Array(outcomes[places])) : .failure(.lostTurn)
            }
            if member.0 == leader {
                own = result
            } else {
                waiting.removeValue(forKey: member.0)?.resume(returning: .done(result))
            }
        }
        if case .commit(let next)? = groups.committed().first, let first = next.first {
            waiting.removeValue(forKey: first)?.resume(returning: .lead(next))
        }
        return own
    }
}

extension GatewayError {
    static let lostTurn = GatewayError(
        "intake.no-answer", LocalText("the journal did not answer for a press", "日志没有对一次按键作出答复"),
        hint: LocalText(
            "the pad keeps the press and sends it again; report this as a defect", "评价器会保留并重发这次按键；请报告此缺陷"))
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel

/// A whole journal in memory: the reference the one on disk is compared with, and the journal of the engine's tests.
///
/// It runs the same conformance suite as the journal on disk. Its chain is a plain mixing function, not a secure hash.
public actor MemoryJournal: RatingJournal {
    var entries: [MemoryRecord] = []
    var sequences: [RecordID: JournalSequence] = [:]
    var presses: [PressKey: JournalSequence] = [:]
    var conflicts: [PressKey: [RecordID]] = [:]
    var sessions: [PromptNumber: WindowSession] = [:]
    var bindings: [CaseReference: Int] = [:]
    /// The first rating of each case and service.
    var firstRatings: [CaseReference: JournalSequence] = [:]
    var invitations: [CaseReference: JournalSequence] = [:]
    var uplinks: [UplinkName: MemoryUplink] = [:]
    var failure: GatewayError?
    private var recordCalls = 0
    private var delay: Duration?

    /// Makes an empty journal that keeps states for these uplinks.
    public init(uplinks: [UplinkName] = []) {
        for uplink in uplinks { self.uplinks[uplink] = MemoryUplink() }
    }

    // MARK: For tests

    /// From now on every call throws this error and changes nothing, as with a full disk; `nil` ends that.
    public func fail(with error: GatewayError?) { failure = error }

    /// From now on each commit takes so long, as on a slow disk; `nil` ends that.
    public func delayCommits(by duration: Duration?) { delay = duration }

    /// How often ``record(_:)`` committed; with drafts from many callers it shows how they were grouped.
    public var commits: Int { recordCalls }

    /// Forgets every lease, as a restart of the daemon does.
    public func restart() {
        for name in uplinks.keys { uplinks[name]?.releaseAll() }
    }

    // MARK: Recording

    public func tryCommit() throws(GatewayError) { try check() }

    public func record(_ drafts: [RecordDraft]) async throws(GatewayError) -> [RecordingOutcome] {
        try check()
        if let delay {
            try? await Task.sleep(for: delay)
            try check()
        }
        recordCalls += 1
        return drafts.map { add($0) }
    }

    func add(_ draft: RecordDraft) -> RecordingOutcome {
        if case .rating(let rating) = draft.body, let held = presses[rating.press.key] {
            let original = entries[Int(held) - 1]
            guard case .rating(let known) = original.draft.body else { return .duplicate(of: original.draft.id) }
            if known.press.isSameEvidence(as: rating.press) { return .duplicate(of: original.draft.id) }
            return addConflict(draft, rating, original: original.draft.id)
        }
        if case .questionnaire(let response) = draft.body, let held = presses[response.key] {
            let original = entries[Int(held) - 1].draft
            guard case .questionnaire(let known) = original.body, known.evidenceBytes == response.evidenceBytes else {
                return .failed(.otherAnswers(than: original.id))
            }
            return .duplicate(of: original.id)
        }
        if case .invitation(let invitation) = draft.body,
            let known = invitations[invitation.caseReference] ?? firstRatings[invitation.caseReference]
        {
            return .duplicate(of: entries[Int(known) - 1].draft.id)
        }
        if let known = sequences[draft.id] {
            let isSame = entries[Int(known) - 1].draft.body == draft.body
            return isSame ? .duplicate(of: draft.id) : .failed(.journalConstraint("record.id"))
        }
        if case .session(let session) = draft.body {
            guard sessions[session.number] == nil else { return .failed(.journalConstraint("session.number")) }
            sessions[session.number] = session
        }
        return .recorded(append(draft), draft.id)
    }

    private func addConflict(_ draft: RecordDraft, _ rating: Rating, original: RecordID) -> RecordingOutcome {
        for id in conflicts[rating.press.key, default: []] {
            guard let sequence = sequences[id], case .conflict(let kept) = entries[Int(sequence) - 1].draft.body else {
                continue
            }
            if kept.rating.press.isSameEvidence(as: rating.press) { return .conflict(with: original, keptAs: id) }
        }
        guard sequences[draft.id] == nil else { return .failed(.journalConstraint("record.id")) }
        let body = RecordBody.conflict(PressConflict(original: original, rating: rating))
        _ = append(RecordDraft(id: draft.id, body: body, recordedAt: draft.recordedAt, personal: draft.personal))
        return .conflict(with: original, keptAs: draft.id)
    }

    private func append(_ draft: RecordDraft) -> JournalSequence {
        let sequence = JournalSequence(entries.count + 1)
        var ordinal = 1
        switch draft.body {
        case .rating(let rating):
            presses[rating.press.key] = sequence
            if let reference = rating.caseReference, rating.level != nil {
                ordinal = bindings[reference, default: 0] + 1
                bindings[reference] = ordinal
                if ordinal == 1 { firstRatings[reference] = sequence }
                _ = supersede(invitations[reference], answer: "superseded by \(draft.id)", at: draft.recordedAt)
            }
        case .conflict(let conflict):
            conflicts[conflict.rating.press.key, default: []].append(draft.id)
        case .questionnaire(let response): presses[response.key] = sequence
        case .invitation(let invitation): invitations[invitation.caseReference] = sequence
        case .session, .imported, .noAnswer, .integrity, .decision, .verdict: break
        }
        if draft.body.delivered != nil {
            for (name, initial) in draft.deliveries { uplinks[name, default: MemoryUplink()].add(sequence, initial) }
        }
        if let old = draft.supersedes, case .rating = draft.body {
            for name in uplinks.keys where !name.isOfInvitations {
                _ = uplinks[name]?.supersede(old, answer: "superseded by \(draft.id)", at: draft.recordedAt)
            }
        }
        sequences[draft.id] = sequence
        let head = MemoryRecord.link(entries.last?.head ?? [], sequence, draft)
        entries.append(MemoryRecord(draft: draft, ordinal: ordinal, head: head))
        return sequence
    }

    /// Holds an invitation back wherever it waits; answers at how many uplinks.
    private func supersede(_ invitation: JournalSequence?, answer: String, at time: CaptureTime) -> Int {
        guard let invitation else { return 0 }
        return uplinks.keys.filter(\.isOfInvitations).sorted().count { name in
            uplinks[name]?.supersede(invitation, answer: answer, at: time) ?? false
        }
    }

    public func withdrawInvitation(
        of reference: CaseReference, answer: String, at time: CaptureTime
    ) throws(GatewayError) -> Int {
        try check()
        return supersede(invitations[reference], answer: answer, at: time)
    }

    func check() throws(GatewayError) { if let failure { throw failure } }
}

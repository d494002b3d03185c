// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// The durable queue: the one place where a press becomes a rating and a rating's delivery is remembered.
///
/// Every implementation runs the suite in `HallgateTesting/JournalConformance`. Calls may come from any task; each
/// returns after its transaction is on disk, or throws and has changed nothing.
public protocol RatingJournal: RecordLookup {
    /// Commits everything handed in as one transaction, and says of each draft what became of it, in order.
    ///
    /// A draft that breaks a constraint fails alone (a savepoint per draft). Throws when the transaction did not
    /// commit or when that is not known: no draft may be thanked then, and the press key absorbs the resend.
    func record(_ drafts: [RecordDraft]) async throws(GatewayError) -> [RecordingOutcome]

    /// Lends up to `count` pending ratings of an uplink, oldest first; they are in flight until settled or released.
    ///
    /// Nothing behind `last` is lent: a press that may still be corrected waits. A lease lives in memory: after a
    /// restart everything in flight is pending again.
    func lease(
        _ count: Int, for uplink: UplinkName, upTo last: JournalSequence
    ) async throws(GatewayError) -> [LeasedRecord]

    /// Moves leased ratings to what the region said of them, with counters and receipts, in one transaction.
    func settle(_ settlements: [Settlement], for uplink: UplinkName) async throws(GatewayError)

    /// Moves every rating an uplink holds for `reason`, or has parked or unknown, back to pending; answers how many.
    func requeue(_ state: RequeuableState, for uplink: UplinkName) async throws(GatewayError) -> Int

    /// Moves what an uplink holds for `reason`, and what was certainly recorded `age` ago by `now`, back to pending,
    /// oldest first and at most `count`.
    ///
    /// How old a record certainly is, says ``RatingModel/CaptureTime/leastAge(at:)``.
    func release(
        _ reason: HoldReason, olderThan age: Duration, atMost count: Int, for uplink: UplinkName, at now: CaptureTime
    ) async throws(GatewayError) -> HeldRelease

    /// Of the newest `count` ratings with a level that an uplink is to deliver, how many are held or parked, 差评 and
    /// the rest apart. It says nothing of any single rating (G9), and looks at a few records for each at most, however long the
    /// journal is.
    func withholding(for uplink: UplinkName, amongNewest count: Int) async throws(GatewayError) -> Withholding

    /// Moves every rating of a device that any of the uplinks holds as quarantined back to pending, and records the
    /// decision with their number, all in one transaction; answers how many. Where none is held nothing is recorded.
    func release(
        _ device: DeviceID, for uplinks: [UplinkName], by decision: DecisionDraft
    ) async throws(GatewayError) -> Int

    /// Holds the invitation of a case and service as ``HoldReason/superseded`` wherever it waits, because the case was
    /// rated elsewhere, with `answer` as its receipt; answers at how many uplinks. What is on its way goes on.
    func withdrawInvitation(
        of reference: CaseReference, answer: String, at time: CaptureTime
    ) async throws(GatewayError) -> Int

    /// Commits a transaction that changes nothing anybody reads; throws where it is not on disk. What ended is noticed
    /// by it though nobody presses.
    func tryCommit() async throws(GatewayError)

    /// The counters of conservation for an uplink (G2), as kept, not as recounted.
    func conservation(for uplink: UplinkName) async throws(GatewayError) -> Conservation

    /// The uplinks the journal has ever kept states for.
    func knownUplinks() async throws(GatewayError) -> [UplinkName]

    /// The newest session of each window, so that a restart knows what pads are being asked.
    func openSessions() async throws(GatewayError) -> [WindowSession]

    /// A session by its number, however old, so that a press kept in a pad's log finds the case it was made for.
    func session(_ number: PromptNumber) async throws(GatewayError) -> WindowSession?

    /// The highest sequence and lifetime count recorded for each device and log, to see gaps after a restart (G4).
    func pressPositions() async throws(GatewayError) -> [PressPosition]

    /// The newest decisions of operators, the newest first, at most `count`.
    func decisions(atMost count: Int) async throws(GatewayError) -> [JournalEntry]

    /// Records after a position, in order, at most `count`; for export, evidence and what is derived.
    func entries(after sequence: JournalSequence, atMost count: Int) async throws(GatewayError) -> [JournalEntry]

    /// The newest flags behind a position, at most `count`, the oldest of them first.
    func flags(after sequence: JournalSequence, atMost count: Int) async throws(GatewayError) -> [JournalEntry]

    /// Recounts every counter and checks every CRC and link of the chain, without changing anything.
    func verify() async throws(GatewayError) -> VerificationReport

    /// What the operator should know of the journal itself.
    func status() async -> JournalStatus
}

extension RatingJournal {
    /// Lends up to `count` pending ratings of an uplink, oldest first, whatever their position.
    public func lease(_ count: Int, for uplink: UplinkName) async throws(GatewayError) -> [LeasedRecord] {
        try await lease(count, for: uplink, upTo: .max)
    }
}

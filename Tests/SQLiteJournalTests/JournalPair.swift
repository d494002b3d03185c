// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import SQLite
import Synchronization
import Testing

@testable import HallgateTesting
@testable import SQLiteJournal

/// A journal on a disk that fails, beside the journal in memory that says what it must hold.
///
/// Where a call throws, what it did is not known (that is the contract). The pair then makes the disk well, or cuts
/// the power, looks which of the doubtful changes are there, does these to the model too, and goes on; anything else
/// that differs is a failure.
final class JournalPair {
    let directory: String
    let disk: FaultDisk
    let model = MemoryJournal(uplinks: [JournalSamples.region])
    var journal: SQLiteJournal
    var random: SeededGenerator
    /// The name of the point at which the next pass ends the work.
    let trap = Trap()
    /// What was being done when a call threw.
    var doubt: [Doubt] = []
    var crashes = 0
    /// Positions that were lent at some time, and the last number an id was made of.
    var leased: [JournalSequence] = []
    var lastID: UInt64 = 0

    enum Doubt {
        case record([RecordDraft])
        case settle([Settlement])
        case requeue(RequeuableState)
    }

    init(directory: String, seed: UInt64) async throws {
        guard FaultFileSystem.isRegistered else { throw TestFailure("the fault VFS is not registered") }
        self.directory = directory
        disk = FaultDisk(directory: directory)
        random = SeededGenerator(seed: seed)
        journal = try await SQLiteJournal.open(
            in: directory, fileSystem: FaultFileSystem.name, startRows: 12, crashPoint: trap.hook(disk))
    }

    /// Ends the computer: nothing more reaches the disk, and what was not synced is kept, lost or torn.
    func crash() async throws {
        crashes += 1
        disk.die()
        await journal.close()
        disk.cutPower(&random)
        try await reopen()
    }

    /// Ends the process: what was written stays, synced or not.
    func kill() async throws {
        crashes += 1
        disk.die()
        await journal.close()
        disk.state.withLock { $0.isDead = false }
        try await reopen()
    }

    /// Closes in good order.
    func restart() async throws {
        await journal.close()
        try await reopen()
    }

    private func reopen() async throws {
        disk.state.withLock { state in
            state.isDead = false
            state.writesUntilFull = nil
            state.syncsUntilFailure = nil
        }
        // Now and then the start itself is cut short, at any of its points.
        while Int.random(in: 0..<4, using: &random) == 0 {
            trap.set(JournalCrashPoint.opening.randomElement(using: &random))
            do {
                journal = try await SQLiteJournal.open(
                    in: directory, fileSystem: FaultFileSystem.name, startRows: 12, crashPoint: trap.hook(disk))
                trap.set(nil)
                disk.die()
                await journal.close()
            } catch {
                guard trap.isSprung else { throw error }
            }
            crashes += 1
            trap.set(nil)
            disk.cutPower(&random)
        }
        journal = try await SQLiteJournal.open(
            in: directory, fileSystem: FaultFileSystem.name, startRows: 12, crashPoint: trap.hook(disk))
        try await settleDoubt()
        await model.restart()
        try await compareBriefly()
    }

    /// After a call threw: makes the disk well, or cuts the power.
    func recover() async throws {
        let isSprung = trap.isSprung
        trap.set(nil)
        if isSprung || Bool.random(using: &random) { return try await crash() }
        disk.fill(after: nil)
        disk.failSyncs(after: nil)
        // The next call must work again by itself.
        _ = try await journal.openSessions()
        try await settleDoubt()
        try await compareBriefly()
    }

    // MARK: Comparison

    /// Does to the model what turns out to have been done.
    private func settleDoubt() async throws {
        let known = await model.status().lastSequence
        for entry in try await journal.entries(after: known, atMost: 1000) {
            guard let draft = doubtfulDraft(entry) else { throw TestFailure("record \(entry.id) is from nowhere") }
            let outcome = try await model.record([draft])
            switch outcome.first {
            case .recorded(entry.sequence, entry.id)?, .conflict(with: _, keptAs: entry.id)?: continue
            default: throw TestFailure("\(entry.sequence) should not be there: \(outcome)")
            }
        }
        let states = try await journal.states(of: JournalSamples.region)
        for case .settle(let settlements) in doubt {
            let done = settlements.filter { settlement in
                settlement.result != .released
                    && states[settlement.sequence] == DeliveryState(settlement.result).counter
            }
            try await model.settle(done, for: JournalSamples.region)
            // A lease outlives a failed settlement, and a released one may be lent again at once.
        }
        for case .requeue(let state) in doubt {
            let moved = Set(states.filter { $0.value == .pending }.keys)
            await model.requeue(state, only: moved)
        }
        doubt = []
    }

    /// The draft an unexpected record may come from: one of a call that threw since the journal was last looked at.
    /// Of several with one id it is the one that says the same; a conflict says what a rating said.
    private func doubtfulDraft(_ entry: JournalEntry) -> RecordDraft? {
        var drafts: [RecordDraft] = []
        for case .record(let tried) in doubt { drafts += tried.filter { $0.id == entry.id } }
        return drafts.first { $0.body == entry.body } ?? drafts.first
    }

    /// Compares the counters and the newest records.
    func compareBriefly() async throws {
        let last = await model.status().lastSequence
        try same(await journal.status().lastSequence, last, "last sequence")
        let (found, expected) = (
            try await journal.entries(after: last - 10, atMost: 20),
            try await model.entries(after: last - 10, atMost: 20)
        )
        try same(found.map(\.id), expected.map(\.id), "newest ids")
        try same(
            try await journal.conservation(for: JournalSamples.region),
            try await model.conservation(for: JournalSamples.region), "counters")
        try same(
            try await journal.conservation(for: JournalSamples.region.invitations),
            try await model.conservation(for: JournalSamples.region.invitations), "invitations")
        try same(await journal.status().recoveredFrom, nil, "imports, where nothing was damaged")
    }

    /// Compares everything both journals can be asked.
    func compare() async throws {
        let (ours, theirs) = (journal as any RatingJournal, model as any RatingJournal)
        try same(await ours.status().lastSequence, await theirs.status().lastSequence, "last sequence")
        try same(
            try await ours.conservation(for: JournalSamples.region),
            try await theirs.conservation(for: JournalSamples.region),
            "counters")
        let (entries, expected) = (
            try await ours.entries(after: 0, atMost: .max), try await theirs.entries(after: 0, atMost: .max)
        )
        try same(entries.map(\.id), expected.map(\.id), "ids")
        try same(entries.map(\.body), expected.map(\.body), "bodies")
        try same(try await ours.openSessions(), try await theirs.openSessions(), "sessions")
        try same(
            try await ours.decisions(atMost: 1000).map(\.id), try await theirs.decisions(atMost: 1000).map(\.id),
            "decisions")
        try same(try await ours.pressPositions(), try await theirs.pressPositions(), "positions")
        try same(try await ours.verify().findings, [], "findings")
        try same(await ours.status().recoveredFrom, nil, "imports, where nothing was damaged")
    }

    func same<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
        if found != expected { throw TestFailure("\(what): \(found), expected \(expected)") }
    }
}

/// Ends the work at a named point, once.
final class Trap: Sendable {
    private let state = Synchronized()

    func set(_ point: JournalCrashPoint?) {
        state.value.withLock { $0 = (point, false) }
    }

    var isSprung: Bool { state.value.withLock { $0.1 } }

    func hook(_ disk: FaultDisk) -> @Sendable (JournalCrashPoint) -> GatewayError? {
        { [state] point in
            state.value.withLock { trap in
                guard trap.0 == point, !trap.1 else { return nil }
                trap.1 = true
                disk.die()
                return GatewayError("test.crash", LocalText("crash at \(point)", ""), hint: LocalText("", ""))
            }
        }
    }
}

final class Synchronized: Sendable {
    let value = Mutex<(JournalCrashPoint?, Bool)>((nil, false))
}

extension JournalCrashPoint {
    /// The points a start passes where nothing is damaged.
    static let opening: [JournalCrashPoint] = [
        .directoryReady, .walScanned, .databaseOpened, .walCheckpointed, .tailSalvaged,
    ]
    /// The points of calls.
    static let calls: [JournalCrashPoint] = [
        .recordBegun, .draftInserted, .recordBeforeCommit, .recordAfterCommit, .settleBegun, .settleBeforeCommit,
        .settleAfterCommit, .requeueBeforeCommit, .requeueAfterCommit,
    ]
}

extension SQLiteJournal {
    /// The state of every rating that is not delivered, and of the delivered ones that have a receipt.
    func states(of uplink: UplinkName) throws -> [JournalSequence: DeliveryState] {
        try perform { store in
            var states: [JournalSequence: DeliveryState] = [:]
            guard let number = store.uplinkNumbers[uplink] else { return states }
            try store.database.prepare("SELECT record, state FROM delivery WHERE uplink = ?1")
                .rows(.integer(number)) { states[$0.integer(0)] = DeliveryState(number: $0.integer(1)) }
            try store.database.prepare(
                "SELECT sequence FROM receipt JOIN record USING (id) WHERE uplink = ?1 AND receipt.state IN (5, 6)"
            ).rows(.text(uplink.value)) { states[$0.integer(0)] = .delivered }
            return states
        }
    }
}

extension MemoryJournal {
    func requeue(_ state: RequeuableState, only sequences: Set<JournalSequence>) {
        let from: MemoryUplink.State =
            switch state {
            case .held(let reason): .held(reason)
            case .parked: .parked
            case .unknown: .unknown
            }
        _ = uplinks[JournalSamples.region]?.requeue(from, only: sequences)
    }
}

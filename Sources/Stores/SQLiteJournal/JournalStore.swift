// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JournalAPI
import RatingModel
import SQLite

/// The open database of a journal, with its compiled statements and what is kept of it in memory.
///
/// It belongs to the journal's actor and is used on its thread only. Where a call throws, the transaction is rolled
/// back and the memory is as before.
final class JournalStore {
    let database: Database
    let crashPoint: @Sendable (JournalCrashPoint) -> GatewayError?
    let statements: JournalStatements

    /// The chain's end.
    var chain: HashChain
    /// The newest record; 0 in an empty journal.
    var lastSequence: Int64
    /// The newest receipt.
    var lastReceipt: Int64
    /// The number of each uplink in the tables.
    var uplinkNumbers: [UplinkName: Int64] = [:]
    /// The counters of each uplink, moved after the commit that moved those on disk.
    var conservation: [UplinkName: Conservation] = [:]
    /// What is lent, by uplink.
    var leases: [UplinkName: Set<JournalSequence>] = [:]
    /// The ids of what was lent, so that a settlement need not look them up.
    var lentIDs: [JournalSequence: RecordID] = [:]
    /// Pages in the log when it was last to be written back and was not; 0 after a success.
    var pagesWhenTried = 0

    init(
        database: Database, crashPoint: @escaping @Sendable (JournalCrashPoint) -> GatewayError?
    ) throws {
        self.database = database
        self.crashPoint = crashPoint
        statements = try JournalStatements(database)
        let algorithm = try database.prepare("SELECT value FROM meta WHERE key = 'algorithm'").first { $0.text(0) }
        guard let algorithm, let known = HashAlgorithm(rawValue: algorithm) else {
            throw JournalFailure.damaged("the chain's algorithm is not known")
        }
        let last = try database.prepare("SELECT sequence, head FROM record ORDER BY sequence DESC LIMIT 1")
            .first { ($0.integer(0), $0.blob(1)) }
        chain = try last.map { HashChain(known, head: $0.1) } ?? HashChain(known)
        lastSequence = last?.0 ?? 0
        lastReceipt = try database.integers("SELECT ifnull(max(number), 0) FROM receipt").first ?? 0
        try loadUplinks()
    }

    private func loadUplinks() throws {
        var rows: [(UplinkName, Int64, Int64, Int64)] = []
        try database.prepare(
            "SELECT name, number, state, amount FROM uplink LEFT JOIN counter ON counter.uplink = number"
        ).rows { rows.append((UplinkName($0.text(0)), $0.integer(1), $0.integer(2), $0.integer(3))) }
        for (name, number, state, amount) in rows {
            guard let state = DeliveryState(number: state) else { throw JournalFailure.damaged("a counter's state") }
            uplinkNumbers[name] = number
            conservation[name, default: Conservation()].add(amount, to: state)
        }
    }

    /// Stops at a named point where a test says so.
    func pass(_ point: JournalCrashPoint) throws(JournalFailure) {
        if let error = crashPoint(point) { throw .stopped(error) }
    }

    /// Runs the body as one transaction, with named points before and behind its commit.
    ///
    /// Where the COMMIT fails, what is on disk is not known, and the caller is told of the failure.
    func transaction<Answer>(
        before: JournalCrashPoint, after: JournalCrashPoint, _ body: () throws -> Answer
    ) throws -> Answer {
        try statements.begin.run()
        do {
            let answer = try body()
            try pass(before)
            try commit()
            try pass(after)
            return answer
        } catch {
            database.rollBack()
            throw error
        }
    }

    /// The number of an uplink, made with its counters where it is new; its ratings are those recorded from now on.
    func number(of uplink: UplinkName) throws -> Int64 {
        if let number = uplinkNumbers[uplink] { return number }
        // Another draft of this transaction may have made it already.
        if let number = try statements.findUplink.first(.text(uplink.value), make: { $0.integer(0) }) { return number }
        return try insert(uplink)
    }

    private func insert(_ uplink: UplinkName) throws -> Int64 {
        try statements.insertUplink.run(.text(uplink.value))
        let number = database.lastInsertedRow
        for state in DeliveryState.counted {
            try statements.insertCounter.run(.integer(number), .integer(state.number))
        }
        return number
    }

    /// Makes rows for uplinks that the configuration names for the first time.
    func adopt(_ uplinks: [UplinkName]) throws {
        let new = uplinks.filter { uplinkNumbers[$0] == nil }
        guard !new.isEmpty else { return }
        var numbers: [UplinkName: Int64] = [:]
        try statements.begin.run()
        do {
            for name in new { numbers[name] = try insert(name) }
            try commit()
        } catch {
            database.rollBack()
            throw error
        }
        for (name, number) in numbers {
            uplinkNumbers[name] = number
            conservation[name] = Conservation()
        }
    }
}

/// The counters a transaction moves, gathered so that each is written once.
struct CounterMoves {
    private(set) var steps: [UplinkName: [DeliveryState: Int64]] = [:]
    private var numbers: [UplinkName: Int64] = [:]

    mutating func add(_ step: Int64, to state: DeliveryState, of uplink: UplinkName) {
        steps[uplink, default: [:]][state.counter, default: 0] += step
    }

    mutating func merge(_ other: CounterMoves) {
        for (uplink, moves) in other.steps {
            for (state, step) in moves { add(step, to: state, of: uplink) }
        }
    }

    /// Writes the moves into the counters on disk, as part of the transaction that moves the records.
    mutating func write(to store: JournalStore) throws {
        for (uplink, moves) in steps {
            let number = try store.number(of: uplink)
            numbers[uplink] = number
            for (state, step) in moves where step != 0 {
                try store.statements.moveCounter.run(.integer(number), .integer(state.number), .integer(step))
                guard store.database.changes == 1 else { throw JournalFailure.damaged("a counter is missing") }
            }
        }
    }

    /// Moves the counters in memory, after the commit.
    func apply(to store: JournalStore) {
        for (uplink, moves) in steps {
            if let number = numbers[uplink] { store.uplinkNumbers[uplink] = number }
            for (state, step) in moves { store.conservation[uplink, default: Conservation()].add(step, to: state) }
        }
    }
}

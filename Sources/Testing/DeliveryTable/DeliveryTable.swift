// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingDelivery
import RatingModel
import SQLiteJournal
import Synchronization
import UplinkAPI

/// Puts ratings through an uplink while either side is restarted, and counts at the far side by id.
///
/// One body for every uplink: what an uplink needs is a ``FarSide``. The near side is the real forwarder and the real
/// journal on disk; it is ended by cancellation in mid-exchange, so that what was in flight goes again.
public struct DeliveryTable: Sendable {
    /// How many ratings are recorded.
    public var ratings: Int
    /// Every so many ratings one is poison, which the far side's coding must agree with; 0 for none.
    public var poisonEvery: Int
    /// How often each side is restarted, spread over the run.
    public var restarts: Int
    /// After so long without an end the run fails.
    public var limit: Duration
    /// How long the far side's own consumer is waited for before what it has not seen counts as lost.
    public var arrivalLimit = Duration.seconds(60)

    /// Takes the figures.
    public init(ratings: Int, poisonEvery: Int = 0, restarts: Int = 5, limit: Duration = .seconds(120)) {
        self.ratings = ratings
        self.poisonEvery = poisonEvery
        self.restarts = restarts
        self.limit = limit
    }

    /// Runs it in an empty directory for the journal. Throws where a side cannot be opened or the limit is reached.
    public func run(_ far: any FarSide, directory: String) async throws -> DeliveryTableRow {
        var row = DeliveryTableRow(recorded: ratings, poison: poison.count)
        let reasons = RefusalWords()
        let started = ContinuousClock.now
        var side = try await NearSide.open(far, directory: directory, reasons: reasons)
        do {
            try await record(into: side.journal, for: far)
            for life in 0..<restarts {
                try await side.whileDelivering {
                    try await reach(2 * life + 1, side, far.name, since: started, row: &row)
                    try await far.restart()
                    row.farRestarts += 1
                    try await reach(2 * life + 2, side, far.name, since: started, row: &row)
                }
                await side.close()
                side = try await NearSide.open(far, directory: directory, reasons: reasons)
                row.nearRestarts += 1
            }
            try await side.whileDelivering {
                try await reach(2 * restarts + 1, side, far.name, since: started, row: &row)
            }
        } catch {
            await side.close()
            throw error
        }
        row.duration = started.duration(to: .now)
        let counters = try await side.journal.conservation(for: far.name)
        await side.close()
        row.count(counters)
        row.reasons = reasons.words.withLock { $0 }
        try await compare(with: far, row: &row)
        return row
    }

    /// The numbers of the ratings that are poison.
    private var poison: [Int] {
        poisonEvery > 0 ? (1...ratings).filter { $0 % poisonEvery == poisonEvery / 2 } : []
    }

    private func record(into journal: SQLiteJournal, for far: any FarSide) async throws {
        let poisonous = Set(poison)
        for first in stride(from: 1, through: ratings, by: Limits.groupCommitRecords) {
            let drafts = (first...min(ratings, first + Limits.groupCommitRecords - 1)).map {
                far.draft($0, isPoison: poisonous.contains($0))
            }
            _ = try await journal.record(drafts)
        }
    }

    /// Waits until a part of the ratings, of `2 * restarts + 1` equal ones, is settled.
    private func reach(
        _ part: Int, _ side: NearSide, _ name: UplinkName, since started: ContinuousClock.Instant,
        row: inout DeliveryTableRow
    ) async throws {
        let target = part > 2 * restarts ? ratings : ratings * part / (2 * restarts + 1)
        while true {
            let counters = try await side.journal.conservation(for: name)
            if counters.delivered + counters.parked >= Int64(target) { return }
            guard started.duration(to: .now) < limit else {
                row.count(counters)
                let why = await side.forwarder.status().lastFailure.map { "; \($0)" } ?? ""
                throw GatewayError(
                    "test.table-stuck", LocalText("the run does not end: \(row)\(why)", "测试未结束"),
                    hint: LocalText("look at what the far side says", "请查看对端输出"))
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Waits until the far side's own consumer has seen everything that was delivered, then compares by id.
    private func compare(with far: any FarSide, row: inout DeliveryTableRow) async throws {
        let poisonous = Set(poison.map { UplinkSamples.id($0) })
        let recorded = Set((1...ratings).map { UplinkSamples.id($0) })
        let wanted = recorded.subtracting(poisonous)
        var arrivals = try await far.arrivals()
        let end = ContinuousClock.now + arrivalLimit
        while !wanted.isSubset(of: Set(arrivals)), ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(50))
            arrivals = try await far.arrivals()
        }
        let present = Set(arrivals)
        row.lost = wanted.subtracting(present).count
        row.copies = arrivals.count - present.count
        row.foreign = present.subtracting(recorded).count + present.intersection(poisonous).count
    }

    /// A thousand ratings with one poison among them: how long until the other 999 are delivered and it alone is parked.
    public static func poisonAmongAThousand(
        _ far: any FarSide, directory: String
    ) async throws -> (others: Duration, row: DeliveryTableRow) {
        let table = DeliveryTable(ratings: 1000, poisonEvery: 1000, restarts: 0)
        let reasons = RefusalWords()
        let side = try await NearSide.open(far, directory: directory, reasons: reasons)
        var row = DeliveryTableRow(recorded: 1000, poison: 1)
        do {
            try await table.record(into: side.journal, for: far)
            let started = ContinuousClock.now
            let others = try await side.whileDelivering {
                while try await side.journal.conservation(for: far.name).delivered < 999 {
                    guard started.duration(to: .now) < table.limit else { break }
                    try await Task.sleep(for: .milliseconds(2))
                }
                let others = started.duration(to: .now)
                try await table.reach(1, side, far.name, since: started, row: &row)
                return others
            }
            row.duration = started.duration(to: .now)
            row.count(try await side.journal.conservation(for: far.name))
            row.reasons = reasons.words.withLock { $0 }
            await side.close()
            return (others, row)
        } catch {
            await side.close()
            throw error
        }
    }
}

extension DeliveryTableRow {
    mutating func count(_ counters: Conservation) {
        delivered = Int(counters.delivered)
        parked = Int(counters.parked)
        elsewhere = Int(counters.recorded) - delivered - parked
    }
}

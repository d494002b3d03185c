// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import Logging
import RatingDelivery
import RatingModel
import SQLiteJournal
import Synchronization
import SystemClock
import UplinkAPI

/// One life of a gateway's delivery: the real journal, forwarder and uplink, opened as a daemon does and ended at once.
struct NearSide: Sendable {
    let journal: SQLiteJournal
    let forwarder: RatingForwarder
    private let uplink: any Uplink
    private let far: any FarSide

    static func open(
        _ far: any FarSide, directory: String, reasons: RefusalWords
    ) async throws -> NearSide {
        let logger = Logger(label: "table", factory: { _ in SwiftLogNoOpLogHandler() })
        let clock = SystemClock()
        let uplink = try await far.openUplink()
        do {
            let journal = try await openJournal(directory, far.name, clock, logger)
            let policy = DeliveryPolicy(firstBackOff: .milliseconds(20), mostBackOff: .milliseconds(500))
            let forwarder = RatingForwarder(
                uplink: ListeningUplink(uplink: uplink, reasons: reasons), journal: journal, policy: policy,
                clock: clock, seed: 7, logger: logger)
            return NearSide(journal: journal, forwarder: forwarder, uplink: uplink, far: far)
        } catch {
            await far.closeUplink(uplink)
            throw error
        }
    }

    /// A program that was being started when the journal was closed holds its lock for the moment until it runs.
    private static func openJournal(
        _ directory: String, _ name: UplinkName, _ clock: SystemClock, _ logger: Logger
    ) async throws -> SQLiteJournal {
        let end = ContinuousClock.now + .seconds(5)
        while true {
            do throws(GatewayError) {
                return try await SQLiteJournal.open(
                    SQLiteJournalConfiguration(directory: directory), uplinks: [name], clock: clock, logger: logger)
            } catch {
                guard error.code == "journal.in-use", ContinuousClock.now < end else { throw error }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    private init(journal: SQLiteJournal, forwarder: RatingForwarder, uplink: any Uplink, far: any FarSide) {
        (self.journal, self.forwarder, self.uplink, self.far) = (journal, forwarder, uplink, far)
    }

    /// Delivers while the body runs, and ends the delivery by cancellation when the body returns.
    func whileDelivering<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        try await withThrowingTaskGroup(of: Void.self) { [forwarder, journal, uplink, far] group in
            group.addTask { await forwarder.run() }
            group.addTask { await far.accompany(uplink, journal, wake: { forwarder.wake() }) }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    func close() async {
        await far.closeUplink(uplink)
        await journal.close()
    }
}

/// The words a region used for what it refused.
final class RefusalWords: Sendable {
    let words = Mutex<Set<String>>([])
}

/// Passes everything through and notes the words of refusals.
private struct ListeningUplink: Uplink {
    let uplink: any Uplink
    let reasons: RefusalWords

    var name: UplinkName { uplink.name }
    var limits: UplinkLimits { uplink.limits }

    func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        let report = await uplink.deliver(batch)
        if case .answered(let outcomes) = report {
            for outcome in outcomes where outcome.verdict == .rejected {
                reasons.words.withLock { _ = $0.insert(outcome.answer) }
            }
        }
        return report
    }

    func probe() async -> ProbeResult? { await uplink.probe() }
}

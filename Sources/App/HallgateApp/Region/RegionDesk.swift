// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import Logging
import OperatorAPI
import RatingModel
import Reconciliation
import RegionMirror
import UplinkAPI

/// What one uplink's region is asked beside taking ratings: its notices, and once a day what it holds.
///
/// It runs beside the forwarder and shares nothing with it but the line: a region that answers neither is no reason to
/// deliver less.
actor RegionDesk {
    nonisolated let name: UplinkName
    nonisolated let ask: @Sendable (RegionQuestion) async throws(GatewayError) -> RegionReply
    nonisolated let coding: any RegionCoding
    let journal: any RatingJournal
    let clock: any GatewayClock
    let zone: HallZone
    private let logger: Logger
    private let file: MirrorFile
    private let inbox: NoticeInbox?
    /// Is told of cases that were rated just now.
    private var told: (@Sendable (CaseReference) async -> Void)?
    private var mirror: RegionMirror
    private var daily: DailyComparison
    /// The days whose comparison found differences, by their dates; a later clean one takes them out.
    private var differing: [String: ReconciliationReport] = [:]
    /// Why the last daily comparison could not be made, until one is.
    private var failure: GatewayError?

    /// Most days that are shown as differing.
    private static let mostDays = 31

    init(
        _ name: UplinkName, coding: any RegionCoding, journal: any RatingJournal, clock: any GatewayClock,
        zone: HallZone, settings: RegionDeskSettings, file: MirrorFile, logger: Logger, inbox: NoticeInbox? = nil,
        ask: @escaping @Sendable (RegionQuestion) async throws(GatewayError) -> RegionReply
    ) {
        self.name = name
        self.ask = ask
        self.coding = coding
        self.journal = journal
        self.clock = clock
        self.zone = zone
        self.logger = logger
        self.file = file
        self.inbox = inbox
        mirror = RegionMirror(keeping: file.load(), every: settings.pollInterval)
        daily = DailyComparison(hour: settings.reconcileHour, zone: zone)
    }

    /// Whether its line takes questions, and not only what the region says unasked.
    nonisolated var asks: Bool { inbox == nil }

    /// Names who is told of cases that the region says were rated just now.
    func connect(rated tell: @escaping @Sendable (CaseReference) async -> Void) { told = tell }

    /// What the region let the hall know so far.
    var notices: MirroredNotices { mirror.notices }

    /// Asks whenever it is time, until the task is cancelled; a profile without these calls ends it at once. On a line
    /// that takes no questions it listens.
    func run() async {
        if let inbox { return await listen(to: inbox) }
        let asksNotices = takes(.notices(after: nil))
        let asksHoldings = takes(.holdings("2000-01-01"))
        guard asksNotices || asksHoldings else { return }
        while !Task.isCancelled {
            if asksNotices { await step() }
            if asksHoldings { await compareYesterday() }
            do { try await Task.sleep(for: wait(asksNotices)) } catch { return }
        }
    }

    /// Whether the profile has a call for a question; one that cannot be written for want of a key has.
    private func takes(_ question: RegionQuestion) -> Bool {
        do throws(GatewayError) {
            return try coding.call(asking: question, access: RegionAccess(now: clock.now().wall)) != nil
        } catch { return true }
    }

    /// Until the mirror's turn; the clock on the wall is looked at every half minute.
    private func wait(_ asksNotices: Bool) -> Duration {
        let now = clock.now().monotonic
        guard asksNotices, let turn = mirror.wakeAt(now) else { return .seconds(30) }
        return min(max(now.duration(to: turn), .milliseconds(100)), .seconds(30))
    }

    // MARK: Notices

    /// Asks for notices if it is time, page after page.
    func step() async {
        let kept = mirror.notices
        let actions = mirror.tick(at: clock.now().monotonic)
        if await !follow(actions) { mirror.failed(keeping: kept, at: clock.now().monotonic) }
    }

    /// Takes what comes unasked, each until it is kept, since nobody can be asked for it again.
    private func listen(to inbox: NoticeInbox) async {
        let left = inbox.left { [coding] message throws(GatewayError) in
            try coding.notices(in: RegionReply(body: message))
        }
        for arrival in left { await take(arrival, from: inbox) }
        for await arrival in inbox.arrivals where inbox.isWaiting(arrival) { await take(arrival, from: inbox) }
    }

    private func take(_ arrival: NoticeInbox.Arrival, from inbox: NoticeInbox) async {
        let kept = mirror.notices
        while await !follow(mirror.told(arrival.notices)) {
            mirror.failed(keeping: kept, at: clock.now().monotonic)
            if Task.isCancelled { return }
            try? await Task.sleep(for: .seconds(5))
        }
        inbox.finish(arrival)
    }

    /// Does what the mirror wants done; answers whether all of it was.
    private func follow(_ wanted: [RegionMirror.Action]) async -> Bool {
        var actions = wanted[...]
        do throws(GatewayError) {
            while let action = actions.popFirst() {
                switch action {
                case .record(let rating, let number, let outcome, let text):
                    try await record(rating, number: number, outcome: outcome, text: text)
                case .keep(let notices): try file.save(notices)
                case .rated(let reference): await told?(reference)
                case .ask(let cursor):
                    let page = try coding.notices(in: try await ask(.notices(after: cursor)))
                    actions += mirror.received(page, at: clock.now().monotonic)
                }
            }
            return true
        } catch {
            logger.warning(
                "the region's notices were not mirrored", metadata: ["uplink": "\(name)", "error": "\(error)"])
            return false
        }
    }

    /// Puts a verdict beside its rating; one that lies there, or whose rating is none of this hall's, is left.
    private func record(
        _ rating: RecordID, number: String, outcome: String, text: String
    ) async throws(GatewayError) {
        guard case .rating = try await journal.entry(rating)?.body else { return }
        let isKnown = try await journal.entries(beside: rating).contains { entry in
            if case .verdict(let known) = entry.body { known.number == number && known.uplink == name } else { false }
        }
        guard !isKnown else { return }
        let now = clock.now()
        let verdict = RatingVerdict(
            rating: rating, uplink: name, number: ReceiptText.shortened(number),
            outcome: ReceiptText.shortened(outcome), text: ReceiptText.shortened(text), receivedAt: now)
        let draft = RecordDraft(id: PressReception.mintID(at: now), body: .verdict(verdict), recordedAt: now)
        for case .failed(let error) in try await journal.record([draft]) { throw error }
    }

    // MARK: Comparison

    /// Compares the day before if it is time.
    func compareYesterday() async {
        guard let day = daily.due(at: clock.now()) else { return }
        do throws(GatewayError) {
            let report = try await reconcile(day)
            daily.finished(day)
            logger.notice(
                "the region's holdings were compared",
                metadata: ["uplink": "\(name)", "date": "\(day.text)", "differences": "\(report.differences)"])
        } catch {
            daily.failed(at: clock.now())
            failure = error
            logger.warning(
                "the region's holdings could not be compared",
                metadata: ["uplink": "\(name)", "date": "\(day.text)", "error": "\(error)"])
        }
    }

    /// Keeps what a comparison found for the status.
    func note(_ report: ReconciliationReport) {
        failure = nil
        differing[report.date] = report.isClean ? nil : report
        if differing.count > Self.mostDays, let oldest = differing.keys.min() { differing[oldest] = nil }
    }

    /// What an operator should do something about.
    var troubles: [GatewayError] {
        differing.values.sorted { $0.date < $1.date }.map { .holdingsDiffer($0) }
            + (failure.map { [.notCompared(name, $0)] } ?? [])
    }
}

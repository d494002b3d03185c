// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import JournalAPI
public import Logging
public import RatingModel
import SQLite

/// The journal on disk: one SQLite file, one connection, one thread.
///
/// The format is described in `JournalSchema.swift`. Every call runs on the journal's own thread and returns after its
/// transaction is on disk. Where the disk fails, calls throw, and each later call tries again, so that recording goes
/// on by itself as soon as the disk does.
public actor SQLiteJournal: RatingJournal {
    private let configuration: SQLiteJournalConfiguration
    private let uplinks: [UplinkName]
    private let clock: any GatewayClock
    private let logger: Logger
    private let thread: JournalThread

    private var store: JournalStore?
    private var lock: Int32?
    private var isClosed = false
    private var trouble: GatewayError?
    private var recoveredFrom: JournalImport?
    /// What was lent when the connection had to be closed.
    private var keptLeases: [UplinkName: Set<JournalSequence>] = [:]
    private var isDamageKnown = false
    /// A disk that damages what it is given would otherwise be imported without end.
    private var importsLeft = 3

    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private init(
        _ configuration: SQLiteJournalConfiguration, _ uplinks: [UplinkName], _ clock: any GatewayClock,
        _ logger: Logger, _ thread: JournalThread
    ) {
        self.configuration = configuration
        self.uplinks = uplinks
        self.clock = clock
        self.logger = logger
        self.thread = thread
    }

    /// Opens, or makes, the journal; repairs what a crash or damage left behind before it answers.
    ///
    /// Uplinks named for the first time are to deliver what is recorded from now on; those no longer named keep what
    /// they have. Throws `journal.in-use`, `journal.unwritable`, `journal.newer-format`, `journal.disk-full` or
    /// `journal.io-failed`; damage is set aside and imported, and never makes it throw (G6).
    public static func open(
        _ configuration: SQLiteJournalConfiguration, uplinks: [UplinkName], clock: any GatewayClock,
        logger: Logger = Logger(label: "hallgate.journal")
    ) async throws(GatewayError) -> SQLiteJournal {
        let thread: JournalThread
        do { thread = try JournalThread() } catch { throw error.gatewayError(directory: configuration.directory) }
        let journal = SQLiteJournal(configuration, uplinks, clock, logger, thread)
        try await journal.start()
        return journal
    }

    deinit { if let lock { Glibc.close(lock) } }

    private func start() throws(GatewayError) {
        do {
            _ = try ready()
        } catch {
            close()
            throw error
        }
    }

    /// Writes the log back into the database and closes the file; later calls throw.
    public func close() {
        isClosed = true
        store?.database.close()
        store = nil
        if let lock { Glibc.close(lock) }
        lock = nil
    }

    // MARK: Calls

    public func record(_ drafts: [RecordDraft]) throws(GatewayError) -> [RecordingOutcome] {
        try commit { try $0.record(drafts) }
    }

    public func lease(
        _ count: Int, for uplink: UplinkName, upTo last: JournalSequence
    ) throws(GatewayError) -> [LeasedRecord] {
        try perform { [clock] in try $0.lease(count, for: uplink, upTo: last, at: clock.now) }
    }

    public func withdrawInvitation(
        of reference: CaseReference, answer: String, at time: CaptureTime
    ) throws(GatewayError) -> Int {
        try commit { try $0.withdrawInvitation(of: reference, answer: answer, at: time) }
    }

    public func tryCommit() throws(GatewayError) { try commit { try $0.tryCommit() } }

    public func settle(_ settlements: [Settlement], for uplink: UplinkName) throws(GatewayError) {
        try commit { try $0.settle(settlements, for: uplink) }
    }

    public func requeue(_ state: RequeuableState, for uplink: UplinkName) throws(GatewayError) -> Int {
        try commit { [clock] in try $0.requeue(DeliveryState(state), for: uplink, at: clock.now()) }
    }

    public func release(
        _ reason: HoldReason, olderThan age: Duration, atMost count: Int, for uplink: UplinkName, at now: CaptureTime
    ) throws(GatewayError) -> HeldRelease {
        try commit { try $0.release(reason, olderThan: age, atMost: count, for: uplink, at: now) }
    }

    /// Weighs in short turns, between which presses are recorded.
    public func withholding(
        for uplink: UplinkName, amongNewest count: Int
    ) async throws(GatewayError) -> Withholding {
        var weighing = Weighing(uplink: uplink, left: count)
        while try perform({ try weighing.advance($0, atMost: 100) }) { await Task.yield() }
        return weighing.found
    }

    public func release(
        _ device: DeviceID, for uplinks: [UplinkName], by decision: DecisionDraft
    ) throws(GatewayError) -> Int {
        try commit { try $0.release(device, for: uplinks, by: decision) }
    }

    public func conservation(for uplink: UplinkName) throws(GatewayError) -> Conservation {
        try perform { $0.conservation[uplink] ?? Conservation() }
    }

    public func knownUplinks() throws(GatewayError) -> [UplinkName] {
        try perform { $0.uplinkNumbers.keys.sorted() }
    }

    public func openSessions() throws(GatewayError) -> [WindowSession] {
        try perform { try $0.openSessions() }
    }

    public func session(_ number: PromptNumber) throws(GatewayError) -> WindowSession? {
        try perform { try $0.session(number) }
    }

    public func pressPositions() throws(GatewayError) -> [PressPosition] {
        try perform { try $0.pressPositions() }
    }

    public func decisions(atMost count: Int) throws(GatewayError) -> [JournalEntry] {
        try perform { try $0.decisions(atMost: count) }
    }

    public func entries(after sequence: JournalSequence, atMost count: Int) throws(GatewayError) -> [JournalEntry] {
        try perform { try $0.entries(after: sequence, atMost: count) }
    }

    public func flags(after sequence: JournalSequence, atMost count: Int) throws(GatewayError) -> [JournalEntry] {
        try perform { try $0.flags(after: sequence, atMost: count) }
    }

    /// Checks everything. The chain is read in short turns, between which presses are recorded; the recount at the end
    /// is one turn, because counters and rows must be of one moment.
    public func verify() async throws(GatewayError) -> VerificationReport {
        var check = try perform { try ChainCheck($0) }
        let begun = store
        while try perform({ try check.advance(to: $0.lastSequence, atMost: 500) }) {
            await Task.yield()
            guard store === begun else { return try await verify() }
        }
        let findings = try perform { _ in
            try check.recount()
            return check.findings
        }
        return VerificationReport(
            records: check.records,
            findings: findings.map { JournalFailure.damaged($0).gatewayError(directory: configuration.directory) })
    }

    public func status() -> JournalStatus {
        let files = JournalFiles(directory: configuration.directory)
        return JournalStatus(
            lastSequence: store?.lastSequence ?? 0, chainHead: store?.chain.headText ?? "",
            bytesOnDisk: files.size(of: files.database) + files.size(of: files.log), trouble: trouble,
            recoveredFrom: recoveredFrom)
    }

    // MARK: The connection

    /// Runs a call that commits; the trouble of the last such call is what ``status()`` shows.
    func commit<Answer>(_ body: (JournalStore) throws -> Answer) throws(GatewayError) -> Answer {
        let answer = try perform(body)
        trouble = nil
        if store?.isWriteBackDue == true { thread.whenAtRest { [weak self] in self?.assumeIsolated { $0.rest() } } }
        return answer
    }

    /// Does what can wait until nobody does.
    private func rest() {
        guard store != nil else { return }
        try? perform { try $0.writeBackAtRest() }
    }

    /// Runs a call on the open store, and decides what its failure means for the connection.
    func perform<Answer>(_ body: (JournalStore) throws -> Answer) throws(GatewayError) -> Answer {
        let store = try ready()
        do {
            return try body(store)
        } catch {
            throw note(JournalFailure(error))
        }
    }

    /// Keeps the failure for the status, and closes the connection where it cannot be trusted any more.
    private func note(_ failure: JournalFailure) -> GatewayError {
        let error = failure.gatewayError(directory: configuration.directory)
        logger.error("\(error)")
        trouble = error
        if case .sqlite = failure, failure.isDamage, importsLeft > 0 { isDamageKnown = true }
        if failure.needsReopening {
            keptLeases = isDamageKnown ? [:] : store?.leases ?? [:]
            store?.database.close()
            store = nil
        }
        return error
    }

    /// The open store; opened again where the last failure closed it.
    private func ready() throws(GatewayError) -> JournalStore {
        if let store { return store }
        guard !isClosed else {
            throw GatewayError(
                "journal.closed", LocalText("The journal is closed", "日志已关闭"),
                hint: LocalText("Start hallgate again", "请重新启动 hallgate"))
        }
        let start = JournalStart(configuration: configuration, clock: clock, logger: logger)
        do {
            if lock == nil { lock = try start.lock() }
            let opened = try start.open(uplinks: uplinks, isDamageKnown: isDamageKnown)
            if isDamageKnown { importsLeft -= 1 }
            isDamageKnown = false
            try opened.store.lend(keptLeases)
            keptLeases = [:]
            store = opened.store
            recoveredFrom = opened.recoveredFrom ?? recoveredFrom
            return opened.store
        } catch {
            throw note(JournalFailure(error))
        }
    }
}

extension JournalStore {
    /// Takes over leases that outlived their connection, as far as the ratings are still pending.
    fileprivate func lend(_ kept: [UplinkName: Set<JournalSequence>]) throws {
        for (uplink, sequences) in kept {
            guard let number = uplinkNumbers[uplink] else { continue }
            for sequence in sequences {
                let state = try statements.findDelivery.first(
                    .integer(number), .integer(DeliveryState.pending.number), .integer(sequence)
                ) { $0.integer(0) }
                guard state != nil else { continue }
                leases[uplink, default: []].insert(sequence)
                conservation[uplink, default: Conservation()].pending -= 1
                conservation[uplink, default: Conservation()].inFlight += 1
            }
        }
    }
}

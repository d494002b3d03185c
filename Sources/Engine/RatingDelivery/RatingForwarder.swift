// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import Logging
public import RatingModel
public import UplinkAPI

/// Brings what an uplink is to deliver from the journal to the region, one exchange at a time.
///
/// It is a thin shell: ``DeliveryMachine`` decides, the forwarder leases, delivers, settles and waits as it is told.
public actor RatingForwarder {
    private let uplink: any Uplink
    private let journal: any RatingJournal
    private let policy: DeliveryPolicy
    private let clock: any GatewayClock
    private let logger: Logger
    private let lastToDeliver: @Sendable () -> JournalSequence
    private let sleep: @Sendable (Duration) async throws -> Void
    private nonisolated let committed = WakeSignal()
    private nonisolated let stopped = WakeSignal(latches: true)
    private var machine: DeliveryMachine
    private var attempts = AttemptLog()
    private var progress: UInt64 = 0
    private var busySince: MonotonicInstant?
    private var waitsUntil: MonotonicInstant?

    /// Prepares a forwarder; nothing happens before ``run()``.
    ///
    /// `seed` spreads the back-off of gateways that failed together. Nothing behind `lastToDeliver` is leased, and
    /// ``wake()`` says that it moved. `sleep` waits by the monotonic clock; tests and
    /// the simulator give it their own.
    public init(
        uplink: any Uplink, journal: any RatingJournal, policy: DeliveryPolicy, clock: any GatewayClock, seed: UInt64,
        logger: Logger, lastToDeliver: @escaping @Sendable () -> JournalSequence = { .max },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.uplink = uplink
        self.journal = journal
        self.policy = policy
        self.clock = clock
        self.logger = logger
        self.lastToDeliver = lastToDeliver
        self.sleep = sleep
        machine = DeliveryMachine(policy: policy, limits: uplink.limits, seed: seed)
    }

    /// Delivers until it is stopped or cancelled; it is called once.
    ///
    /// ``stop()`` lets the exchange under way end, within the policy's drain limit; cancellation ends it early. Both
    /// settle what is known and release the rest, so that nothing is lost either way: what may have arrived goes again
    /// under the same id.
    public func run() async {
        var event: DeliveryMachine.Event? = .started
        while let current = event {
            if stopped.isSet || Task.isCancelled { machine.stop() }
            event = nil
            progress &+= 1
            for action in machine.handle(current, at: clock.now()) {
                if let end = await perform(action) { event = end }
            }
        }
        busySince = nil
        waitsUntil = nil
    }

    /// Says that a rating was committed: in an idle hall it leaves at once.
    public nonisolated func wake() { committed.set() }

    /// Says that the region takes responses to questionnaires from now on: what is lent of them is no longer held.
    public func takeQuestionnaires() { machine.takeQuestionnaires() }

    /// Ends ``run()`` after the exchange under way.
    public nonisolated func stop() {
        stopped.set()
        committed.set()
    }

    /// The forwarder now.
    public func status() async -> ForwarderStatus {
        ForwarderStatus(
            state: machine.state, lastAnswerAt: machine.lastAnswerAt,
            lastFailure: machine.journalFailure ?? machine.lineFailure, counters: machine.counters, progress: progress,
            busySince: busySince, waitsUntil: waitsUntil)
    }

    /// The last attempts to deliver a rating that did not settle it, the oldest first; they are kept in memory only.
    public func attempts(of id: RecordID) async -> [DeliveryAttempt] { attempts.attempts(of: id) }

    // MARK: Steps

    /// Carries out an action; answers how the step ended, or `nil` where the action is no step.
    private func perform(_ action: DeliveryMachine.Action) async -> DeliveryMachine.Event? {
        busySince = clock.now().monotonic
        waitsUntil = nil
        switch action {
        case .note(let note):
            log(note)
            return nil
        case .finish: return nil
        case .lease(let count):
            do throws(GatewayError) {
                return .leased(try await journal.lease(count, for: uplink.name, upTo: lastToDeliver()))
            } catch { return .leaseFailed(error) }
        case .settle(let settlements):
            do throws(GatewayError) {
                try await journal.settle(settlements, for: uplink.name)
                return .settled
            } catch { return .settleFailed(error) }
        case .deliver(let batch):
            let report = await deliver(batch)
            attempts.note(batch, report, at: clock.now())
            return .reported(report)
        case .probe: return .probed(await uplink.probe())
        case .release(let reason, let age):
            do throws(GatewayError) {
                let release = try await journal.release(
                    reason, olderThan: age, atMost: ReleaseSchedule.batch, for: uplink.name, at: clock.now())
                return .released(reason, release)
            } catch { return .leaseFailed(error) }
        case .wait(let until):
            busySince = nil
            waitsUntil = until
            return .waited(wasWoken: await wait(until: until))
        }
    }

    private func wait(until: MonotonicInstant?) async -> Bool {
        let remaining = until.map { max(.zero, clock.now().monotonic.duration(to: $0)) }
        return await withTaskGroup(of: Bool.self) { [committed, sleep] group in
            group.addTask { await committed.wait() }
            if let remaining {
                group.addTask {
                    try? await sleep(remaining)
                    return false
                }
            }
            // Both results count: a wake that comes as the time runs out must not be lost.
            var wasWoken = false
            for await result in group {
                wasWoken = wasWoken || result
                group.cancelAll()
            }
            return wasWoken
        }
    }

    private func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        await withTaskGroup(of: DeliveryReport?.self) { [uplink, stopped, sleep, limit = policy.drainLimit] group in
            group.addTask { await uplink.deliver(batch) }
            group.addTask {
                if await stopped.wait() { try? await sleep(limit) }
                return nil
            }
            var report: DeliveryReport?
            for await result in group {
                report = report ?? result
                group.cancelAll()
            }
            return report ?? .answered([])
        }
    }

    // MARK: Log

    private func log(_ note: DeliveryNote) {
        let name = uplink.name.value
        switch note {
        case .outageBegan(let error): logger.error("uplink \(name): outage: \(error)")
        case .outageEnded: logger.notice("uplink \(name): the outage is over")
        case .exchangeFailed(let error, let inARow):
            logger.log(level: inARow == 1 ? .warning : .debug, "uplink \(name): failure \(inARow): \(error)")
        case .parked(let id): logger.warning("uplink \(name): rating \(id) is parked; its receipt says why")
        case .halved(let ratings): logger.info("uplink \(name): a batch of \(ratings) was refused whole and is halved")
        case .journalFailed(let error): logger.error("uplink \(name): journal: \(error)")
        case .probeFailed(let error): logger.warning("uplink \(name): the test call failed: \(error)")
        }
    }
}

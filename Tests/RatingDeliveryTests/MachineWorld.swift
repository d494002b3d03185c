// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel
import Testing
import UplinkAPI

@testable import RatingDelivery

/// A machine, a journal in memory and a model region, a step at a time on time that a test sets.
struct MachineWorld {
    static let name = UplinkName("region")

    let journal = MemoryJournal(uplinks: [MachineWorld.name])
    var machine: DeliveryMachine
    var region = UplinkModelRegion()
    var now = UplinkSamples.moment
    var faults: [UplinkModelRegion.Fault] = []
    /// Overrides the region's answers while it returns something.
    var answer: (([OutgoingRecord]) -> DeliveryReport?)?
    var settleFailures = 0
    var leaseFailures = 0
    var probeResult: ProbeResult?
    var sent: [[RecordID]] = []
    var sentAt: [MonotonicInstant] = []
    var settlements: [Settlement] = []
    var notes: [DeliveryNote] = []
    /// How long an exchange takes.
    var exchangeTime = Duration.zero
    /// Whether each batch sent was one of late ratings.
    var sentLate: [Bool] = []
    /// When the outcome of each rating was on disk.
    var settledAt: [JournalSequence: MonotonicInstant] = [:]
    var order: OrderWatch
    private var event: DeliveryMachine.Event? = .started
    private(set) var waitsUntil: MonotonicInstant?

    init(policy: DeliveryPolicy = DeliveryPolicy(), limits: UplinkLimits = MachineWorld.limits(), seed: UInt64 = 1) {
        machine = DeliveryMachine(policy: policy, limits: limits, seed: seed)
        order = OrderWatch(silencesToOvertake: policy.unspokenToOvertake)
    }

    static func limits(
        batch: Int = 100, leastInterval: Duration = .zero, takesUnrated: Bool = false, takesUnmatched: Bool = false,
        supplementAge: Duration? = nil, reasonlessHold: Duration? = nil
    ) -> UplinkLimits {
        UplinkLimits(
            batchRecords: batch, leastInterval: leastInterval, ratingsPerCase: 2, takesUnrated: takesUnrated,
            takesUnmatched: takesUnmatched, supplementAge: supplementAge, reasonlessHold: reasonlessHold)
    }

    /// Records ratings in the order of their numbers: a rating's number is its place in the journal.
    mutating func record(
        _ numbers: some Sequence<Int>, level: SatisfactionLevel = .satisfied, device: String = "pad-1",
        age: Duration = .zero, reference: CaseReference? = nil, beginning: InitialDelivery = .pending
    ) async throws {
        for number in numbers {
            await Task.yield()
            let plain = UplinkSamples.rating(number, level: level, device: device)
            let rating = Rating(
                press: plain.press, pressedAt: now.earlier(by: age), window: plain.window, session: nil,
                caseReference: reference ?? plain.caseReference, staff: nil)
            let draft = RecordDraft(
                id: UplinkSamples.id(number), body: .rating(rating), recordedAt: now,
                deliveries: [Self.name: beginning])
            _ = try await journal.record([draft])
            if beginning == .pending { order.recorded(number, draft.id, from: DeviceID(device)) }
        }
    }

    var conservation: Conservation { get async throws { try await journal.conservation(for: Self.name) } }

    /// Takes steps until the machine waits, and checks conservation after each; answers until when it waits.
    @discardableResult mutating func run(mostSteps: Int = 5000) async throws -> MonotonicInstant? {
        for _ in 0..<mostSteps {
            // Nothing here ever waits, and tests on real time run beside it.
            await Task.yield()
            guard try await step() else { return waitsUntil }
            let conservation = try await conservation
            try #require(conservation.holds, "conservation broke: \(conservation)")
        }
        Issue.record("the machine did not come to rest in \(mostSteps) steps")
        return nil
    }

    /// Runs and lets time pass until nothing is left to wait for, or the limit of waits is reached.
    mutating func runUntilIdle(mostWaits: Int = 300, mostSteps: Int = 5000) async throws {
        for _ in 0..<mostWaits {
            guard try await run(mostSteps: mostSteps) != nil else { return }
            passTime()
        }
        Issue.record("the machine still waits after \(mostWaits) waits: \(try await conservation)")
    }

    /// A rating was committed while the machine waits.
    mutating func wake() { event = .waited(wasWoken: true) }

    /// Moves time to where the machine's wait ends, or on by a duration, and ends the wait.
    mutating func passTime(_ duration: Duration? = nil) {
        let remaining = waitsUntil.map { now.monotonic.duration(to: $0) } ?? .zero
        let passed = duration ?? max(.zero, remaining)
        now = now.later(by: passed)
        event = .waited(wasWoken: false)
    }

    /// The daemon starts anew: what the machine knew is gone. The journal's leases are the caller's to end.
    mutating func restart(seed: UInt64, limits: UplinkLimits? = nil) {
        machine = DeliveryMachine(policy: machine.policy, limits: limits ?? machine.limits, seed: seed)
        event = .started
    }

    var isFinished: Bool { event == nil && waitsUntil == nil && finished }
    private var finished = false

    /// One step; `false` where the machine waits or is finished.
    private mutating func step() async throws -> Bool {
        guard let current = event else { return false }
        event = nil
        waitsUntil = nil
        for action in machine.handle(current, at: now) { try await perform(action) }
        return event != nil
    }

    private mutating func perform(_ action: DeliveryMachine.Action) async throws {
        switch action {
        case .note(let note): notes.append(note)
        case .finish: finished = true
        case .probe: event = .probed(probeResult)
        case .release(let reason, let age):
            event = .released(
                reason,
                try await journal.release(
                    reason, olderThan: age, atMost: ReleaseSchedule.batch, for: Self.name, at: now))
        case .wait(let until): waitsUntil = until
        case .lease(let count):
            if leaseFailures > 0 {
                leaseFailures -= 1
                event = .leaseFailed(.test)
            } else {
                event = .leased(try await journal.lease(count, for: Self.name))
            }
        case .settle(let all):
            if settleFailures > 0 {
                settleFailures -= 1
                event = .settleFailed(.test)
            } else {
                try await journal.settle(all, for: Self.name)
                settlements += all
                for settlement in all where settlement.result != .released {
                    order.settled(UplinkSamples.id(Int(settlement.sequence)))
                    settledAt[settlement.sequence] = now.monotonic
                }
                event = .settled
            }
        case .deliver(let batch):
            sent.append(batch.map(\.id))
            sentAt.append(now.monotonic)
            sentLate += Set(batch.map(\.isLate)).sorted { !$0 && $1 }
            order.sent(batch)
            now = now.later(by: exchangeTime)
            let fault = faults.isEmpty ? .none : faults.removeFirst()
            let report = answer?(batch) ?? region.take(batch, fault)
            order.answered(batch, report)
            event = .reported(report)
        }
    }
}

extension GatewayError {
    static let test = GatewayError("test", LocalText("as the test wished", "测试"), hint: LocalText("", ""))
}

extension CaptureTime {
    func later(by duration: Duration) -> CaptureTime {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        return CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: wall.millisecondsSinceEpoch + milliseconds),
            monotonic: monotonic.advanced(by: duration), boot: boot, isWallTrusted: isWallTrusted)
    }
}

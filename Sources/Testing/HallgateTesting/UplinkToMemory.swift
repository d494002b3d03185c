// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
import Synchronization
public import UplinkAPI

/// An uplink whose region is in memory: the uplink of the engine's tests, held to the same conformance suite.
public final class UplinkToMemory: Uplink {
    /// How long an exchange takes: an answer at once, or none until it is cancelled.
    public enum Pace: Sendable {
        /// It answers at once.
        case prompt
        /// It answers after this time.
        case slow(Duration)
        /// It answers only when ``UplinkToMemory/release()`` is called, or the call is cancelled.
        case held
    }

    /// The region's side, which outlives an uplink to it.
    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    private struct State {
        var region = UplinkModelRegion()
        var faults: [UplinkModelRegion.Fault] = []
        var standing = UplinkModelRegion.Fault.none
        var pace = Pace.prompt
        var batches: [[RecordID]] = []
        var probeResult: ProbeResult?
        var probes = 0
        /// How often the region was restarted; an exchange under way then breaks.
        var restarts = 0
    }

    public let name: UplinkName
    public let limits: UplinkLimits
    private let shared: Shared

    /// An uplink to an empty region.
    public init(
        name: UplinkName = UplinkName("region"),
        limits: UplinkLimits = UplinkLimits(
            batchRecords: 100, leastInterval: .zero, ratingsPerCase: 2, takesUnrated: false, takesUnmatched: false)
    ) {
        self.name = name
        self.limits = limits
        shared = Shared()
    }

    private init(again uplink: UplinkToMemory) {
        name = uplink.name
        limits = uplink.limits
        shared = uplink.shared
    }

    public func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        guard !batch.isEmpty else { return .answered([]) }
        guard batch.count <= limits.batchRecords else { return .refusedWhole(answer: "too many at once") }
        let restarts = shared.state.withLock { state in
            state.batches.append(batch.map(\.id))
            return state.restarts
        }
        do { try await pause(since: .now) } catch {
            return .unreachable(.modelFault, mayHaveArrived: true, retryAfter: nil)
        }
        return shared.state.withLock { state in
            guard state.restarts == restarts else {
                return .unreachable(.modelFault, mayHaveArrived: true, retryAfter: nil)
            }
            let fault = state.faults.isEmpty ? state.standing : state.faults.removeFirst()
            return state.region.take(batch, fault)
        }
    }

    private func pause(since start: ContinuousClock.Instant) async throws {
        while true {
            switch shared.state.withLock({ $0.pace }) {
            case .prompt: return
            case .slow(let time) where start.duration(to: .now) >= time: return
            case .slow, .held: try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    public func probe() async -> ProbeResult? {
        shared.state.withLock { state in
            state.probes += 1
            return state.probeResult
        }
    }

    // MARK: For tests

    /// The next exchanges go so, one each, before the standing fault counts again.
    public func script(_ faults: [UplinkModelRegion.Fault]) { shared.state.withLock { $0.faults += faults } }

    /// What was scripted and has not happened does not happen.
    public func forgetScript() { shared.state.withLock { $0.faults.removeAll() } }

    /// From now on every exchange goes so.
    public func stand(_ fault: UplinkModelRegion.Fault) { shared.state.withLock { $0.standing = fault } }

    /// From now on every exchange takes so long.
    public func slow(by time: Duration) { shared.state.withLock { $0.pace = .slow(time) } }

    /// Another uplink of the same name to the same region, as after a restart of the daemon.
    public func reopened() -> UplinkToMemory { UplinkToMemory(again: self) }

    /// The region goes and comes back with what it stored: exchanges under way break.
    public func restartRegion() { shared.state.withLock { $0.restarts += 1 } }

    /// From now on no exchange ends by itself.
    public func hold() { shared.state.withLock { $0.pace = .held } }

    /// Held exchanges end, and later ones at once.
    public func release() { shared.state.withLock { $0.pace = .prompt } }

    /// What a probe answers; `nil` is an uplink that has nothing to ask.
    public func answerProbes(with result: ProbeResult?) { shared.state.withLock { $0.probeResult = result } }

    /// The region as it is.
    public var region: UplinkModelRegion { shared.state.withLock { $0.region } }

    /// Changes the region, as by poisoning ratings.
    public func change(_ body: (inout UplinkModelRegion) -> Void) { shared.state.withLock { body(&$0.region) } }

    /// The ids of every batch handed in, in order.
    public var batches: [[RecordID]] { shared.state.withLock { $0.batches } }

    /// How often it was probed.
    public var probes: Int { shared.state.withLock { $0.probes } }
}

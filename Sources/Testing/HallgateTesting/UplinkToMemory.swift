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
        /// It answers only when ``UplinkToMemory/release()`` is called, or the call is cancelled.
        case held
    }

    private struct State {
        var region = UplinkModelRegion()
        var faults: [UplinkModelRegion.Fault] = []
        var standing = UplinkModelRegion.Fault.none
        var pace = Pace.prompt
        var batches: [[RecordID]] = []
        var probeResult: ProbeResult?
        var probes = 0
    }

    public let name: UplinkName
    public let limits: UplinkLimits
    private let state = Mutex(State())

    /// An uplink to an empty region.
    public init(
        name: UplinkName = UplinkName("region"),
        limits: UplinkLimits = UplinkLimits(
            batchRecords: 100, leastInterval: .zero, ratingsPerCase: 2, takesUnrated: false, takesUnmatched: false)
    ) {
        self.name = name
        self.limits = limits
    }

    public func deliver(_ batch: [OutgoingRating]) async -> DeliveryReport {
        guard !batch.isEmpty else { return .answered([]) }
        state.withLock { $0.batches.append(batch.map(\.id)) }
        while state.withLock({ $0.pace == .held }) {
            do { try await Task.sleep(for: .milliseconds(2)) } catch {
                return .unreachable(.modelFault, mayHaveArrived: true, retryAfter: nil)
            }
        }
        return state.withLock { state in
            let fault = state.faults.isEmpty ? state.standing : state.faults.removeFirst()
            return state.region.take(batch, fault)
        }
    }

    public func probe() async -> ProbeResult? {
        state.withLock { state in
            state.probes += 1
            return state.probeResult
        }
    }

    // MARK: For tests

    /// The next exchanges go so, one each, before the standing fault counts again.
    public func script(_ faults: [UplinkModelRegion.Fault]) { state.withLock { $0.faults += faults } }

    /// From now on every exchange goes so.
    public func stand(_ fault: UplinkModelRegion.Fault) { state.withLock { $0.standing = fault } }

    /// From now on no exchange ends by itself.
    public func hold() { state.withLock { $0.pace = .held } }

    /// Held exchanges end, and later ones at once.
    public func release() { state.withLock { $0.pace = .prompt } }

    /// What a probe answers; `nil` is an uplink that has nothing to ask.
    public func answerProbes(with result: ProbeResult?) { state.withLock { $0.probeResult = result } }

    /// The region as it is.
    public var region: UplinkModelRegion { state.withLock { $0.region } }

    /// Changes the region, as by poisoning ratings.
    public func change(_ body: (inout UplinkModelRegion) -> Void) { state.withLock { body(&$0.region) } }

    /// The ids of every batch handed in, in order.
    public var batches: [[RecordID]] { state.withLock { $0.batches } }

    /// How often it was probed.
    public var probes: Int { state.withLock { $0.probes } }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
public import UplinkAPI

/// What a region does with a batch, as far as a forwarder can tell: it takes each rating once, and faults are asked for.
public struct UplinkModelRegion: Sendable {
    /// How an exchange goes.
    public enum Fault: Sendable, Hashable, CaseIterable {
        /// As it should.
        case none
        /// No connection.
        case unreachable
        /// Stored, and the answer is lost.
        case lostAnswer
        /// 401, 500 and the like: nothing is stored.
        case failed
        /// 503 with Retry-After.
        case overloaded
        /// 200 `success=false`: the batch is refused whole.
        case refusedWhole
        /// Nothing is stored; every rating is put off.
        case allRetry
        /// Stored; every second rating is missing in the answer.
        case halfUnknown
        /// Stored; every rating is called a duplicate.
        case calledDuplicate
        /// Stored but for the first rating that is not held yet, which is refused.
        case firstRejected
        /// Stored; the answer does not speak of the first rating.
        case firstUnknown
        /// The session breaks in the middle of the exchange: nothing is stored.
        case brokenSession
    }

    /// What it holds.
    public private(set) var stored: [RecordID: OutgoingRecord] = [:]
    /// In the order of arrival.
    public private(set) var arrivals: [RecordID] = []
    /// The presses it holds; one press under two ids is counted in ``doubledPresses``.
    public private(set) var presses: Set<PressKey> = []
    /// Presses that were stored twice.
    public private(set) var doubledPresses = 0
    /// Ratings it never takes.
    public var poison: Set<RecordID> = []
    /// Whether a batch with a poisoned rating is refused whole, without saying which one it is.
    public var refusesWhole = false

    /// An empty region that takes everything.
    public init() {}

    /// Takes a batch, as the fault says.
    public mutating func take(_ batch: [OutgoingRecord], _ fault: Fault = .none) -> DeliveryReport {
        switch fault {
        case .none: return answer(batch)
        case .unreachable: return .unreachable(.modelFault, mayHaveArrived: false, retryAfter: nil)
        case .failed: return .unreachable(.modelFault, mayHaveArrived: false, retryAfter: nil)
        case .overloaded: return .unreachable(.modelFault, mayHaveArrived: false, retryAfter: .seconds(7))
        case .refusedWhole: return .refusedWhole(answer: "success=false")
        case .allRetry:
            return .answered(batch.map { _ in DeliveryOutcome(.retry(after: .seconds(3)), answer: "retry") })
        case .brokenSession: return .unreachable(.modelFault, mayHaveArrived: true, retryAfter: nil)
        case .firstRejected:
            guard let first = batch.first(where: { stored[$0.id] == nil }) else { return answer(batch) }
            let isPoison = poison.contains(first.id)
            poison.insert(first.id)
            defer { if !isPoison { poison.remove(first.id) } }
            return answer(batch)
        case .firstUnknown:
            guard case .answered(var outcomes) = answer(batch), !outcomes.isEmpty else { return answer(batch) }
            outcomes[0] = DeliveryOutcome(.unknown, answer: "")
            return .answered(outcomes)
        case .lostAnswer:
            _ = answer(batch)
            return .unreachable(.modelFault, mayHaveArrived: true, retryAfter: nil)
        case .halfUnknown:
            guard case .answered(let outcomes) = answer(batch) else { return .refusedWhole(answer: "poison") }
            return .answered(
                outcomes.enumerated().map { $0 % 2 == 0 ? $1 : DeliveryOutcome(.unknown, answer: "") })
        case .calledDuplicate:
            guard case .answered(let outcomes) = answer(batch) else { return .refusedWhole(answer: "poison") }
            return .answered(
                outcomes.map { $0.verdict == .accepted ? DeliveryOutcome(.duplicate, answer: "duplicate") : $0 })
        }
    }

    private mutating func answer(_ batch: [OutgoingRecord]) -> DeliveryReport {
        if refusesWhole, batch.contains(where: { poison.contains($0.id) }) { return .refusedWhole(answer: "poison") }
        return .answered(
            batch.map { rating in
                if poison.contains(rating.id) { return DeliveryOutcome(.rejected, answer: "poison") }
                if stored[rating.id] != nil { return DeliveryOutcome(.duplicate, answer: "评价数据不可重复") }
                stored[rating.id] = rating
                arrivals.append(rating.id)
                if !presses.insert(rating.content.key).inserted { doubledPresses += 1 }
                return DeliveryOutcome(.accepted, answer: "accepted")
            })
    }
}

extension GatewayError {
    static let modelFault = GatewayError(
        "uplink.model-fault", LocalText("the model region failed as it was told", "模型平台按指令失败"),
        hint: LocalText("nothing to do in a test", "测试中无需处理"))
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel

/// The number a delivery state is kept under; a number is never given to another state.
enum DeliveryState: Hashable {
    case recorded, pending, unknown, parked, setAside, delivered, deliveredBefore
    case held(HoldReason)

    /// Every state that has a counter, `recorded` among them. Both ways of being delivered are counted as one.
    static let counted: [DeliveryState] =
        [.recorded, .pending, .unknown, .parked, .setAside, .delivered] + HoldReason.allCases.map { .held($0) }

    var number: Int64 {
        switch self {
        case .recorded: 0
        case .pending: 1
        case .unknown: 2
        case .parked: 3
        case .setAside: 4
        case .delivered: 5
        case .deliveredBefore: 6
        case .held(.unmatched): 16
        case .held(.contested): 17
        case .held(.unrated): 18
        case .held(.unanswered): 19
        case .held(.quarantined): 20
        case .held(.superseded): 21
        case .held(.reasonless): 22
        case .held(.questionnaire): 23
        case .held(.answerable): 24
        }
    }

    init?(number: Int64) {
        guard let state = (Self.counted + [.deliveredBefore]).first(where: { $0.number == number }) else { return nil }
        self = state
    }

    init(_ initial: InitialDelivery) {
        switch initial {
        case .pending: self = .pending
        case .held(let reason): self = .held(reason)
        }
    }

    /// The state a settlement leads to; a released lease is pending again, which on disk it never ceased to be.
    init(_ result: SettlementResult) {
        switch result {
        case .delivered(wasDuplicate: false): self = .delivered
        case .delivered(wasDuplicate: true): self = .deliveredBefore
        case .released: self = .pending
        case .unknown: self = .unknown
        case .parked: self = .parked
        case .held(let reason): self = .held(reason)
        }
    }

    init(_ state: RequeuableState) {
        switch state {
        case .held(let reason): self = .held(reason)
        case .parked: self = .parked
        case .unknown: self = .unknown
        }
    }

    /// Whether the region has it, so that nothing leads out of this state.
    var isFinal: Bool { self == .delivered || self == .deliveredBefore }

    /// The state it is counted as.
    var counter: DeliveryState { self == .deliveredBefore ? .delivered : self }
}

extension Conservation {
    /// Moves a counter.
    mutating func add(_ step: Int64, to state: DeliveryState) {
        switch state {
        case .recorded: recorded += step
        case .pending: pending += step
        case .unknown: unknown += step
        case .parked: parked += step
        case .setAside: setAside += step
        case .delivered, .deliveredBefore: delivered += step
        case .held(let reason):
            let left = held[reason, default: 0] + step
            held[reason] = left == 0 ? nil : left
        }
    }

    /// A counter, as it is kept on disk, where a lease is not known.
    func amount(of state: DeliveryState) -> Int64 {
        switch state {
        case .recorded: recorded
        case .pending: pending + inFlight
        case .unknown: unknown
        case .parked: parked
        case .setAside: setAside
        case .delivered, .deliveredBefore: delivered
        case .held(let reason): held[reason, default: 0]
        }
    }
}

/// The uplinks that are to deliver a record, and the state each begins in, as bytes of `content.routes`.
enum Routes {
    static func encode(_ deliveries: [UplinkName: InitialDelivery]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, initial) in deliveries.sorted(by: { $0.key < $1.key }) {
            let text = Array(name.value.utf8)
            guard let length = UInt8(exactly: text.count), name.carrier.value.utf8.count <= Limits.identifierBytes
            else {
                throw GatewayError(
                    "journal.uplink-name", LocalText("The name of an uplink is too long", "上行链路名称过长"),
                    cause: name.value,
                    hint: LocalText("Shorten it in the configuration", "请在配置中缩短名称"))
            }
            bytes += [length] + text + [UInt8(truncatingIfNeeded: DeliveryState(initial).number)]
        }
        return bytes
    }

    static func decode(_ bytes: [UInt8]) throws(JournalFailure) -> [(UplinkName, DeliveryState)] {
        var routes: [(UplinkName, DeliveryState)] = []
        var rest = bytes[...]
        while let length = rest.popFirst() {
            let name = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
            guard let text = String(validating: name, as: UTF8.self), let number = rest.popFirst(),
                let state = DeliveryState(number: Int64(number))
            else { throw .damaged("routes of a record") }
            routes.append((UplinkName(text), state))
        }
        return routes
    }
}

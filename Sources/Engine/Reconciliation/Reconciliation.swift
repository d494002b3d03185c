// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI
public import RatingModel
public import UplinkAPI

/// Compares what was delivered of a day with what the region holds, by id; it asks nobody and changes nothing.
///
/// The order of asking matters: the journal first, then the region, then the journal again for the ids that only the
/// region had, so that what is delivered in between is no difference.
public struct Reconciliation: Sendable {
    /// A rating that an uplink delivered.
    public struct Delivered: Sendable, Hashable {
        /// The id it went under.
        public var id: RecordID
        /// The window it came from.
        public var window: WindowID?
        /// Its level; `nil` for a prompt that ended without one.
        public var level: SatisfactionLevel?
        /// The code of the channel it went under; `nil` where the profile does not say, and then it is not compared.
        public var channel: String?
        /// The case it went under.
        public var caseReference: CaseReference?

        /// Takes the parts.
        public init(
            id: RecordID, window: WindowID?, level: SatisfactionLevel?, channel: String?, caseReference: CaseReference?
        ) {
            self.id = id
            self.window = window
            self.level = level
            self.channel = channel
            self.caseReference = caseReference
        }
    }

    /// What the journal says of a rating that the region counts for the day and that was not delivered of it before.
    public enum Whereabouts: Sendable, Hashable {
        /// It was delivered while the comparison went on.
        case deliveredSince(Delivered)
        /// It was delivered, and is of another day.
        case ofAnotherDay
        /// It is here, and whether it arrived is not known.
        case unsettled
        /// It is none of this hall's.
        case foreign
    }

    private let delivered: [RecordID: Delivered]
    private let held: [RegionHoldings.Holding]

    /// Takes both sides.
    public init(delivered: [Delivered], held: RegionHoldings) {
        self.delivered = Dictionary(delivered.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.held = held.ratings
    }

    /// The ids that only the region has, in their order: the journal is to be asked of each.
    public var onlyThere: [RecordID] { Set(held.map(\.id)).subtracting(delivered.keys).sorted() }

    /// The outcome, with what the journal says of each of ``onlyThere``; an id it is not told of is foreign.
    public func report(
        uplink: UplinkName, date: String, whereabouts: [RecordID: Whereabouts]
    ) -> ReconciliationReport {
        var delivered = delivered
        for case .deliveredSince(let late) in whereabouts.values { delivered[late.id] = late }
        let times = Dictionary(grouping: held, by: \.id)
        var report = ReconciliationReport(
            uplink: uplink.value, date: date, counts: counts(delivered), missing: [], unknown: [], unsettled: [],
            altered: [])
        for id in delivered.keys.sorted() where times[id] == nil { report.missing.append(id.description) }
        for (id, holdings) in times.sorted(by: { $0.key < $1.key }) {
            if let sent = delivered[id] {
                let parts = Self.alterations(of: sent, in: holdings)
                if !parts.isEmpty { report.altered.append(.init(id: id.description, parts: parts)) }
                continue
            }
            switch whereabouts[id] ?? .foreign {
            case .ofAnotherDay: report.altered.append(.init(id: id.description, parts: [.day]))
            case .unsettled: report.unsettled.append(id.description)
            case .foreign, .deliveredSince: report.unknown.append(id.description)
            }
        }
        return report
    }

    private static func alterations(
        of sent: Delivered, in holdings: [RegionHoldings.Holding]
    ) -> [ReconciliationReport.Alteration.Part] {
        var parts: [ReconciliationReport.Alteration.Part] = []
        if holdings.contains(where: { $0.level != sent.level }) { parts.append(.level) }
        if let channel = sent.channel, holdings.contains(where: { !$0.channel.isEmpty && $0.channel != channel }) {
            parts.append(.channel)
        }
        if holdings.contains(where: { $0.caseReference != nil && $0.caseReference != sent.caseReference }) {
            parts.append(.caseReference)
        }
        if holdings.count > 1 { parts.append(.twice) }
        return parts
    }

    /// Both sides counted by window, level and channel; a window is the hall's own word for it, since regions have others.
    private func counts(_ delivered: [RecordID: Delivered]) -> [ReconciliationReport.Count] {
        struct Key: Hashable {
            var window: String?
            var level: SatisfactionLevel?
            var channel: String?
        }
        var found: [Key: (delivered: Int, held: Int)] = [:]
        let channels = Dictionary(held.map { ($0.id, $0.channel) }, uniquingKeysWith: { first, _ in first })
        for sent in delivered.values {
            let channel = sent.channel ?? channels[sent.id]
            found[Key(window: sent.window?.value, level: sent.level, channel: channel), default: (0, 0)].delivered += 1
        }
        for holding in held {
            let window = delivered[holding.id]?.window?.value
            let channel = holding.channel.isEmpty ? nil : holding.channel
            found[Key(window: window, level: holding.level, channel: channel), default: (0, 0)].held += 1
        }
        func order(_ key: Key) -> (String, UInt8, String) {
            (key.window ?? "", key.level?.rawValue ?? 0, key.channel ?? "")
        }
        return found.sorted { order($0.key) < order($1.key) }.map { key, figures in
            ReconciliationReport.Count(
                window: key.window, level: key.level?.label, channel: key.channel, delivered: figures.delivered,
                held: figures.held)
        }
    }
}

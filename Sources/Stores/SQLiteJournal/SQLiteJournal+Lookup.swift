// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel

extension SQLiteJournal {
    public func entry(_ id: RecordID) throws(GatewayError) -> JournalEntry? {
        try perform { store in try store.sequence(of: id).map { try store.entry($0) } }
    }

    public func personal(of id: RecordID) throws(GatewayError) -> PersonalFields? {
        try perform { store in try store.sequence(of: id).flatMap { try store.personalFields($0) } }
    }

    public func rating(under key: PressKey) throws(GatewayError) -> JournalEntry? {
        try perform { store in try store.press(key).map { try store.entry($0.record) } }
    }

    public func sessions(
        at window: WindowID, before sequence: JournalSequence, atMost count: Int
    ) throws(GatewayError) -> [JournalEntry] {
        try perform { try $0.sessions(at: window, before: sequence, atMost: count) }
    }

    public func entries(beside id: RecordID) throws(GatewayError) -> [JournalEntry] {
        try perform { try $0.entries(beside: id) }
    }

    public func places(of id: RecordID) throws(GatewayError) -> [UplinkName: RatingPlace] {
        try perform { try $0.places(of: id) }
    }

    /// Every move of a rating; where it was delivered, that is looked for in short turns.
    public func receipts(of id: RecordID) async throws(GatewayError) -> [Receipt] {
        var (found, missing, search) = try perform { store in
            let delivered = try store.places(of: id).filter { $0.value == .delivered }.count
            return (
                try store.keptReceipts(of: id), delivered,
                ReceiptSearch(
                    near: try store.sequence(of: id) ?? 0, of: store.lastSequence, last: store.lastReceipt)
            )
        }
        while missing > 0, let ranges = search.next() {
            let more = try perform { store in try ranges.flatMap { try store.deliveries(of: id, in: $0) } }
            found += more
            missing -= more.count
            await Task.yield()
        }
        return found.sorted { $0.number < $1.number }
    }

    public func waiting(
        in place: RatingPlace, for uplink: UplinkName, after sequence: JournalSequence, atMost count: Int
    ) throws(GatewayError) -> [WaitingRating] {
        try perform { try $0.waiting(in: place, for: uplink, after: sequence, atMost: count) }
    }

    public func delivered(
        pressedIn span: Range<WallTime>, for uplink: UplinkName, after id: RecordID?, atMost count: Int
    ) throws(GatewayError) -> DeliveredPage {
        try perform { try $0.delivered(pressedIn: span, for: uplink, after: id, atMost: count) }
    }

    public func carryOut(
        _ step: QueueStep, for uplink: UplinkName, by decision: DecisionDraft
    ) throws(GatewayError) -> Int {
        try commit { try $0.carryOut(step, for: uplink, by: decision) }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel

extension MemoryJournal {
    public func lease(
        _ count: Int, for uplink: UplinkName, upTo last: JournalSequence
    ) throws(GatewayError) -> [LeasedRecord] {
        try check()
        let lent = uplinks[uplink]?.lease(count, upTo: last) ?? []
        return lent.compactMap { sequence in
            let record = entries[Int(sequence) - 1]
            guard let content = record.draft.body.delivered else { return nil }
            let superseded = content.rating.map { supersededBefore(sequence, of: $0, for: uplink) } ?? 0
            return LeasedRecord(
                sequence: sequence, id: record.draft.id, content: content, personal: record.draft.personal,
                ordinal: record.ordinal - superseded,
                answeredBy: content.invitation.flatMap { firstRatings[$0.caseReference] }
                    .map { entries[Int($0) - 1].draft.id })
        }
    }

    /// How many earlier ratings of the case were corrected, so that they do not count for the uplink.
    private func supersededBefore(_ sequence: JournalSequence, of rating: Rating, for uplink: UplinkName) -> Int {
        guard let reference = rating.caseReference, rating.level != nil else { return 0 }
        return (uplinks[uplink]?.states ?? [:]).count { earlier, state in
            guard earlier < sequence, state == .held(.superseded),
                case .rating(let other) = entries[Int(earlier) - 1].draft.body
            else { return false }
            return other.caseReference == reference && other.level != nil
        }
    }

    public func settle(_ settlements: [Settlement], for uplink: UplinkName) throws(GatewayError) {
        try check()
        for settlement in settlements { uplinks[uplink]?.settle(settlement) }
    }

    public func requeue(_ state: RequeuableState, for uplink: UplinkName) throws(GatewayError) -> Int {
        try check()
        switch state {
        case .held(let reason): return uplinks[uplink]?.requeue(.held(reason)) ?? 0
        case .parked: return uplinks[uplink]?.requeue(.parked) ?? 0
        case .unknown: return uplinks[uplink]?.requeue(.unknown) ?? 0
        }
    }

    public func release(
        _ reason: HoldReason, olderThan age: Duration, atMost count: Int, for uplink: UplinkName, at now: CaptureTime
    ) throws(GatewayError) -> HeldRelease {
        try check()
        let held = (uplinks[uplink]?.states ?? [:]).filter { $0.value == .held(reason) }.keys.sorted()
        let ages = held.map { entries[Int($0) - 1].draft.recordedAt.leastAge(at: now) }
        // What was recorded before something that is due is due as well.
        let due = (ages.prefix(max(0, count)).lastIndex { $0 >= age }).map { $0 + 1 } ?? 0
        _ = uplinks[uplink]?.requeue(.held(reason), only: Set(held.prefix(due)))
        return HeldRelease(released: due, nextDue: ages.dropFirst(due).first.map { max(.zero, age - $0) })
    }

    public func withholding(
        for uplink: UplinkName, amongNewest count: Int
    ) throws(GatewayError) -> Withholding {
        try check()
        var found = Withholding()
        for (offset, record) in entries.enumerated().reversed() {
            guard found.bad + found.others < count else { break }
            guard case .rating(let rating) = record.draft.body, let level = rating.level,
                let state = uplinks[uplink]?.states[JournalSequence(offset + 1)]
            else { continue }
            switch state {
            case .held(.superseded): continue
            case .held, .parked, .setAside: found.count(level, isKept: true)
            case .pending, .unknown, .delivered: found.count(level, isKept: false)
            }
        }
        return found
    }

    public func release(
        _ device: DeviceID, for uplinks: [UplinkName], by decision: DecisionDraft
    ) throws(GatewayError) -> Int {
        try check()
        let theirs = Set(presses.filter { $0.key.device == device }.values)
        let count =
            uplinks.map {
                self.uplinks[$0]?.requeue(
                    .held(.quarantined), only: theirs, answer: "released by \(decision.id)", at: decision.recordedAt)
                    ?? 0
            }.max() ?? 0
        if count > 0 { _ = add(decision.counting(count).record) }
        return count
    }

    public func conservation(for uplink: UplinkName) throws(GatewayError) -> Conservation {
        try check()
        return uplinks[uplink]?.counters ?? Conservation()
    }

    public func knownUplinks() throws(GatewayError) -> [UplinkName] {
        try check()
        return uplinks.keys.sorted()
    }

    /// The region's words for a rating, as settled last.
    public func receipt(of sequence: JournalSequence, from uplink: UplinkName) -> String? {
        uplinks[uplink]?.receipts[sequence]
    }

    public func openSessions() throws(GatewayError) -> [WindowSession] {
        try check()
        var newest: [WindowID: WindowSession] = [:]
        for record in entries {
            if case .session(let session) = record.draft.body { newest[session.window] = session }
        }
        return newest.values.sorted { $0.window < $1.window }
    }

    public func session(_ number: PromptNumber) throws(GatewayError) -> WindowSession? {
        try check()
        return sessions[number]
    }

    public func pressPositions() throws(GatewayError) -> [PressPosition] {
        try check()
        var highest: [PressLog: PressPosition] = [:]
        for (key, sequence) in presses {
            let log = PressLog(device: key.device, log: key.log)
            guard case .rating(let rating) = entries[Int(sequence) - 1].draft.body else { continue }
            if let known = highest[log], known.key.sequence > key.sequence { continue }
            highest[log] = PressPosition(key: key, lifetimeCount: rating.press.lifetimeCount)
        }
        return highest.values.sorted { ($0.key.device, $0.key.log) < ($1.key.device, $1.key.log) }
    }

    public func decisions(atMost count: Int) throws(GatewayError) -> [JournalEntry] {
        try entries(after: 0, atMost: .max).reversed().filter { entry in
            if case .decision = entry.body { true } else { false }
        }.prefix(max(0, count)).map { $0 }
    }

    public func entries(after sequence: JournalSequence, atMost count: Int) throws(GatewayError) -> [JournalEntry] {
        try check()
        let start = Int(clamping: max(0, sequence))
        return entries.enumerated().dropFirst(start).prefix(max(0, count)).map { offset, record in
            JournalEntry(
                sequence: JournalSequence(offset + 1), id: record.draft.id, recordedAt: record.draft.recordedAt,
                body: record.draft.body, chainHead: record.head)
        }
    }

    public func flags(after sequence: JournalSequence, atMost count: Int) throws(GatewayError) -> [JournalEntry] {
        let found = try entries(after: sequence, atMost: .max).filter {
            if case .integrity = $0.body { true } else { false }
        }
        return Array(found.suffix(max(0, count)))
    }

    public func verify() throws(GatewayError) -> VerificationReport {
        try check()
        let broken = uplinks.filter { !$0.value.counters.holds }.keys.sorted()
        return VerificationReport(
            records: Int64(entries.count), findings: broken.map { .journalConstraint("conservation of \($0)") })
    }

    public func status() -> JournalStatus {
        let head = (entries.last?.head ?? []).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return JournalStatus(
            lastSequence: JournalSequence(entries.count), chainHead: "memory:" + head.joined(), bytesOnDisk: 0,
            trouble: failure, recoveredFrom: nil)
    }
}

/// One log of one device.
private struct PressLog: Hashable {
    let device: DeviceID
    let log: UInt64
}

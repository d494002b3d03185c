// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import SQLite

extension JournalStore {
    /// Moves what has been held for a reason for long enough back to pending, oldest first.
    func release(
        _ reason: HoldReason, olderThan age: Duration, atMost count: Int, for uplink: UplinkName, at now: CaptureTime
    ) throws -> HeldRelease {
        let count = max(0, count)
        guard let number = uplinkNumbers[uplink] else { return HeldRelease(released: 0, nextDue: nil) }
        let state = DeliveryState.held(reason)
        var held: [JournalSequence] = []
        try statements.pending.rows(
            .integer(number), .integer(state.number), 0, .integer(Int64(count) + 1)
        ) { held.append($0.integer(0)) }
        // What was recorded before something that is due is due as well, even where its own clocks do not prove it.
        let due = try held.prefix(count).lastIndex { try leastAge(of: $0, at: now) >= age }.map { $0 + 1 } ?? 0
        let released = try requeue(Array(held.prefix(due)), from: state, for: uplink, at: now)
        let nextDue = try held.dropFirst(due).first.map { max(.zero, age - (try leastAge(of: $0, at: now))) }
        return HeldRelease(released: released, nextDue: nextDue)
    }

    /// A damaged row is as old as anything: leasing it parks it with that as its receipt.
    private func leastAge(of sequence: JournalSequence, at now: CaptureTime) throws -> Duration {
        do {
            return try recordRow(sequence).record.recordedAt.leastAge(at: now)
        } catch {
            guard JournalFailure(error).isOfOneRow else { throw error }
            return .seconds(Int64.max)
        }
    }
}

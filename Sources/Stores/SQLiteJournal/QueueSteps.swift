// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import SQLite

extension JournalStore {
    /// Moves ratings as people decided, and records the decision, in one transaction.
    func carryOut(_ step: QueueStep, for uplink: UplinkName, by decision: DecisionDraft) throws -> Int {
        guard uplinkNumbers[uplink] != nil else { return 0 }
        let goal = step.goal
        let due = try ratings(for: step, of: uplink)
        guard !due.isEmpty else { return 0 }
        var run = RecordingRun(self)
        try transaction(before: .requeueBeforeCommit, after: .requeueAfterCommit) {
            try pass(.settleBegun)
            if case .failed(let error) = try run.add(decision.counting(due.count).record) { throw error }
            let time = decision.recordedAt.canonicalBytes
            for (sequence, state) in due {
                let move = Move(
                    sequence: sequence, from: state, to: goal, answer: "\(step.words) \(decision.id)")
                try run.move(move, for: uplink, at: time)
            }
            try run.writeCounters()
        }
        run.finish()
        return due.count
    }

    private func ratings(
        for step: QueueStep, of uplink: UplinkName
    ) throws -> [(JournalSequence, DeliveryState)] {
        switch step {
        case .retry(let id): return try one(id, of: uplink) { state, _ in state.place.isRetriable }
        case .setAside(let id): return try one(id, of: uplink) { state, _ in state.place.isRemovable }
        case .discard(let id):
            return try one(id, of: uplink) { state, sequence in
                try state.place.isRemovable && readable(sequence) == nil
            }
        case .retryAll(let place, let count):
            guard place.isRetriable, let number = uplinkNumbers[uplink] else { return [] }
            let state = DeliveryState(place)
            var found: [(JournalSequence, DeliveryState)] = []
            try statements.pending.rows(
                .integer(number), .integer(state.number), 0, .integer(Int64(max(0, count)))
            ) { found.append(($0.integer(0), state)) }
            return found
        }
    }

    private func one(
        _ id: RecordID, of uplink: UplinkName, where isFit: (DeliveryState, JournalSequence) throws -> Bool
    ) throws -> [(JournalSequence, DeliveryState)] {
        guard let sequence = try sequence(of: id), let state = try waitingState(of: sequence, for: uplink),
            !isLent(sequence, to: uplink), try isFit(state, sequence)
        else { return [] }
        return [(sequence, state)]
    }
}

extension QueueStep {
    fileprivate var goal: DeliveryState {
        switch self {
        case .retry, .retryAll: .pending
        case .setAside, .discard: .setAside
        }
    }
}

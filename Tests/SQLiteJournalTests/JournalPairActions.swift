// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import JournalAPI
import RatingModel

@testable import SQLiteJournal

extension JournalPair {
    /// Does one random thing to both journals and compares the answers.
    func act() async throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<34: try await attempt(.record(drafts()))
        case 34..<52: try await lease()
        case 52..<68: try await attempt(.settle(settlements()))
        case 68..<72: try await attempt(.requeue(requeuable()))
        case 72..<89: try await look()
        case 89..<92: trap.set(JournalCrashPoint.calls.randomElement(using: &random))
        case 92..<94: disk.fill(after: Int.random(in: 0..<20, using: &random))
        case 94..<96: disk.failSyncs(after: Int.random(in: 0..<3, using: &random))
        case 96..<98: try await crash()
        case 98: try await kill()
        default: try await Bool.random(using: &random) ? restart() : compare()
        }
    }

    private func attempt(_ change: Doubt) async throws {
        do {
            switch change {
            case .record(let drafts):
                let found = try await journal.record(drafts)
                try same(found.map(Outcome.init), try await model.record(drafts).map(Outcome.init), "outcomes")
            case .settle(let settlements):
                try await journal.settle(settlements, for: JournalSamples.region)
                try await model.settle(settlements, for: JournalSamples.region)
            case .requeue(let state):
                let moved = try await journal.requeue(state, for: JournalSamples.region)
                try same(moved, try await model.requeue(state, for: JournalSamples.region), "requeued")
            }
        } catch let error as GatewayError {
            guard trap.isSprung || ["journal.disk-full", "journal.io-failed"].contains(error.code) else { throw error }
            let reported = await journal.status().trouble
            try same(reported?.code, error.code, "trouble shown")
            doubt.append(change)
            try await recover()
        }
    }

    private func lease() async throws {
        let count = Int.random(in: 0..<6, using: &random)
        do {
            let found = try await journal.lease(count, for: JournalSamples.region)
            try same(found, try await model.lease(count, for: JournalSamples.region), "lease")
            leased += found.map(\.sequence)
        } catch is GatewayError {
            try await recover()
        }
    }

    private func look() async throws {
        do {
            let number = PromptNumber.random(in: 0..<24, using: &random)
            try same(try await journal.session(number), try await model.session(number), "session")
            try same(
                try await journal.conservation(for: JournalSamples.region),
                try await model.conservation(for: JournalSamples.region), "counters")
            try same(
                try await journal.decisions(atMost: 3).map(\.body), try await model.decisions(atMost: 3).map(\.body),
                "decisions")
        } catch is GatewayError {
            try await recover()
        }
    }

    // MARK: Random changes

    private func drafts() -> [RecordDraft] {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in draft() }
    }

    private func draft() -> RecordDraft {
        // An id that was given already now and then: it must fail alone.
        let isOld = Int.random(in: 0..<25, using: &random) == 0
        if !isOld { lastID += 1 }
        let number = isOld ? UInt64.random(in: 1...max(1, lastID), using: &random) : lastID
        if Int.random(in: 0..<6, using: &random) == 0 {
            let window = ["A01", "A02", "B01"].randomElement(using: &random) ?? ""
            return JournalSamples.session(number, prompt: .random(in: 0..<24, using: &random), window: window)
        }
        if Int.random(in: 0..<8, using: &random) == 0 {
            let project = Int.random(in: 0..<5, using: &random)
            return JournalSamples.invitation(
                number, case: "P\(project)", service: ["S", "T"].randomElement(using: &random) ?? "S")
        }
        if Int.random(in: 0..<10, using: &random) == 0 {
            let kind = OperatorDecision.Kind.allCases.randomElement(using: &random) ?? .revealed
            return JournalSamples.decision(number, kind).record
        }
        let outcomes: [PressOutcome] = [
            .rated(.satisfied, key: 2, label: "满意"), .rated(.veryDissatisfied, key: 5, label: "非常不满意"), .timedOut,
        ]
        let press = JournalSamples.press(
            device: "pad-\(Int.random(in: 0..<3, using: &random))", log: .random(in: 0..<2, using: &random),
            sequence: .random(in: 1...60, using: &random),
            outcome: outcomes[min(2, Int.random(in: 0..<12, using: &random) / 5)],
            prompt: Int.random(in: 0..<4, using: &random) == 0 ? 3 : nil)
        let project = Int.random(in: 0..<8, using: &random)
        return JournalSamples.rating(
            number, press: press,
            reference: project < 5 ? CaseReference(projectNumber: "P\(project)", serviceNumber: "S") : nil,
            personal: Int.random(in: 0..<8, using: &random) == 0 ? PersonalFields(["name": "n\(number)"]) : nil,
            deliveries: [JournalSamples.region: project < 5 ? .pending : .held(.unmatched)],
            supersedes: Int.random(in: 0..<6, using: &random) == 0 ? .random(in: 1...120, using: &random) : nil)
    }

    private func settlements() -> [Settlement] {
        let results: [SettlementResult] = [
            .delivered(wasDuplicate: false), .delivered(wasDuplicate: false), .delivered(wasDuplicate: true), .released,
            .unknown, .parked, .held(.contested), .held(.unanswered),
        ]
        let count = Int.random(in: 0...leased.count, using: &random)
        let chosen = leased.shuffled(using: &random).prefix(min(count, 8))
        leased.removeAll { chosen.contains($0) && Bool.random(using: &random) }
        return chosen.map { JournalSamples.settlement($0, results.randomElement(using: &random) ?? .released) }
    }

    private func requeuable() -> RequeuableState {
        [.parked, .unknown, .held(.unmatched), .held(.contested), .held(.unanswered), .held(.superseded)]
            .randomElement(using: &random) ?? .parked
    }
}

/// An outcome without the words of a failure, which differ between journals.
enum Outcome: Equatable {
    case recorded(JournalSequence, RecordID)
    case duplicate(RecordID)
    case conflict(RecordID, RecordID)
    case failed

    init(_ outcome: RecordingOutcome) {
        switch outcome {
        case .recorded(let sequence, let id): self = .recorded(sequence, id)
        case .duplicate(let id): self = .duplicate(id)
        case .conflict(let original, let id): self = .conflict(original, id)
        case .failed: self = .failed
        }
    }
}

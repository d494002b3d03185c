// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// Decides from what the drivers understand which device a person just pressed.
struct LearnMachine: Sendable {
    /// What is known so far.
    enum Verdict: Sendable, Hashable {
        /// Not yet enough.
        case waiting
        /// This device was pressed just now: a sign for each pad or key that was asked for, in order.
        case pressed([LearnEvidence])
        /// The time is over; this one is the only device that said anything.
        case onlyOne(LearnEvidence)
        /// The time is over, and none or several said something.
        case undecided([LearnEvidence])
    }

    /// A press that is older was not made for us: it comes out of the device's log.
    static let freshFor = Duration.seconds(20)
    /// A press waits so long for a driver that knows better: the rest of what a scanner types.
    static let pressWait = Duration.milliseconds(700)
    /// A code waits so long.
    static let codeWait = Duration.seconds(1)

    private static let mostEarly = 64

    private let deadline: MonotonicInstant
    /// How many pads of one line are to be pressed.
    private let pads: Int
    /// How many keys of one pad are to be pressed, where its driver needs to be told what they mean.
    private let keys: Int?
    /// The weightiest sign of each line that was pressed, and when it counts.
    private var candidates: [String: (evidence: LearnEvidence, at: MonotonicInstant)] = [:]
    /// The presses that came before it was decided which device is meant: pads may be pressed in quick succession.
    private var early: [LearnEvidence] = []
    /// The signs of the device that was decided for.
    private var chosen: [LearnEvidence] = []
    /// The best word of each line that said something, but not by a press just now.
    private var others: [String: LearnEvidence] = [:]
    /// The keyboards that typed enter behind a digit.
    private(set) var endsWithEnter: Set<String> = []

    init(until deadline: MonotonicInstant, pads: Int = 1, keys: Int? = nil) {
        self.deadline = deadline
        self.pads = pads
        self.keys = keys
    }

    /// Takes a sign.
    mutating func handle(_ evidence: LearnEvidence, at now: MonotonicInstant) -> Verdict {
        if case .code(let text) = evidence.kind, text.count == 1, evidence.baud == nil {
            endsWithEnter.insert(evidence.path)
        }
        guard chosen.isEmpty else { return more(evidence, at: now) }
        switch evidence.kind {
        case .press, .staffKey:
            if let age = evidence.age, age <= Self.freshFor {
                // A device that says who it is leaves no doubt.
                if evidence.device != nil, evidence.address == nil { return choose(evidence, at: now) }
                if early.count < Self.mostEarly { early.append(evidence) }
                propose(evidence, at: now, wait: Self.pressWait)
            } else {
                others[evidence.path] = evidence
            }
        case .code: propose(evidence, at: now, wait: Self.codeWait)
        case .reports(let values):
            if values.count >= keys ?? 1 { return choose(evidence, at: now) }
            others[evidence.path] = evidence
        case .entry: others[evidence.path] = evidence
        case .identity: if others[evidence.path] == nil { others[evidence.path] = evidence }
        }
        return tick(at: now)
    }

    /// Takes the time.
    mutating func tick(at now: MonotonicInstant) -> Verdict {
        if chosen.isEmpty,
            let ripe = candidates.values.filter({ $0.at <= now }).max(by: {
                ($0.evidence.weight, $1.evidence.path) < ($1.evidence.weight, $0.evidence.path)
            })
        {
            return choose(ripe.evidence, at: now)
        }
        guard now >= deadline else { return .waiting }
        guard chosen.isEmpty else { return .pressed(chosen) }
        if let late = candidates.values.max(by: { $0.evidence.weight < $1.evidence.weight }) {
            return .pressed([late.evidence])
        }
        let all = others.values.sorted { $0.path < $1.path }
        return all.count == 1 ? .onlyOne(all[0]) : .undecided(all)
    }

    private mutating func propose(_ evidence: LearnEvidence, at now: MonotonicInstant, wait: Duration) {
        let known = candidates[evidence.path]
        if let known, known.evidence.weight >= evidence.weight { return }
        candidates[evidence.path] = (evidence, known?.at ?? now.advanced(by: wait))
    }

    private mutating func choose(_ evidence: LearnEvidence, at now: MonotonicInstant) -> Verdict {
        chosen = [evidence]
        for each in early where !isEnough { add(each) }
        return isEnough ? .pressed(chosen) : tick(at: now)
    }

    /// Another pad of the line, or another key of the pad.
    private mutating func more(_ evidence: LearnEvidence, at now: MonotonicInstant) -> Verdict {
        add(evidence)
        return isEnough ? .pressed(chosen) : tick(at: now)
    }

    private mutating func add(_ evidence: LearnEvidence) {
        guard let first = chosen.first, evidence.path == first.path, evidence.driver == first.driver,
            case .press = evidence.kind, let age = evidence.age, age <= Self.freshFor,
            !chosen.contains(where: { $0.distinction == evidence.distinction })
        else { return }
        chosen.append(evidence)
    }

    /// How many pads or keys are still to be pressed, once the first one was.
    var left: Int? {
        guard let first = chosen.first else { return nil }
        if first.address != nil { return pads - chosen.count }
        return first.driver == "keyboard" ? (keys ?? 1) - chosen.count : 0
    }

    private var isEnough: Bool { left.map { $0 <= 0 } ?? false }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// Decides from what the drivers understand which device a person just pressed.
struct LearnMachine: Sendable {
    /// What is known so far.
    enum Verdict: Sendable, Hashable {
        /// Nobody pressed yet.
        case waiting
        /// This device was pressed just now.
        case pressed(LearnEvidence)
        /// The time is over; this one is the only device that said anything.
        case onlyOne(LearnEvidence)
        /// The time is over, and none or several said something.
        case undecided([LearnEvidence])
    }

    /// A press that is older was not made for us: it comes out of the device's log.
    static let freshFor = Duration.seconds(20)
    /// A code waits so long for a driver that knows better.
    static let codeWait = Duration.seconds(1)

    private let deadline: MonotonicInstant
    private var code: (evidence: LearnEvidence, at: MonotonicInstant)?
    /// The best word of each line that said something, but not by a press just now.
    private var others: [String: LearnEvidence] = [:]

    init(until deadline: MonotonicInstant) { self.deadline = deadline }

    /// Takes a sign.
    mutating func handle(_ evidence: LearnEvidence, at now: MonotonicInstant) -> Verdict {
        switch evidence.kind {
        case .press, .staffKey:
            if let age = evidence.age, age <= Self.freshFor { return .pressed(evidence) }
            others[evidence.path] = evidence
        case .entry:
            others[evidence.path] = evidence
        case .identity:
            if others[evidence.path] == nil { others[evidence.path] = evidence }
        case .code:
            if code == nil { code = (evidence, now) }
        }
        return tick(at: now)
    }

    /// Takes the time.
    mutating func tick(at now: MonotonicInstant) -> Verdict {
        if let code, code.at.duration(to: now) >= Self.codeWait { return .pressed(code.evidence) }
        guard now >= deadline else { return .waiting }
        let all = others.values.sorted { $0.path < $1.path }
        return all.count == 1 ? .onlyOne(all[0]) : .undecided(all)
    }
}

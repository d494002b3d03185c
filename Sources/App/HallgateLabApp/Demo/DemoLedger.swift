// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Synchronization

/// What the visitors of a demo share: whose turn it is, the cases, and the plug that is to be pulled next.
final class DemoLedger: Sendable {
    private struct State {
        var goal: Int
        /// Ratings that may be started now; the fault schedule raises it.
        var allowance: Int
        /// Whether ratings go on past the goal, because a fault still waits for a press.
        var isExtended = false
        var isClosed = false
        var started = 0
        var cases = 0
        var caseOfPrompt: [UInt32: CaseReference] = [:]
        var plugsToPull: [PulledPlug] = []
    }

    /// How a plug is pulled in mid-press.
    struct PulledPlug: Sendable, Hashable {
        var bytesSent: Int
        var replugAfter: Duration
    }

    /// What a visitor may do.
    enum Turn: Sendable, Hashable {
        /// Press the rating of this number, from 0.
        case rate(Int)
        /// Ask again in a moment.
        case wait
        /// Go home.
        case end
    }

    private let state: Mutex<State>

    init(goal: Int) { state = Mutex(State(goal: goal, allowance: goal)) }

    /// Gives out the next rating.
    func next() -> Turn {
        state.withLock { state in
            if state.isClosed { return .end }
            if state.started >= state.goal, !state.isExtended { return .end }
            if state.started >= state.allowance, !state.isExtended { return .wait }
            state.started += 1
            return .rate(state.started - 1)
        }
    }

    /// Lets ratings up to this number start.
    func allow(_ count: Int) { state.withLock { $0.allowance = count } }

    /// While `true`, ratings go on whatever the goal.
    func extend(_ isExtended: Bool) { state.withLock { $0.isExtended = isExtended } }

    /// Lets nothing start any more.
    func close() { state.withLock { $0.isClosed = true } }

    /// How many ratings were started.
    var started: Int { state.withLock { $0.started } }

    /// Makes a case nobody was asked about before.
    func newCase() -> CaseReference {
        state.withLock { state in
            state.cases += 1
            let digits = String(1_000_000 + state.cases).dropFirst()
            return CaseReference(projectNumber: "DEMO2026\(digits)", serviceNumber: "1")
        }
    }

    /// Remembers what a prompt is about; without it the oracle could not tell a case that went to another press.
    func remember(prompt: UInt32, _ reference: CaseReference) {
        state.withLock { $0.caseOfPrompt[prompt] = reference }
    }

    /// The case of each prompt.
    var cases: [UInt32: CaseReference] { state.withLock { $0.caseOfPrompt } }

    /// Has the next visitor's plug pulled.
    func pullPlug(_ plug: PulledPlug) { state.withLock { $0.plugsToPull.append(plug) } }

    /// Takes the plug that waits to be pulled, if one does.
    func takePlug() -> PulledPlug? { state.withLock { $0.plugsToPull.popLast() } }
}

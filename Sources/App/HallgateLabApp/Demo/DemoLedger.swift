// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Synchronization

/// What the visitors of a demo share: whose turn it is, the cases, and the plug that is to be pulled next.
final class DemoLedger: Sendable {
    private struct State {
        /// Ratings that may be started now; the fault schedule raises it.
        var allowance = 0
        /// Whether nobody raises the allowance any more: what it allows is all there will be.
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

    init() { state = Mutex(State()) }

    /// Gives out the next rating.
    func next() -> Turn {
        state.withLock { state in
            guard state.started < state.allowance else { return state.isClosed ? .end : .wait }
            state.started += 1
            return .rate(state.started - 1)
        }
    }

    /// Lets so many ratings start altogether, or more where more were allowed already.
    func allow(_ count: Int) { state.withLock { $0.allowance = max($0.allowance, count) } }

    /// Lets so many more ratings start, beyond those that have started, where fewer are allowed.
    func allowMore(_ count: Int) { state.withLock { $0.allowance = max($0.allowance, $0.started + count) } }

    /// Says that nothing more will be allowed: who has no turn left goes home.
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

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import WebConfiguration

/// What a connection may take its time with, and until when: the rule by which slow clients are cut off.
///
/// Every state has an end that no trickle of bytes moves: a head or a body that comes a byte a second is cut off when its
/// time is over, like one that does not come at all. Only an answer may go on for as long as its client takes it.
struct ConnectionWatch: Sendable {
    /// Where the connection is.
    enum State: Sendable, Hashable {
        /// Nothing has come of the next request.
        case quiet
        /// A request's head is coming.
        case head
        /// A request's body is coming.
        case body
        /// The request is there, and its answer is not over.
        case answering
        /// The answer is over and the request is not: what still comes of it is thrown away for a moment, because hanging
        /// up on it at once could take the answer away from its client (RFC 9112 section 9.6).
        case lingering
        /// The connection speaks another protocol now, which has times of its own.
        case upgraded
        /// The client is hung up on.
        case over
    }

    /// What happened.
    enum Event: Sendable, Hashable {
        case bytes
        case head
        case body(Int)
        case requestEnd
        case answerEnd(keepsAlive: Bool)
        case upgrade
    }

    /// What is to be done about it.
    enum Action: Sendable, Hashable {
        case nothing
        /// Nothing is said any more; what comes is thrown away.
        case linger
        case close
    }

    /// How long what comes behind a finished answer is thrown away.
    static let lingerTime = TimeAmount.seconds(2)
    /// How many bytes of a body over its limit are thrown away before the client is hung up on.
    static let excessBytes = 64 * 1024

    private let limits: WebLimits
    private(set) var state = State.quiet
    /// When the client is hung up on, if nothing happens before.
    private(set) var deadline: NIODeadline?
    private var bodyBytes = 0
    /// Whether bytes came that belong to a request behind the one that is answered.
    private var hasMore = false

    init(limits: WebLimits, at now: NIODeadline) {
        self.limits = limits
        deadline = now + TimeAmount(limits.headTime)
    }

    mutating func handle(_ event: Event, at now: NIODeadline) -> Action {
        switch (state, event) {
        case (.quiet, .bytes): enter(.head, until: now + TimeAmount(limits.headTime))
        case (.quiet, .head), (.head, .head):
            bodyBytes = 0
            hasMore = false
            enter(.body, until: now + TimeAmount(limits.bodyTime))
        case (.body, .body(let count)), (.lingering, .body(let count)):
            bodyBytes += count
            if bodyBytes > limits.bodyBytes + Self.excessBytes { return close() }
        case (.body, .requestEnd): enter(.answering, until: nil)
        case (.answering, .bytes): hasMore = true
        case (.answering, .answerEnd(let keepsAlive)):
            guard keepsAlive else { return close() }
            let time = hasMore ? limits.headTime : limits.idleTime
            enter(hasMore ? .head : .quiet, until: now + TimeAmount(time))
        case (.body, .answerEnd):
            enter(.lingering, until: now + Self.lingerTime)
            return .linger
        case (.lingering, .requestEnd): return close()
        case (_, .upgrade): enter(.upgraded, until: nil)
        default: break
        }
        return .nothing
    }

    /// Looks at the time; answers whether the client is to be hung up on.
    mutating func isOver(at now: NIODeadline) -> Bool {
        guard let deadline, deadline <= now else { return false }
        _ = close()
        return true
    }

    private mutating func enter(_ state: State, until deadline: NIODeadline?) {
        self.state = state
        self.deadline = deadline
    }

    private mutating func close() -> Action {
        enter(.over, until: nil)
        return .close
    }
}

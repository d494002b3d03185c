// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How long a connection to a serial server may take to be made, and to be noticed as dead.
public struct TCPPatience: Sendable, Hashable {
    /// How long connecting may take, over all addresses of the name.
    public var connecting: Duration
    /// How long a line is silent before the kernel asks the far side whether it is there; whole seconds.
    public var idle: Duration
    /// How long between two such questions; whole seconds.
    public var interval: Duration
    /// How many questions stay unanswered before the line is given up.
    public var questions: Int
    /// How long sent bytes may stay unacknowledged before the line is given up (TCP_USER_TIMEOUT).
    public var unacknowledged: Duration

    /// States the times. By them a server that lost its power is noticed within 25 seconds of its last word, and as
    /// long after the first byte sent to it.
    public init(
        connecting: Duration = .seconds(5), idle: Duration = .seconds(10), interval: Duration = .seconds(5),
        questions: Int = 3, unacknowledged: Duration = .seconds(20)
    ) {
        self.connecting = connecting
        self.idle = idle
        self.interval = interval
        self.questions = questions
        self.unacknowledged = unacknowledged
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import RatingModel
import Synchronization

/// A TCP proxy on loopback that stands for the line between an uplink and its region, and goes wrong as lines do.
///
/// It passes bytes without looking at them, so TLS runs through it unseen. A thread of its own carries them: the
/// kernel here has no netem, and what a test asks for must not wait for the test's own tasks.
public final class LineProxy: Sendable {
    /// How the line is, for connections that stand and for new ones.
    public struct Condition: Sendable, Hashable {
        /// Whether anybody listens; connections to a port where nobody does are refused.
        public var isListening = true
        /// How long a piece of the stream is on its way, in each direction.
        public var delay: Duration = .zero
        /// How many in a thousand pieces are lost once and come a retransmission later, 200 ms, as TCP makes of it.
        public var lostPerThousand = 0
        /// Whether what the client sends arrives; where it does not, it vanishes without a word.
        public var passesRequests = true
        /// Whether what the far side answers arrives.
        public var passesAnswers = true

        /// A line without fault.
        public init() {}
    }

    /// The port clients connect to; it stays the same while nobody listens, too.
    public let port: Int
    private let shared: LineProxyShared

    /// Listens on a free loopback port and passes connections on to another.
    public init(to target: Int) throws(GatewayError) {
        shared = LineProxyShared(target: target)
        let (listener, port) = try LineSocket.listen(port: 0)
        self.port = port
        shared.change { $0.port = port }
        try LineProxyThread.start(shared, listener: listener)
    }

    deinit { shared.change { $0.isEnding = true } }

    /// From now on the line is so.
    public func set(_ condition: Condition) { shared.change { $0.condition = condition } }

    /// From now on new connections lead to this loopback port; those that stand stay.
    public func lead(to target: Int) { shared.change { $0.target = target } }

    /// Ends every connection at once, as a router that restarts does; new ones are taken.
    public func cut() { shared.change { $0.cuts += 1 } }

    /// How many connections were taken.
    public var connections: Int { shared.read { $0.taken } }
}

/// What the proxy's users and its thread share.
final class LineProxyShared: Sendable {
    struct State {
        var port = 0
        var target: Int
        var condition = LineProxy.Condition()
        var cuts = 0
        var taken = 0
        var isEnding = false
    }

    private let state: Mutex<State>

    init(target: Int) { state = Mutex(State(target: target)) }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
    func read<Value: Sendable>(_ body: (State) -> Value) -> Value { state.withLock { body($0) } }
    var now: State { state.withLock { $0 } }
}

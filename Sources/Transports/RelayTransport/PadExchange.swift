// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Glibc
public import Logging
public import RatingModel
import Synchronization

/// A pad that may connect in: its name, which is the path of its line, and whether a key is its own.
public struct ExpectedPad: Sendable {
    /// The name.
    public let name: String
    /// Whether a key is the pad's; it takes the same time for every wrong key of a length.
    public let hasKey: @Sendable (String) -> Bool

    /// Names a pad.
    public init(name: String, hasKey: @escaping @Sendable (String) -> Bool) {
        self.name = name
        self.hasKey = hasKey
    }
}

/// Where pads that connect in meet their lines.
///
/// There is one pad for a name: the newest takes the place of the one before, for a pad that lost its network connects
/// in again long before anybody knows that its old connection is dead. What was read of the old one is still recorded.
public final class PadExchange: Sendable {
    private struct Admitted {
        let name: String
        let address: String
        /// The gateway's end while no line has taken it; it is closed by whoever takes it out of here.
        var waiting: Int32?
        var line: (any DeviceConnection)?
    }

    private struct State {
        var expected: [String: ExpectedPad] = [:]
        var admitted: [UInt64: Admitted] = [:]
        /// The newest connection of each pad.
        var current: [String: UInt64] = [:]
        var contests: [String: PadContest] = [:]
        var issued: UInt64 = 0
        var refusals = RefusalCount()

        /// Lets a pad in; answers whom it takes the place of, and whether that is the beginning of a contest.
        mutating func admit(
            _ name: String, _ address: String, _ near: Int32, at now: ContinuousClock.Instant
        ) -> (earlier: Admitted?, isContested: Bool) {
            issued += 1
            let earlier = current[name].flatMap { admitted.removeValue(forKey: $0) }
            admitted[issued] = Admitted(name: name, address: address, waiting: near)
            current[name] = issued
            guard let earlier else { return (nil, false) }
            return (earlier, contests[name, default: PadContest()].replaced(earlier.address, address, now))
        }
    }

    private let state = Mutex(State())
    private let logger: Logger
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Starts with no pad expected; `now` is replaced by tests that own the time.
    public init(logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.logger = logger
        self.now = now
    }

    deinit {
        for waiting in state.withLock({ $0.admitted.values.compactMap(\.waiting) }) { close(waiting) }
    }

    /// Takes the pads of the configuration: at the start and at each reload.
    ///
    /// A pad that is no longer among them is let in no more; its line is its supervision's to close.
    public func expect(_ pads: [ExpectedPad]) {
        state.withLock { state in
            state.expected = Dictionary(pads.map { ($0.name, $0) }) { first, _ in first }
            state.contests = state.contests.filter { state.expected[$0.key] != nil }
        }
    }

    // MARK: For the relay

    /// Lets a pad in and answers the number of its connection and the far end of its line, which the caller closes.
    ///
    /// Throws `web.unknown-pad` where no pad of that name has that key, `web.no-socket` where there are no descriptors.
    public func admit(
        _ name: String, key: String, address: String
    ) async throws(GatewayError) -> (connection: UInt64, descriptor: Int32) {
        guard let pad = state.withLock({ $0.expected[name] }), pad.hasKey(key) else {
            noteRefusal(from: address)
            throw .unknownPad
        }
        let (near, far) = try Self.socketPair()
        let moment = now()
        let (connection, admission) = state.withLock { state in
            let admission = state.admit(name, address, near, at: moment)
            return (state.issued, admission)
        }
        let earlier = admission.earlier
        if let waiting = earlier?.waiting { close(waiting) }
        await earlier?.line?.close()
        if admission.isContested {
            logger.warning(
                "a pad connects in again and again while it is connected: two may have one name",
                metadata: ["pad": "\(name)", "address": "\(address)", "other": "\(earlier?.address ?? "")"])
        }
        return (connection, far)
    }

    /// The pad of a connection is there no more.
    public func gone(_ connection: UInt64) {
        let pad = state.withLock { state in
            let pad = state.admitted.removeValue(forKey: connection)
            if let pad, state.current[pad.name] == connection { state.current[pad.name] = nil }
            return pad
        }
        // An end that a line has taken sees the far end close.
        if let waiting = pad?.waiting { close(waiting) }
    }

    /// Why the line of a connection ended at the gateway's end: another pad took its place, or it was closed.
    public func endReason(of connection: UInt64) -> String {
        state.withLock { $0.admitted[connection] == nil } ? "replaced" : "closed"
    }

    // MARK: For lines

    /// The connection that waits for a line, with the gateway's end of it, which the caller closes.
    func take(_ path: String) -> (connection: UInt64, descriptor: Int32)? {
        state.withLock { state in
            guard let connection = state.current[path], let waiting = state.admitted[connection]?.waiting else {
                return nil
            }
            state.admitted[connection]?.waiting = nil
            return (connection, waiting)
        }
    }

    /// Keeps the line of a connection; answers `false` where the pad has gone or was replaced while it was opened.
    func note(_ line: any DeviceConnection, of connection: UInt64) -> Bool {
        state.withLock { state in
            guard state.admitted[connection] != nil else { return false }
            state.admitted[connection]?.line = line
            return true
        }
    }

    // MARK: For the operator

    /// The names that two pads seem to connect in by at once, with where they do.
    public var contested: [(name: String, addresses: [String])] {
        let moment = now()
        return state.withLock { state in
            state.contests.filter { $0.value.isContested(at: moment) }.map { ($0.key, $0.value.addresses) }
                .sorted { $0.0 < $1.0 }
        }
    }

    private func noteRefusal(from address: String) {
        let moment = now()
        guard let count = state.withLock({ $0.refusals.note(at: moment) }) else { return }
        logger.warning(
            "a pad was not let in: its name or its key is not known",
            metadata: ["address": "\(address)", "count": "\(count)"])
    }

    private static func socketPair() throws(GatewayError) -> (near: Int32, far: Int32) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .noSocket(String(cString: strerror(errno))) }
        // What waits in the kernel is bounded; it doubles the figure for its own needs.
        var size = Int32(16 * 1024)
        for end in ends { setsockopt(end, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size)) }
        return (ends[0], ends[1])
    }
}

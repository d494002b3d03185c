// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// The thread that carries a proxy's bytes: one loop over all descriptors, woken at least every five milliseconds.
final class LineProxyThread {
    private let shared: LineProxyShared
    private var listener: Int32?
    private var connections: [LineConnection] = []
    private var cuts = 0
    private var random = SystemRandomNumberGenerator()

    private init(_ shared: LineProxyShared, listener: Int32) {
        self.shared = shared
        self.listener = listener
    }

    static func start(_ shared: LineProxyShared, listener: Int32) throws(GatewayError) {
        let context = Unmanaged.passRetained(LineProxyThread(shared, listener: listener)).toOpaque()
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { @Sendable context in
                guard let context else { return nil }
                Unmanaged<LineProxyThread>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        guard code == 0 else {
            Unmanaged<LineProxyThread>.fromOpaque(context).release()
            close(listener)
            throw LineSocket.failure("start a thread", errno: code)
        }
        pthread_detach(thread)
    }

    private func run() {
        while true {
            let state = shared.now
            if state.isEnding { break }
            follow(state)
            var descriptors = connections.flatMap(\.polled)
            if let listener { descriptors.append(pollfd(fd: listener, events: Int16(POLLIN), revents: 0)) }
            poll(&descriptors, nfds_t(descriptors.count), 5)
            accept(state)
            let now = ContinuousClock.now
            for connection in connections { connection.carry(state.condition, at: now, using: &random) }
            connections.removeAll { $0.closeIfOver() }
        }
        for connection in connections { connection.cut() }
        if let listener { close(listener) }
    }

    /// Opens or closes the listener and cuts what is to be cut.
    private func follow(_ state: LineProxyShared.State) {
        if state.cuts != cuts || !state.condition.isListening {
            cuts = state.cuts
            for connection in connections { connection.cut() }
            connections.removeAll()
        }
        if !state.condition.isListening, let open = listener {
            close(open)
            listener = nil
        } else if state.condition.isListening, listener == nil {
            listener = (try? LineSocket.listen(port: state.port))?.0
        }
    }

    private func accept(_ state: LineProxyShared.State) {
        guard let listener else { return }
        while true {
            let near = Glibc.accept(listener, nil, nil)
            guard near >= 0 else { return }
            _ = fcntl(near, F_SETFL, O_NONBLOCK)
            _ = fcntl(near, F_SETFD, FD_CLOEXEC)
            guard let far = LineSocket.connect(port: state.target) else {
                LineSocket.reset(near)
                continue
            }
            connections.append(LineConnection(near: near, far: far))
            shared.change { $0.taken += 1 }
        }
    }
}

/// Two sockets and what is on its way between them.
final class LineConnection {
    /// One direction of a connection.
    private struct Way {
        let from: Int32
        let to: Int32
        /// Pieces with the time they arrive, in order; an empty one is the end of the stream.
        var onTheWay: [(due: ContinuousClock.Instant, bytes: [UInt8])] = []
        var isRead = true
        var isWritten = true
    }

    private static let mostOnTheWay = 64
    private var ways: [Way]
    private var isCut = false

    init(near: Int32, far: Int32) { ways = [Way(from: near, to: far), Way(from: far, to: near)] }

    var polled: [pollfd] {
        ways.filter { $0.isRead && $0.onTheWay.count < Self.mostOnTheWay }
            .map { pollfd(fd: $0.from, events: Int16(POLLIN), revents: 0) }
    }

    func carry(
        _ condition: LineProxy.Condition, at now: ContinuousClock.Instant,
        using random: inout some RandomNumberGenerator
    ) {
        for index in ways.indices {
            let passes = index == 0 ? condition.passesRequests : condition.passesAnswers
            take(index, condition, passes, at: now, using: &random)
            give(index, at: now)
        }
    }

    private func take(
        _ index: Int, _ condition: LineProxy.Condition, _ passes: Bool, at now: ContinuousClock.Instant,
        using random: inout some RandomNumberGenerator
    ) {
        guard ways[index].isRead, ways[index].onTheWay.count < Self.mostOnTheWay else { return }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(ways[index].from, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        if count < 0 {
            if errno != EAGAIN && errno != EINTR { isCut = true }
            return
        }
        if count == 0 { ways[index].isRead = false }
        // The end of a stream vanishes with the rest: on a dead line nobody hears of it.
        guard passes else { return }
        var due = now + condition.delay
        if Int.random(in: 0..<1000, using: &random) < condition.lostPerThousand { due += .milliseconds(200) }
        if let last = ways[index].onTheWay.last { due = max(due, last.due) }
        ways[index].onTheWay.append((due, Array(bytes.prefix(count))))
    }

    private func give(_ index: Int, at now: ContinuousClock.Instant) {
        while let first = ways[index].onTheWay.first, first.due <= now {
            if first.bytes.isEmpty {
                shutdown(ways[index].to, Int32(SHUT_WR))
                ways[index].isWritten = false
                ways[index].onTheWay.removeFirst()
                continue
            }
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            let sent = send(ways[index].to, first.bytes, first.bytes.count, flags)
            if sent < 0 {
                if errno != EAGAIN && errno != EINTR { isCut = true }
                return
            }
            if sent == first.bytes.count {
                ways[index].onTheWay.removeFirst()
            } else {
                ways[index].onTheWay[0].bytes.removeFirst(sent)
            }
        }
    }

    /// Resets both sides.
    func cut() {
        for way in ways { LineSocket.reset(way.from) }
        ways = []
    }

    /// Closes both sides where both streams ended or one broke; answers whether it did.
    func closeIfOver() -> Bool {
        if isCut { cut() }
        guard !ways.contains(where: { $0.isRead || !$0.onTheWay.isEmpty }) else { return false }
        for way in ways { close(way.from) }
        return true
    }
}

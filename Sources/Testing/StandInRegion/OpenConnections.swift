// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The region's open connections, so that it can stop at once whatever its clients do.
final class OpenConnections: Sendable {
    private struct State {
        var isClosing = false
        var channels: [ObjectIdentifier: any Channel] = [:]
    }

    private let state = Mutex(State())

    /// Cuts every connection, and every one still to come.
    func closeAll() {
        let channels = state.withLock { state in
            state.isClosing = true
            return state.channels.values.map { $0 }
        }
        for channel in channels { channel.cut(reset: false) }
    }

    fileprivate func insert(_ channel: any Channel) {
        let isClosing = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = channel
            return state.isClosing
        }
        if isClosing { channel.cut(reset: false) }
    }

    fileprivate func remove(_ channel: any Channel) {
        state.withLock { state in _ = state.channels.removeValue(forKey: ObjectIdentifier(channel)) }
    }
}

/// Registers the connection it is added to; what passes through it stays as it is.
final class ConnectionTracker: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Never
    private let connections: OpenConnections

    init(_ connections: OpenConnections) { self.connections = connections }

    func handlerAdded(context: ChannelHandlerContext) { connections.insert(context.channel) }

    func handlerRemoved(context: ChannelHandlerContext) { connections.remove(context.channel) }
}

extension Channel {
    /// Closes the socket as a process that died would, without the farewell of TLS; with `reset` as a router that gave up.
    ///
    /// What was written before is sent first, because the event loop keeps the order; a reset discards it (RST, by a
    /// linger time of zero: socket(7)).
    func cut(reset: Bool) {
        eventLoop.execute {
            if reset {
                (self as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in }
            }
            if let tls = try? self.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self) {
                tls.close(mode: .all, promise: nil)
            } else {
                self.close(mode: .all, promise: nil)
            }
        }
    }
}

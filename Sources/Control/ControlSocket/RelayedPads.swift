// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import NIOCore
import NIOPosix
import OperatorAPI
import RatingModel
import Synchronization

/// The pads of one connection of the web process, each with the far end of its line.
///
/// Everything of NIO's here is on the event loop of that connection, so that messages keep their order.
final class RelayedPads: Sendable {
    private struct Pad {
        let line: any Channel
        let reason: @Sendable () -> String
        var inFlight = 0
        /// Whether the web process knows the number of the connection, so that it can be told something of it.
        var isAnnounced = false
    }

    private let channel: any Channel
    private let service: any WebService
    private let pads = Mutex<[UInt64: Pad]>([:])

    init(channel: any Channel, service: any WebService) {
        self.channel = channel
        self.service = service
    }

    // MARK: Methods

    /// Lets a pad in; nothing is said of it before ``announce()``.
    func connect(_ arrival: PadArrival) async throws -> PadConnectionName {
        guard pads.withLock({ $0.count }) < RelayLimits.pads else { throw GatewayError.tooManyPads }
        let admission = try await service.connect(arrival)
        let line: any Channel
        do {
            line = try await open(admission)
        } catch {
            service.gone(admission.connection)
            throw GatewayError.unknownConnection
        }
        pads.withLock { $0[admission.connection] = Pad(line: line, reason: admission.reason) }
        return PadConnectionName(connection: admission.connection)
    }

    /// The answers to ``connect(_:)`` are on their way: what the gateway has for these pads may follow them.
    func announce() {
        let new = pads.withLock { pads in
            let new = pads.filter { !$0.value.isAnnounced }
            for connection in new.keys { pads[connection]?.isAnnounced = true }
            return new
        }
        for (connection, pad) in new {
            pad.line.read()
            if !pad.line.isActive { ended(connection, reason: pad.reason) }
        }
    }

    /// Hands a message on; it is answered once the pad's line has it.
    func take(_ message: PadMessage) throws -> AnswerLater {
        guard message.text.utf8.count <= RelayLimits.messageBytes else { throw GatewayError.messageTooLong }
        guard let bytes = FarEndHandler.framed(message.text) else { throw GatewayError.badMessage }
        let pad = pads.withLock { pads -> (line: any Channel, isFull: Bool)? in
            guard let pad = pads[message.connection] else { return nil }
            let isFull = pad.inFlight >= RelayLimits.inFlight
            if !isFull { pads[message.connection]?.inFlight += 1 }
            return (pad.line, isFull)
        }
        guard let pad else { throw GatewayError.unknownConnection }
        guard !pad.isFull else {
            pad.line.close(promise: nil)
            throw GatewayError.tooManyInFlight
        }
        let line = pad.line
        return AnswerLater(
            begin: { whenDone in
                line.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { result in
                    self.pads.withLock { $0[message.connection]?.inFlight -= 1 }
                    if case .success = result { whenDone(true) } else { whenDone(false) }
                }
            }, otherwise: .unknownConnection)
    }

    /// The pad has gone; what was answered of it has reached its line.
    func gone(_ name: PadConnectionName) async throws -> Done {
        guard let pad = pads.withLock({ $0.removeValue(forKey: name.connection) }) else {
            throw GatewayError.unknownConnection
        }
        service.gone(name.connection)
        try? await pad.line.close()
        return Done()
    }

    // MARK: The connection

    /// The web process takes messages again.
    func resume() {
        for line in pads.withLock({ $0.values.map(\.line) }) { line.read() }
    }

    /// The web process is gone, and all its pads with it.
    func end() async {
        let all = pads.withLock { pads in
            defer { pads = [:] }
            return pads
        }
        for (connection, pad) in all {
            service.gone(connection)
            try? await pad.line.close()
        }
    }

    // MARK: Lines

    private func open(_ admission: PadAdmission) async throws -> any Channel {
        let (channel, connection) = (channel, admission.connection)
        return try await ClientBootstrap(group: channel.eventLoop)
            .channelOption(.autoRead, value: false)
            .channelInitializer { line in
                line.eventLoop.makeCompletedFuture {
                    try line.pipeline.syncOperations.addHandler(
                        FarEndHandler {
                            self.deliver($0, of: connection)
                        } mayRead: {
                            channel.isWritable
                        } ended: {
                            self.ended(connection, reason: admission.reason)
                        })
                }
            }
            .withConnectedSocket(admission.descriptor).get()
    }

    private func deliver(_ text: String, of connection: UInt64) {
        guard pads.withLock({ $0[connection]?.isAnnounced }) == true else { return }
        notify("pad.send", PadMessage(connection: connection, text: text))
    }

    /// The line ended at the gateway's end; whoever takes the pad away says so.
    private func ended(_ connection: UInt64, reason: () -> String) {
        let isOver = pads.withLock { pads in
            guard pads[connection]?.isAnnounced == true else { return false }
            pads[connection] = nil
            return true
        }
        guard isOver else { return }
        notify("pad.close", PadClosing(connection: connection, reason: reason()))
        service.gone(connection)
    }

    private func notify(_ method: String, _ parameters: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(Notification(method: method, params: parameters)) else { return }
        channel.writeAndFlush(ByteBuffer(bytes: Array(line) + [UInt8(ascii: "\n")]), promise: nil)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import Logging
import NIOCore
import NIOWebSocket
public import OperatorAPI
import RatingModel
import ServiceLifecycle
public import WebServing

/// Takes pads that connect in over WebSocket at `/pads/NAME`, and hands what they say on to the core and back.
///
/// The relay reads nothing of a message. A pad's next message is read once the core has the one before, so that a pad which
/// floods waits in its own connection; what the core has for a pad waits until the pad takes it.
public struct PadRelay: Sendable {
    /// How often a pad is asked for a sign of life, and how long it may give none.
    public struct Times: Sendable, Hashable {
        /// Between two pings.
        public var ping: Duration
        /// From the last frame of a pad until its connection is given up.
        public var silence: Duration

        /// Takes the times; a ping every 20 s, and 60 s of silence by default.
        public init(ping: Duration = .seconds(20), silence: Duration = .seconds(60)) {
            self.ping = ping
            self.silence = silence
        }
    }

    private let carrier: any PadCarrier
    private let times: Times
    private let logger: Logger

    /// Names who carries the pads.
    public init(carrier: any PadCarrier, times: Times = Times(), logger: Logger) {
        self.carrier = carrier
        self.times = times
        self.logger = logger
    }

    /// The relay as the server's door.
    public var door: WebSocketDoor {
        WebSocketDoor(mostFrameBytes: RelayLimits.messageBytes) {
            PadAddress($0) != nil
        } serve: { connection, request in
            await serve(connection, request)
        }
    }

    private func serve(_ connection: WebSocketDoor.Connection, _ request: WebSocketRequest) async {
        guard let address = PadAddress(request) else { return }
        let arrival = PadArrival(
            pad: address.name, key: address.key, address: "\(request.client)",
            agent: request.header("User-Agent").map { String($0.prefix(128)) })
        try? await connection.executeThenClose { inbound, outbound in
            let channel = connection.channel
            let pad: CarriedPad
            do throws(GatewayError) {
                pad = try await carrier.letIn(arrival)
            } catch {
                logger.warning(
                    "a pad is turned away",
                    metadata: ["pad": "\(address.name)", "client": "\(request.client)", "code": "\(error.code)"])
                let isRefused = error.code == "web.unknown-pad"
                try await PadFrames.close(isRefused ? .policyViolation : .tryAgainLater, error.code, outbound)
                return
            }
            logger.info("a pad is connected", metadata: ["pad": "\(address.name)", "client": "\(request.client)"])
            defer {
                pad.leave()
                logger.info("a pad is gone", metadata: ["pad": "\(address.name)"])
            }
            await carry(pad, channel, inbound, outbound)
        }
    }

    /// Carries messages both ways until either side ends.
    private func carry(
        _ pad: CarriedPad, _ channel: any Channel, _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) async {
        let life = SignOfLife()
        await withTaskGroup { group in
            group.addTask { await hear(pad, inbound, outbound, life) }
            group.addTask { await speak(pad, outbound) }
            group.addTask { await ping(channel, outbound, life) }
            group.addTask {
                guard (try? await gracefulShutdown()) != nil else { return }
                try? await PadFrames.close(.goingAway, "stopping", outbound)
            }
            await group.next()
            group.cancelAll()
            channel.close(promise: nil)
        }
    }

    /// What the pad says.
    private func hear(
        _ pad: CarriedPad, _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ life: SignOfLife
    ) async {
        var message = PadMessageAssembler()
        do {
            for try await frame in inbound {
                life.give()
                switch message.take(frame) {
                case .nothing: break
                case .message(let text): try await pad.say(text)
                case .pong(let data): try await outbound.write(PadFrames.frame(.pong, data))
                case .end(let code, let reason):
                    try await PadFrames.close(code, reason, outbound)
                    return
                }
            }
        } catch let error as GatewayError {
            // The pad speaks another protocol, or the core took it away: its own events say which.
            let isWrong = error.code == "web.message-too-long" || error.code == "web.bad-message"
            try? await PadFrames.close(isWrong ? .policyViolation : .tryAgainLater, error.code, outbound)
        } catch {
            // The connection broke; there is nobody to tell.
        }
    }

    /// What the core has for the pad.
    private func speak(_ pad: CarriedPad, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>) async {
        for await event in pad.events {
            do {
                switch event {
                case .message(let text): try await outbound.write(PadFrames.frame(.text, ByteBuffer(string: text)))
                case .ended("replaced"): try await PadFrames.close(.normalClosure, "replaced", outbound)
                case .ended(let reason): try await PadFrames.close(.tryAgainLater, reason, outbound)
                }
            } catch { return }
        }
    }

    /// Asks the pad for signs of life; returns when it gives none.
    private func ping(
        _ channel: any Channel, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ life: SignOfLife
    ) async {
        while (try? await Task.sleep(for: times.ping)) != nil {
            if life.silence > times.silence { return }
            guard (try? await outbound.write(PadFrames.frame(.ping, ByteBuffer()))) != nil else { return }
        }
    }
}

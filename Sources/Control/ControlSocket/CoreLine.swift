// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import Logging
import NIOCore
public import OperatorAPI
import RatingModel
import Synchronization

/// The web process's line to the core: what pages and screens ask (``HallAPI/HallService``), and the pads it carries
/// (``OperatorAPI/PadCarrier``), over the socket of WebAPI.md.
///
/// ``run()`` keeps one connection open and makes a new one when the core comes back. Calls of any number of tasks are under
/// way at once, each with a time limit. While the core is away every call throws `web.core-away`; a call whose answer does
/// not come throws `web.core-silent`, and nobody knows whether it was carried out. Both are worded for citizens.
public final class CoreLine: HallService, PadCarrier {
    /// Most calls under way at once; the core takes some more (``HallAPI/HallLimits/requestsInFlight``).
    static let mostCalls = HallLimits.requestsInFlight - 16
    /// Most messages that wait for a pad.
    static let waitingMessages = 64
    /// How long a core that answers nothing may be silent, and how often it is asked for a sign of life.
    private static let (signTime, signPause) = (Duration.seconds(10), Duration.seconds(60))
    private static let (firstPause, lastPause) = (Duration.milliseconds(100), Duration.seconds(5))

    private let path: String
    private let logger: Logger
    private let current = Mutex<CoreConnection?>(nil)
    /// The hall as the core described it last.
    let described = Mutex<HallDescription?>(nil)

    /// Names the core's web socket.
    public init(path: String, logger: Logger) {
        self.path = path
        self.logger = logger
    }

    /// Whether the core is there.
    public var isConnected: Bool { current.withLock { $0 != nil } }

    /// Keeps the line until the task is cancelled.
    public func run() async {
        var pause = Self.firstPause
        var isSaid = false
        while !Task.isCancelled {
            let begun = ContinuousClock.now
            do throws(GatewayError) {
                let connection = try await CoreConnection.open(path)
                isSaid = false
                await keep(connection)
            } catch {
                if !isSaid {
                    logger.warning(
                        "the core is away", metadata: ["socket": "\(path)", "cause": "\(error.cause ?? "")"])
                }
                isSaid = true
            }
            if begun.duration(to: .now) > .seconds(10) { pause = Self.firstPause }
            // Two lines of one process do not come back in the same moment.
            try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
            pause = min(pause * 2, Self.lastPause)
        }
    }

    /// Serves a connection until it is closed.
    private func keep(_ connection: CoreConnection) async {
        let channel = connection.channel
        await withTaskCancellationHandler {
            await withTaskGroup { group in
                group.addTask { try? await channel.closeFuture.get() }
                group.addTask { await self.watch(connection) }
                await group.next()
                group.cancelAll()
                channel.close(promise: nil)
            }
        } onCancel: {
            channel.close(promise: nil)
        }
        current.withLock { $0 = nil }
        connection.end()
    }

    /// Asks for the core's version, now and every minute: it hangs up on who is silent, and a core that is stuck is left.
    private func watch(_ connection: CoreConnection) async {
        while !Task.isCancelled {
            do throws(GatewayError) {
                let core: VersionAnswer = try await connection.call(
                    WebMethod.version.rawValue, NoneAtAll(), within: Self.signTime)
                let isNew = current.withLock { current in
                    defer { current = connection }
                    return current == nil
                }
                if isNew { logger.notice("the core is there", metadata: ["version": "\(core.version)"]) }
            } catch {
                logger.warning("the core does not answer", metadata: ["cause": "\(error.cause ?? "")"])
                return
            }
            try? await Task.sleep(for: Self.signPause)
        }
    }

    /// The line; throws `web.core-away`.
    func connection() throws(GatewayError) -> CoreConnection {
        guard let connection = current.withLock({ $0 }) else { throw .coreAway(cause: "no connection") }
        return connection
    }
}

/// The parameters of a method that has none.
struct NoneAtAll: Codable, Sendable {}

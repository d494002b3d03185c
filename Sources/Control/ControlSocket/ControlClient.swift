// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
public import OperatorAPI
public import RatingModel

/// Asks a running daemon over its control socket, a connection for each request.
///
/// Every call throws the daemon's own `GatewayError` where it refuses, `control.unreachable` where no daemon listens,
/// and `control.no-answer` where it does not answer in time.
public struct ControlClient: Sendable {
    private let path: String
    private let timeout: Duration

    /// Names the daemon's socket and how long an answer may take.
    public init(path: String, timeout: Duration = .seconds(30)) {
        self.path = path
        self.timeout = timeout
    }

    /// The same client, with another limit for an answer.
    public func waiting(atMost timeout: Duration) -> ControlClient { ControlClient(path: path, timeout: timeout) }

    /// Opens a connection to keep, for callers with many requests; they close it.
    public func connect() async throws(GatewayError) -> ControlConnection {
        let (path, timeout) = (path, timeout)
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(TimeAmount(timeout))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            AnswerLineHandler(path: path, timeout: TimeAmount(timeout)))
                    }
                }
                .connect(unixDomainSocketPath: path).get()
            return ControlConnection(channel, path: path)
        } catch let error as IOError {
            throw ControlErrors.unreachable(path, error.errnoCode, cause: systemWords(error.errnoCode))
        } catch {
            throw ControlErrors.unreachable(path, nil, cause: "\(error)")
        }
    }

    /// The gateway now.
    public func status() async throws(GatewayError) -> GatewayStatus {
        try await reading { connection throws(GatewayError) in try await connection.status() }
    }

    /// The gateway's figures in Prometheus' text format.
    public func metrics() async throws(GatewayError) -> String {
        try await reading { connection throws(GatewayError) in try await connection.metrics() }
    }

    /// Asks for what changes nothing. A daemon that stopped between the connection and its answer is asked once more: on a
    /// socket that outlives it, the next one answers; where there is none, that is what is said.
    private func reading<Answer: Sendable>(
        _ ask: (ControlConnection) async throws(GatewayError) -> Answer
    ) async throws(GatewayError) -> Answer {
        let begun = ContinuousClock.now
        do throws(GatewayError) {
            return try await once(ask)
        } catch {
            guard error.code == ControlErrors.noAnswerCode, begun.duration(to: .now) < timeout else { throw error }
            return try await once(ask)
        }
    }

    private func once<Answer: Sendable>(
        _ ask: (ControlConnection) async throws(GatewayError) -> Answer
    ) async throws(GatewayError) -> Answer {
        let connection = try await connect()
        defer { connection.hangUp() }
        return try await ask(connection)
    }

    /// Has the daemon read its configuration anew, and says who wants it.
    public func reload(by user: String? = nil) async throws(GatewayError) -> ReloadReport {
        let connection = try await connect()
        defer { connection.hangUp() }
        return try await connection.reload(by: user)
    }

    /// Opens a session at a window.
    public func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        let connection = try await connect()
        defer { connection.hangUp() }
        return try await connection.openSession(request)
    }
}

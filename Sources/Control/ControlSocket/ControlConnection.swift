// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import NIOCore
public import OperatorAPI
public import RatingModel
import Synchronization

/// A kept connection to a daemon; any number of tasks may ask over it at once.
///
/// The daemon answers the requests of one connection in their order. When the daemon goes, every call fails with
/// `control.no-answer`, and a new connection is needed.
public final class ControlConnection: Sendable {
    private let channel: any Channel
    private let path: String
    private let lastID = Atomic<Int64>(0)

    init(_ channel: any Channel, path: String) {
        self.channel = channel
        self.path = path
    }

    /// The gateway now.
    public func status() async throws(GatewayError) -> GatewayStatus {
        try await call(.status, NoParameters?.none)
    }

    /// The gateway's figures in Prometheus' text format.
    public func metrics() async throws(GatewayError) -> String {
        try await call(.metrics, NoParameters?.none)
    }

    /// Has the daemon read its configuration anew, and says who wants it.
    public func reload(by user: String? = nil) async throws(GatewayError) -> ReloadReport {
        try await call(.reload, user.map { ReloadRequest(user: $0) })
    }

    /// Opens a session at a window; it is on the daemon's disk when this returns.
    public func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        try await call(.openSession, request)
    }

    /// Whether the daemon is still there.
    public var isOpen: Bool { channel.isActive }

    /// Closes the connection and waits until it is closed; calls under way fail.
    public func close() async { try? await channel.close() }

    /// Closes the connection without waiting.
    func hangUp() { channel.close(promise: nil) }

    func call<Result: Decodable & Sendable>(
        _ method: ControlMethod, _ parameters: (some Encodable)?
    ) async throws(GatewayError) -> Result {
        try await call(named: method.rawValue, parameters)
    }

    /// Asks for a method of any role's socket.
    func call<Result: Decodable & Sendable>(
        named method: String, _ parameters: (some Encodable)?
    ) async throws(GatewayError) -> Result {
        let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
        let line: Data
        do {
            line = try JSONEncoder().encode(Request(id: .number(id), method: method, params: parameters))
        } catch {
            throw ControlErrors.badAnswer("\(error)")
        }
        let answer = try await send(Array(line), id: id)
        let body: AnswerBody<Result>
        do {
            body = try JSONDecoder().decode(AnswerBody<Result>.self, from: Data(answer))
        } catch {
            throw ControlErrors.badAnswer("\(error)")
        }
        if let refusal = body.error {
            throw refusal.data?.gatewayError ?? ControlErrors.badAnswer("\(refusal.code) \(refusal.message)")
        }
        guard let result = body.result else { throw ControlErrors.badAnswer("neither result nor error") }
        return result
    }

    private func send(_ line: [UInt8], id: Int64) async throws(GatewayError) -> [UInt8] {
        let answer = channel.eventLoop.makePromise(of: [UInt8].self)
        channel.writeAndFlush(PendingCall(id: id, line: line, answer: answer)).whenFailure { answer.fail($0) }
        do {
            return try await answer.futureResult.get()
        } catch let error as GatewayError {
            throw error
        } catch let error as IOError {
            throw ControlErrors.noAnswer(path, cause: systemWords(error.errnoCode))
        } catch {
            throw ControlErrors.noAnswer(path, cause: "\(error)")
        }
    }
}

/// What a method without parameters is given.
private struct NoParameters: Encodable {}

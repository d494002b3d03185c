// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI
import NIOCore
import NIOPosix
import OperatorAPI
import RatingModel
import Synchronization

/// A connection to the core's web socket: the calls under way, the screens it watches and the pads it carries.
///
/// Whatever an answer names is known before the line behind the answer is looked at, so that no notification is lost.
final class CoreConnection: Sendable {
    /// Is called once, with the line that answers or with why there is none.
    typealias Completion = @Sendable (Result<[UInt8], GatewayError>) -> Void

    private struct State {
        var lastID: Int64 = 0
        var calls: [Int64: (complete: Completion, limit: Scheduled<Void>)] = [:]
        var screens: [UInt64: AsyncStream<ScreenScene>.Continuation] = [:]
        var pads: [UInt64: AsyncStream<CarriedPad.Event>.Continuation] = [:]
        var isOver = false
    }

    let channel: any Channel
    private let state = Mutex(State())

    private init(_ channel: any Channel) { self.channel = channel }

    /// Connects; throws `web.core-away`.
    static func open(_ path: String) async throws(GatewayError) -> CoreConnection {
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(5))
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let connection = CoreConnection(channel)
                        try channel.pipeline.syncOperations.addHandler(CoreLineHandler(connection))
                        return connection
                    }
                }
        } catch let error as IOError {
            throw .coreAway(cause: systemWords(error.errnoCode))
        } catch {
            throw .coreAway(cause: "\(error)")
        }
    }

    // MARK: Calls

    /// Sends a request; `arrived` hears a good answer before anything else is read.
    ///
    /// With `isVital` a core that does not answer in time is hung up on: what the answer would have named is not known then,
    /// and ends with the connection.
    func call<Answered: Decodable & Sendable>(
        _ method: String, _ parameters: some Encodable & Sendable, within time: Duration,
        isVital: Bool = false, arrived: @escaping @Sendable (Answered) -> Void = { _ in }
    ) async throws(GatewayError) -> Answered {
        let promise = channel.eventLoop.makePromise(of: Answered.self)
        do throws(GatewayError) {
            try send(method, parameters, within: time) { [channel] answer in
                do throws(GatewayError) {
                    let result: Answered = try Self.result(of: answer)
                    arrived(result)
                    promise.succeed(result)
                } catch {
                    promise.fail(error)
                    if isVital, error.code == GatewayError.coreSilent(cause: "").code { channel.close(promise: nil) }
                }
            }
        } catch {
            // Nobody else will: NIO ends a process that leaves a promise open.
            promise.fail(error)
            throw error
        }
        do {
            return try await promise.futureResult.get()
        } catch {
            throw error as? GatewayError ?? .coreSilent(cause: "\(error)")
        }
    }

    /// Sends a request whose answer nobody waits for.
    func tell(_ method: String, _ parameters: some Encodable & Sendable) {
        try? send(method, parameters, within: .seconds(10)) { _ in }
    }

    private func send(
        _ method: String, _ parameters: some Encodable & Sendable, within time: Duration,
        _ complete: @escaping Completion
    ) throws(GatewayError) {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        guard let line = try? encoder.encode(Request(id: .number(id), method: method, params: parameters)),
            line.count <= RelayLimits.lineBytes
        else { throw .tooLong }
        let refusal = state.withLock { state -> GatewayError? in
            if state.isOver { return .coreAway(cause: "the connection was closed") }
            if state.calls.count >= CoreLine.mostCalls { return .busy }
            let limit = channel.eventLoop.scheduleTask(in: TimeAmount(time)) { self.expire(id) }
            state.calls[id] = (complete, limit)
            return nil
        }
        if let refusal { throw refusal }
        var buffer = channel.allocator.buffer(capacity: line.count + 1)
        buffer.writeBytes(line)
        buffer.writeInteger(UInt8(ascii: "\n"))
        channel.writeAndFlush(buffer, promise: nil)
    }

    private func expire(_ id: Int64) {
        let call = state.withLock { $0.calls.removeValue(forKey: id) }
        call?.complete(.failure(.coreSilent(cause: "time limit")))
    }

    private static func result<Answered: Decodable>(
        of answer: Result<[UInt8], GatewayError>
    ) throws(GatewayError) -> Answered {
        let body: AnswerBody<Answered>
        do {
            body = try JSONDecoder().decode(AnswerBody<Answered>.self, from: Data(try answer.get()))
        } catch let error as GatewayError {
            throw error
        } catch {
            throw .coreMisunderstood(cause: "the answer cannot be read")
        }
        if let refusal = body.error {
            throw refusal.data?.gatewayError ?? .coreMisunderstood(cause: "\(refusal.code) \(refusal.message)")
        }
        guard let result = body.result else { throw .coreMisunderstood(cause: "neither result nor error") }
        return result
    }

    // MARK: What the core says

    /// Takes a line; answers whether it was one of the core's.
    func take(_ line: [UInt8]) -> Bool {
        let data = Data(line)
        guard let header = try? JSONDecoder().decode(LineHeader.self, from: data) else { return false }
        if let method = header.method { return notice(method, data) }
        // An answer that comes too late has nobody left to hear it.
        guard case .number(let id) = header.id else { return true }
        guard let call = state.withLock({ $0.calls.removeValue(forKey: id) }) else { return true }
        call.limit.cancel()
        call.complete(.success(line))
        return true
    }

    private func notice(_ method: String, _ data: Data) -> Bool {
        func parameters<P: Decodable>(_ type: P.Type) -> P? {
            try? JSONDecoder().decode(RequestParameters<P>.self, from: data).params
        }
        switch method {
        case "screen.show":
            guard let showing = parameters(ScreenShowing.self) else { return false }
            state.withLock { $0.screens[showing.watch] }?.yield(showing.scene)
        case "screen.end":
            guard let watch = parameters(ScreenWatch.self) else { return false }
            state.withLock { $0.screens.removeValue(forKey: watch.watch) }?.finish()
        case "pad.send":
            guard let message = parameters(PadMessage.self) else { return false }
            guard let pad = state.withLock({ $0.pads[message.connection] }) else { return true }
            // Whoever holds the pad's connection takes messages as fast as the pad does; a pad that takes none is given up.
            if case .dropped = pad.yield(.message(message.text)) { leave(pad: message.connection) }
        case "pad.close":
            guard let closing = parameters(PadClosing.self) else { return false }
            endPad(closing.connection, reason: closing.reason)
        default: break  // A newer core may have more to say.
        }
        return true
    }

    // MARK: Screens and pads

    func add(_ scenes: AsyncStream<ScreenScene>.Continuation, watch: UInt64) {
        state.withLock { $0.screens[watch] = scenes }
    }

    func leave(watch: UInt64) {
        guard state.withLock({ $0.screens.removeValue(forKey: watch) }) != nil else { return }
        tell(HallMethod.leaveScreen.rawValue, ScreenWatch(watch: watch))
    }

    func add(_ events: AsyncStream<CarriedPad.Event>.Continuation, pad: UInt64) {
        state.withLock { $0.pads[pad] = events }
    }

    func leave(pad: UInt64) {
        guard let events = state.withLock({ $0.pads.removeValue(forKey: pad) }) else { return }
        events.finish()
        tell(WebMethod.gone.rawValue, PadConnectionName(connection: pad))
    }

    private func endPad(_ pad: UInt64, reason: String) {
        guard let events = state.withLock({ $0.pads.removeValue(forKey: pad) }) else { return }
        events.yield(.ended(reason: reason))
        events.finish()
    }

    /// The core has gone, and with it whatever was under way: nobody knows what became of that.
    func end() {
        let left = state.withLock { state in
            defer { (state.calls, state.screens, state.pads) = ([:], [:], [:]) }
            state.isOver = true
            return state
        }
        for call in left.calls.values {
            call.limit.cancel()
            call.complete(.failure(.coreSilent(cause: "the connection was closed")))
        }
        for scenes in left.screens.values { scenes.finish() }
        for events in left.pads.values {
            events.yield(.ended(reason: "away"))
            events.finish()
        }
    }
}

/// Cuts what the core sends into lines.
private final class CoreLineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var assembler = LineAssembler(limit: RelayLimits.answerBytes)
    private let connection: CoreConnection

    init(_ connection: CoreConnection) { self.connection = connection }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for line in assembler.append(unwrapInboundIn(data).readableBytesView) {
            guard case .whole(let bytes) = line, connection.take(bytes) else {
                context.close(promise: nil)
                return
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// What tells an answer from a notification.
private struct LineHeader: Decodable {
    let id: RequestID?
    let method: String?
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import NIOCore
import RatingModel

/// A request under way, and who waits for its answer.
struct PendingCall: Sendable {
    let id: Int64
    let line: [UInt8]
    let answer: EventLoopPromise<[UInt8]>
}

/// Writes requests and gives each answer to the caller whose id it carries; nobody waits longer than the time limit.
final class AnswerLineHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = PendingCall
    typealias OutboundOut = ByteBuffer

    private let path: String
    private let timeout: TimeAmount
    private var assembler = LineAssembler(limit: Limits.controlLineBytes)
    private var waiting: [Int64: (answer: EventLoopPromise<[UInt8]>, limit: Scheduled<Void>)] = [:]

    init(path: String, timeout: TimeAmount) {
        self.path = path
        self.timeout = timeout
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let call = unwrapOutboundIn(data)
        let late = ControlErrors.noAnswer(path, cause: "time limit of \(timeout.nanoseconds / 1_000_000_000) s")
        let limit = context.eventLoop.scheduleTask(in: timeout) { call.answer.fail(late) }
        waiting[call.id] = (call.answer, limit)
        var buffer = context.channel.allocator.buffer(capacity: call.line.count + 1)
        buffer.writeBytes(call.line)
        buffer.writeInteger(UInt8(ascii: "\n"))
        context.write(wrapOutboundOut(buffer), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for line in assembler.append(unwrapInboundIn(data).readableBytesView) {
            guard case .whole(let bytes) = line,
                let header = try? JSONDecoder().decode(AnswerHeader.self, from: Data(bytes))
            else {
                failAll(ControlErrors.badAnswer("not a JSON-RPC answer"))
                context.close(promise: nil)
                return
            }
            guard case .number(let id) = header.id else {
                failAll(ControlErrors.badAnswer(header.error?.message ?? "an answer without id"))
                continue
            }
            guard let call = waiting.removeValue(forKey: id) else { continue }
            call.limit.cancel()
            call.answer.succeed(bytes)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        failAll(ControlErrors.noAnswer(path, cause: "the connection was closed"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func failAll(_ error: GatewayError) {
        for call in waiting.values {
            call.limit.cancel()
            call.answer.fail(error)
        }
        waiting = [:]
    }
}

/// What tells whose answer it is.
private struct AnswerHeader: Decodable {
    let id: RequestID
    let error: WireError?
}

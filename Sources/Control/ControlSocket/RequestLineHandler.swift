// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Cuts what a client sends into lines and hands them on, one read's worth at a time.
///
/// The channel does not read by itself: after lines were handed on, whoever answers them asks for more, so that a
/// client which floods waits in its own socket buffer.
final class RequestLineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var assembler: LineAssembler
    private var batch: [LineAssembler.Line] = []
    private let lines: AsyncStream<[LineAssembler.Line]>.Continuation

    init(limit: Int, lines: AsyncStream<[LineAssembler.Line]>.Continuation) {
        assembler = LineAssembler(limit: limit)
        self.lines = lines
    }

    func channelActive(context: ChannelHandlerContext) {
        context.read()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        batch += assembler.append(unwrapInboundIn(data).readableBytesView)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if batch.isEmpty {
            context.read()
        } else {
            lines.yield(batch)
            batch = []
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else if case .some(.inputClosed) = event as? ChannelEvent {
            // Scripts close their end after the last request and wait for its answer; they may omit the line feed.
            if let last = assembler.finish() { batch.append(last) }
            if !batch.isEmpty { lines.yield(batch) }
            batch = []
            lines.finish()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        lines.finish()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

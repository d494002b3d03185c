// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import WebConfiguration

/// Keeps a connection's times, next to its socket: hangs up when one is over, and on a client that takes nothing.
final class ConnectionWatchHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Any

    private let stallTime: TimeAmount
    private let cutOff: (ConnectionWatch.State?) -> Void
    private var watch: ConnectionWatch
    private var timer: Scheduled<Void>?
    private var timerFires: NIODeadline?
    private var pendingWrites = 0
    private var lastProgress: NIODeadline

    /// Lets the timer and the promises of writes reach the context for as long as the handler is in a pipeline.
    private final class Box {
        let context: ChannelHandlerContext
        init(_ context: ChannelHandlerContext) { self.context = context }
    }
    private var box: Box?

    /// `cutOff` hears where a connection was that is hung up on for its time; `nil` for a client that takes nothing.
    init(limits: WebLimits, now: NIODeadline = .now(), cutOff: @escaping (ConnectionWatch.State?) -> Void) {
        watch = ConnectionWatch(limits: limits, at: now)
        stallTime = TimeAmount(limits.stallTime)
        lastProgress = now
        self.cutOff = cutOff
    }

    func handlerAdded(context: ChannelHandlerContext) {
        box = Box(context)
        schedule()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        tell(.bytes)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let promise = promise ?? context.eventLoop.makePromise()
        if pendingWrites == 0 { lastProgress = .now() }
        pendingWrites += 1
        promise.futureResult.assumeIsolated().whenComplete { _ in
            self.pendingWrites -= 1
            self.lastProgress = .now()
        }
        context.write(data, promise: promise)
        schedule()
    }

    /// Something happened that is only seen further up the pipeline.
    func tell(_ event: ConnectionWatch.Event) { perform(watch.handle(event, at: .now())) }

    /// The answer's end is about to be written: answers what follows it, to be performed once it is.
    ///
    /// It is said before it is written, because the next request can come out of the pipeline while that is done.
    func tellAnswerEnd(keepsAlive: Bool) -> ConnectionWatch.Action {
        let action = watch.handle(.answerEnd(keepsAlive: keepsAlive), at: .now())
        schedule()
        return action
    }

    func perform(_ action: ConnectionWatch.Action) {
        switch action {
        case .nothing: schedule()
        case .linger:
            box?.context.close(mode: .output, promise: nil)
            schedule()
        case .close: box?.context.close(promise: nil)
        }
    }

    /// Whether what still comes of the request is thrown away.
    var isLingering: Bool { watch.state == .lingering }

    /// One timer for all times: it is set to the earliest, and looks anew when it fires.
    private func schedule() {
        let stall = pendingWrites > 0 ? lastProgress + stallTime : nil
        guard let box, let next = [watch.deadline, stall].compactMap({ $0 }).min() else { return }
        if let timerFires, timerFires <= next { return }
        timer?.cancel()
        timerFires = next
        timer = box.context.eventLoop.assumeIsolated().scheduleTask(deadline: next) { self.look() }
    }

    private func look() {
        (timer, timerFires) = (nil, nil)
        let now = NIODeadline.now()
        let state = watch.state
        if watch.isOver(at: now) {
            // A connection that was only quiet has reached no limit that anybody needs to hear of.
            if state != .quiet, state != .lingering { cutOff(state) }
            box?.context.close(promise: nil)
        } else if pendingWrites > 0, lastProgress + stallTime <= now {
            cutOff(nil)
            box?.context.close(promise: nil)
        } else {
            schedule()
        }
    }

    private func end() {
        timer?.cancel()
        (timer, timerFires, box) = (nil, nil, nil)
    }
}

/// Tells the watch of a connection where its requests are; what is not to be read any more ends here.
final class RequestWatchHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let watch: ConnectionWatchHandler
    private var keepsAlive = true
    /// Whether the connection's last word was said further down: what the router still answers has no request any more.
    private var isOver = false

    init(_ watch: ConnectionWatchHandler) { self.watch = watch }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            keepsAlive = head.isKeepAlive
            watch.tell(.head)
        case .body(let bytes): watch.tell(.body(bytes.readableBytes))
        case .end: watch.tell(.requestEnd)
        }
        if context.channel.isActive, !watch.isLingering { context.fireChannelRead(data) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOver = true
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isOver else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        guard case .end = unwrapOutboundIn(data) else {
            context.write(data, promise: promise)
            return
        }
        let action = watch.tellAnswerEnd(keepsAlive: keepsAlive)
        let promise = promise ?? context.eventLoop.makePromise()
        if action != .nothing {
            promise.futureResult.assumeIsolated().whenComplete { _ in self.watch.perform(action) }
        }
        context.write(data, promise: promise)
    }

    /// A request that is none has been answered by now; nothing more is read of its connection.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else {
            context.fireErrorCaught(error)
            return
        }
        isOver = true
        context.close(promise: nil)
    }
}

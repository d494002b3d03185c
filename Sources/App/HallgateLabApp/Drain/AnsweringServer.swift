// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import RatingModel
import Synchronization

/// A server that accepts ratings as fast as one processor can tell their ids, and answers for each of them.
final class AnsweringServer: Sendable {
    /// What has arrived.
    struct Counts: Sendable, Hashable {
        var batches = 0
        /// Different ids.
        var ratings = 0
        var duplicates = 0
        /// By the machine's monotonic clock, in nanoseconds.
        var firstAt: UInt64 = 0
        var lastAt: UInt64 = 0

        var json: String {
            """
            {"batches":\(batches),"ratings":\(ratings),"duplicates":\(duplicates),"first_ns":\(firstAt),"last_ns":\(lastAt)}
            """
        }
    }

    private let group: MultiThreadedEventLoopGroup
    private let ledger: AnswerLedger

    private init(group: MultiThreadedEventLoopGroup, ledger: AnswerLedger) {
        self.group = group
        self.ledger = ledger
    }

    var counts: Counts { ledger.counts }

    /// Listens on loopback with this certificate; writes the first batches into a directory where one is named.
    static func start(
        certificate: String, key: String, port: Int, keep: (directory: String, batches: Int)?
    ) async throws -> AnsweringServer {
        let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
        let tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        let context = try NIOSSLContext(configuration: tls)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let ledger = AnswerLedger(keep: keep)
        _ = try await ServerBootstrap(group: group)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(AnswerHandler(ledger: ledger))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        return AnsweringServer(group: group, ledger: ledger)
    }

    func stop() async throws { try await group.shutdownGracefully() }
}

/// The ids that came, and when.
final class AnswerLedger: Sendable {
    private struct State {
        var counts = AnsweringServer.Counts()
        var seen: Set<RecordID> = []
    }

    private let state = Mutex(State())
    private let keep: (directory: String, batches: Int)?

    init(keep: (directory: String, batches: Int)?) { self.keep = keep }

    var counts: AnsweringServer.Counts { state.withLock { $0.counts } }

    /// Reads a body's ids and writes the answer for each.
    func answer(_ body: [UInt8]) -> [UInt8] {
        let spans = Self.idSpans(of: body)
        var answer = Array("{\"success\":true,\"results\":[".utf8)
        answer.reserveCapacity(answer.count + spans.count * 96 + 2)
        let number = state.withLock { state in
            let now = monotonicNow()
            if state.counts.batches == 0 { state.counts.firstAt = now }
            state.counts.lastAt = now
            state.counts.batches += 1
            for (index, span) in spans.enumerated() {
                let text = body[span]
                let isNew =
                    RecordID(String(decoding: text, as: UTF8.self)).map { state.seen.insert($0).inserted } ?? false
                if isNew { state.counts.ratings += 1 } else { state.counts.duplicates += 1 }
                answer += index == 0 ? Self.first : Self.next
                answer += text
                answer += isNew ? Self.accepted : Self.duplicate
            }
            return state.counts.batches
        }
        answer += Array("]}".utf8)
        if let keep, number <= keep.batches { write(body, to: "\(keep.directory)/batch-\(number).json") }
        return answer
    }

    private static let first = Array("{\"id\":\"".utf8)
    private static let next = Array(",{\"id\":\"".utf8)
    private static let accepted = Array("\",\"result\":\"accepted\",\"message\":\"\"}".utf8)
    private static let duplicate = Array("\",\"result\":\"duplicate\",\"message\":\"\"}".utf8)
    private static let idBytes = 36

    /// Where the values of the members called `id` stand; the profile's other members have other names.
    private static func idSpans(of body: [UInt8]) -> [Range<Int>] {
        let name = Array("\"id\":\"".utf8)
        var spans: [Range<Int>] = []
        body.withUnsafeBytes { bytes in
            var start = 0
            while start + name.count + idBytes <= bytes.count {
                let isName = bytes[start] == name[0] && bytes[start..<start + name.count].elementsEqual(name)
                guard isName else {
                    start += 1
                    continue
                }
                spans.append(start + name.count..<start + name.count + idBytes)
                start += name.count + idBytes
            }
        }
        return spans
    }

    private func write(_ body: [UInt8], to path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        _ = Glibc.write(file, body, body.count)
        close(file)
    }
}

/// Gathers a request's body and answers it.
private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let ledger: AnswerLedger
    private var body: [UInt8] = []

    init(ledger: AnswerLedger) { self.ledger = ledger }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: body.removeAll(keepingCapacity: true)
        case .body(let part): body.append(contentsOf: part.readableBytesView)
        case .end:
            let answer = body.isEmpty ? [] : ledger.answer(body)
            var head = HTTPResponseHead(version: .http1_1, status: .ok)
            head.headers.add(name: "content-type", value: "application/json")
            head.headers.add(name: "content-length", value: "\(answer.count)")
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// The machine's monotonic clock in nanoseconds, the same for every process.
func monotonicNow() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) &* 1_000_000_000 &+ UInt64(now.tv_nsec)
}

/// Hands standard output over to whoever waits for the line.
func flushOutput() { fflush(nil) }

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing
import WebConfiguration

@testable import WebServing

@Suite struct RequestWatchTests {
    /// A body that breaks off is answered with 400 next to the decoder, while the router may be about to answer as well.
    @Test func whatComesBehindTheLastWordIsNotWritten() throws {
        let channel = EmbeddedChannel()
        let watch = ConnectionWatchHandler(limits: WebLimits()) { _ in }
        try channel.pipeline.syncOperations.addHandlers([
            HTTPServerPipelineHandler(), HTTPServerProtocolErrorHandler(), RequestWatchHandler(watch),
        ])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/echo")
        try channel.writeInbound(HTTPServerRequestPart.head(head))
        channel.pipeline.fireErrorCaught(HTTPParserError.invalidEOFState)
        let answer = HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok))
        #expect(throws: ChannelError.self) { try channel.writeOutbound(answer) }
        var statuses: [HTTPResponseStatus] = []
        while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
            if case .head(let head) = part { statuses.append(head.status) }
        }
        #expect(statuses == [.badRequest])
        _ = try? channel.finish()
    }
}

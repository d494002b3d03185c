// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel
import Testing

@testable import WebServing
import WebConfiguration

@Suite struct StoppingTests {
    @Test func aGracefulStopAnswersWhatIsUnderWay() async throws {
        try await RunningServer.run { server in
            let (quiet, busy) = (try #require(RawClient(server.port)), try #require(RawClient(server.port)))
            await quiet.send("GET /hello HTTP/1.1\r\nHost: hall\r\n\r\n")
            #expect(await quiet.read(until: "hello 127").text.contains("200"))
            await busy.send("GET /slow HTTP/1.1\r\nHost: hall\r\n\r\n")
            try await Task.sleep(for: .milliseconds(100))
            await server.stopGracefully()
            #expect(await quiet.read().hasEnded)
            let answer = await busy.read()
            #expect(answer.hasEnded && answer.text.hasSuffix("slow"))
            #expect(await eventually { RawClient(server.port) == nil })
        }
    }

    @Test func whoeverIsLeftIsHungUpOn() async throws {
        var limits = WebLimits()
        limits.drainTime = .milliseconds(300)
        try await RunningServer.run(limits) { server in
            let client = try #require(RawClient(server.port))
            await client.send("GET /live HTTP/1.1\r\nHost: hall\r\n\r\n")
            #expect(await client.read(until: "data: 1\n").hasEnded == false)
            await server.stopGracefully()
            #expect(await client.read().hasEnded)
        }
    }

    @Test func anInheritedListenerStaysOpenForTheNextProcess() async throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        #expect(listen(listener, 16) == 0)
        for _ in 1...2 {
            let copy = dup(listener)
            try await RunningServer.run(listener: .inherited(descriptor: copy)) { server in
                #expect(server.port > 0)
                try await server.expect(.suffix("hello 127.0.0.1"), "GET /hello")
                await server.stopGracefully()
            }
        }
        // Nobody serves it now, and a client still gets a connection that the next one will answer.
        var (address, length) = ([UInt8](repeating: 0, count: 128), socklen_t(128))
        _ = address.withUnsafeMutableBytes { bytes in
            getsockname(listener, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
        }
        // sockaddr_in has the port in its third and fourth byte, in the network's order (ip(7)).
        let port = Int(address[2]) << 8 | Int(address[3])
        let early = try #require(RawClient(port))
        await early.send("GET /hello HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n")
        try await RunningServer.run(listener: .inherited(descriptor: dup(listener))) { _ in
            let answer = await early.read()
            #expect(answer.text.hasSuffix("hello 127.0.0.1"))
        }
    }

    @Test func aPortThatIsTakenIsSaid() async throws {
        try await RunningServer.run { server in
            let other = WebServer(
                listener: .address(host: "127.0.0.1", port: server.port), logger: KeptLog().logger, routes: { _ in })
            let error = await #expect(throws: GatewayError.self) { try await other.run() }
            #expect(error?.code == "web.cannot-listen")
        }
    }
}

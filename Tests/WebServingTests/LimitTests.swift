// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import Testing

@testable import WebServing
import WebConfiguration

@Suite struct LimitTests {
    private static func limits(_ change: (inout WebLimits) -> Void) -> WebLimits {
        var limits = WebLimits()
        change(&limits)
        return limits
    }

    @Test func aHeadThatTricklesInIsCutOff() async throws {
        let log = KeptLog()
        try await RunningServer.run(Self.limits { $0.headTime = .seconds(1) }, log: log) { server in
            let begun = ContinuousClock.now
            let client = try #require(RawClient(server.port))
            var sent = 0
            // A byte whenever there is time for one: a server that counted silence would never see any.
            for byte in "GET /hello HTTP/1.1\r\nX-Trickle: " + String(repeating: "a", count: 10_000) {
                guard await client.send(String(byte)), !client.isOver else { break }
                sent += 1
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(client.isOver && sent < 9000)
            #expect(begun.duration(to: .now) >= .seconds(1))
            #expect(log.lines.contains { $0.contains("a limit is reached") && $0.contains("limit=head_time") })
        }
    }

    @Test func aConnectionThatSaysNothingIsCutOff() async throws {
        try await RunningServer.run(Self.limits { $0.headTime = .milliseconds(500) }) { server in
            let client = try #require(RawClient(server.port))
            #expect(await client.read() == ("", true))
        }
    }

    @Test func aQuietConnectionIsCutOffBehindItsAnswer() async throws {
        try await RunningServer.run(Self.limits { $0.idleTime = .milliseconds(500) }) { server in
            let client = try #require(RawClient(server.port))
            await client.send("GET /hello HTTP/1.1\r\nHost: hall\r\n\r\n")
            #expect(await client.read(until: "hello 127.0.0.1").hasEnded == false)
            #expect(await client.read() == ("", true))
        }
    }

    @Test func aBodyThatTricklesInIsCutOff() async throws {
        try await RunningServer.run(Self.limits { $0.bodyTime = .seconds(1) }) { server in
            let client = try #require(RawClient(server.port))
            await client.send("POST /echo HTTP/1.1\r\nHost: hall\r\nContent-Length: 1000\r\n\r\n")
            var sent = 0
            while sent < 900, await client.send("a"), !client.isOver {
                sent += 1
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(client.isOver && sent < 900)
        }
    }

    @Test func aBodyOverTheLimitIsRefusedAndReadNoFurther() async throws {
        try await RunningServer.run(Self.limits { $0.bodyBytes = 1000 }) { server in
            let stated = try await server.ask("POST /echo", ["Content-Length: 1000000"], body: "a")
            #expect(stated.hasPrefix("HTTP/1.1 413 ") && stated.contains("提交的内容过大"))
            let chunk = "400\r\n" + String(repeating: "a", count: 1024) + "\r\n"
            let chunked = try await server.ask(
                "POST /echo", ["Transfer-Encoding: chunked"], body: chunk + chunk + "0\r\n\r\n")
            #expect(chunked.hasPrefix("HTTP/1.1 413 "))
            // A body without an end ends the connection.
            let client = try #require(RawClient(server.port))
            await client.send("POST /echo HTTP/1.1\r\nHost: hall\r\nTransfer-Encoding: chunked\r\n\r\n")
            #expect(await eventually { await client.send(chunk) == false })
            try await server.expect(.suffix("abc"), "POST /echo", ["Content-Length: 3"], body: "abc")
        }
    }

    @Test func aHeadOverTheLimitIsRefused() async throws {
        try await RunningServer.run { server in
            for head in [
                "GET /hello HTTP/1.1\r\nX: " + String(repeating: "a", count: 100_000) + "\r\n\r\n",
                "GET /hello HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 1000) + "\r\n",
                "GET /" + String(repeating: "a", count: 200_000) + " HTTP/1.1\r\n\r\n",
            ] {
                let client = try #require(RawClient(server.port))
                await client.send(head)
                let answer = await client.read()
                #expect(answer.hasEnded && !answer.text.hasPrefix("HTTP/1.1 200"), "\(answer.text.prefix(100))")
            }
        }
    }

    @Test func aClientThatTakesNothingIsCutOff() async throws {
        let log = KeptLog()
        try await RunningServer.run(Self.limits { $0.stallTime = .seconds(1) }, log: log) { server in
            let client = try #require(RawClient(server.port, receiveBuffer: 4096))
            await client.send("GET /endless HTTP/1.1\r\nHost: hall\r\n\r\n")
            #expect(await eventually { log.lines.contains { $0.contains("limit=stall_time") } })
        }
    }

    @Test func aLiveAnswerGoesOnForAsLongAsItIsTaken() async throws {
        let limits = Self.limits {
            ($0.idleTime, $0.headTime, $0.bodyTime, $0.stallTime) =
                (.milliseconds(300), .milliseconds(300), .milliseconds(300), .milliseconds(300))
        }
        try await RunningServer.run(limits) { server in
            let client = try #require(RawClient(server.port))
            await client.send("GET /live HTTP/1.1\r\nHost: hall\r\n\r\n")
            #expect(await client.read(until: "data: 60\n").hasEnded == false)
        }
    }

    @Test func connectionsAreLimitedForAnAddressAndInAll() async throws {
        let limits = Self.limits { ($0.connectionsPerAddress, $0.connections) = (3, 5) }
        try await RunningServer.run(limits) { server in
            func open(_ address: String) -> RawClient? { RawClient(server.port, from: address) }
            func isServed(_ client: RawClient?) async -> Bool {
                guard let client else { return false }
                await client.send("GET /hello HTTP/1.1\r\nHost: hall\r\n\r\n")
                return await client.read(until: "\r\n\r\nhello").text.contains("hello 127")
            }
            var first: [RawClient] = []
            for _ in 0..<3 {
                let client = try #require(open("127.0.0.1"))
                #expect(await isServed(client))
                first.append(client)
            }
            #expect(await !isServed(open("127.0.0.1")))
            // Another address is not in its way, until all places are taken.
            let others = try [#require(open("127.0.0.2")), #require(open("127.0.0.3"))]
            for other in others { #expect(await isServed(other)) }
            #expect(await !isServed(open("127.0.0.4")))
            // A place that is left is there for the next.
            first.removeLast()
            #expect(
                await eventually { await isServed(open("127.0.0.1")) })
        }
    }

    @Test func aTrustedProxyIsOneAddressForManyClients() async throws {
        let limits = Self.limits { ($0.connectionsPerAddress, $0.requestBurst, $0.requestsPerSecond) = (1, 2, 0.01) }
        try await RunningServer.run(limits, proxies: ["127.0.0.1"]) { server in
            let held = (0..<5).compactMap { _ in RawClient(server.port) }
            #expect(held.count == 5)
            for client in 1...5 {
                for request in 1...3 {
                    let answer = try await server.ask("GET /hello", ["X-Forwarded-For: 203.0.113.\(client)"])
                    #expect(answer.hasPrefix(request < 3 ? "HTTP/1.1 200" : "HTTP/1.1 429"))
                }
            }
        }
    }

    @Test func whoAsksTooOftenIsToldWhenToComeAgain() async throws {
        let log = KeptLog()
        let limits = Self.limits { ($0.requestBurst, $0.requestsPerSecond) = (5, 0.001) }
        try await RunningServer.run(limits, log: log) { server in
            var refused = ""
            for number in 1...20 {
                let answer = try await server.ask("GET /hello")
                #expect(answer.hasPrefix(number <= 5 ? "HTTP/1.1 200" : "HTTP/1.1 429"))
                refused = answer
            }
            let wait = refused.lowercased().split(separator: "\r\n").first { $0.hasPrefix("retry-after: ") }
            let seconds = try #require(wait.flatMap { Int($0.dropFirst("retry-after: ".count)) })
            #expect((500...1000).contains(seconds) && refused.contains("来自此处的请求过多"))
            try await server.expect(.prefix("HTTP/1.1 200"), "GET /hello", from: "127.0.0.9")
            // A flood is one line a minute.
            #expect(log.lines.filter { $0.contains("limit=requests_per_second") }.count == 1)
        }
    }
}

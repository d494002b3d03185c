// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPSUplink
import HallgateTesting
import NIOCore
import RatingModel
import StandInRegion
import Testing
import UplinkAPI

extension LineTests {
    /// A region, or something in its place, that misbehaves below the level of its answers.
    @Suite struct BadRegionTests {
        private static let good = "HTTP/1.1 200 OK\r\ncontent-length: "

        private func report(_ steps: [ScriptedServer.Step], limit: Duration = .seconds(5)) async throws
            -> DeliveryReport
        {
            let ca = try sharedCA.get()
            var report: DeliveryReport?
            try await ScriptedServer.run(steps, certificate: ca.serverCertificate, key: ca.serverKey) { server in
                report = try await withUplink(server.url, { $0.requestTimeout = limit }) {
                    await $0.deliver(samples(1...3))
                }
            }
            return try #require(report)
        }

        @Test(arguments: [
            "\u{16}\u{3}\u{1}garbage\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnone",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
        ]) func nonsense(_ answer: String) async throws {
            let report = try await report([.send(answer), .close])
            #expect(report.failure != nil, "\(report)")
            #expect(report.mayHaveArrived == true)
        }

        @Test func halfAnAnswer() async throws {
            for end in [ScriptedServer.Step.close, .cut] {
                let report = try await report([.send(Self.good + "400\r\n\r\n{\"success\":true,\"resul"), end])
                #expect(report.failure?.code == "uplink.broken-off", "\(report)")
                #expect(report.mayHaveArrived == true)
            }
        }

        @Test func noAnswerAtAll() async throws {
            for end in [ScriptedServer.Step.close, .cut] {
                let report = try await report([end])
                #expect(report.failure?.code == "uplink.broken-off", "\(report)")
                #expect(report.mayHaveArrived == true)
            }
        }

        @Test func anEndlessAnswerIsCutOff() async throws {
            let flood = String(repeating: "x", count: 60_000)
            let report = try await report([.send("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"), .flood(flood)])
            #expect(report.failure?.code == "uplink.answer-too-long", "\(report)")
        }

        @Test func endlessHeadersAreCutOff() async throws {
            let report = try await report([
                .send("HTTP/1.1 200 OK\r\n"), .flood("x-filler: " + String(repeating: "x", count: 9000) + "\r\n"),
            ])
            #expect(report.failure != nil, "\(report)")
        }

        @Test func anAnswerDrippedOutIsCutOff() async throws {
            let start = ContinuousClock.now
            for steps in [
                [ScriptedServer.Step.drip(Self.good + "4000\r\n\r\n", every: .milliseconds(60))],
                [
                    .send(Self.good + "4000\r\n\r\n"),
                    .drip(String(repeating: " ", count: 4000), every: .milliseconds(60)),
                ],
                [],
            ] {
                let report = try await report(steps, limit: .milliseconds(600))
                #expect(report.failure?.code == "uplink.timed-out", "\(report)")
                #expect(report.mayHaveArrived == true)
            }
            #expect(start.duration(to: .now) < .seconds(15))
        }

        @Test func aRedirectIsNotFollowed() async throws {
            let ca = try sharedCA.get()
            try await withRegion { elsewhere in
                let answer =
                    "HTTP/1.1 307 Temporary Redirect\r\nlocation: \(elsewhere.evaluateURL)\r\ncontent-length: 0\r\n\r\n"
                try await ScriptedServer.run([.send(answer)], certificate: ca.serverCertificate, key: ca.serverKey) {
                    server in
                    let report = try await withUplink(server.url) { await $0.deliver(samples(1...3)) }
                    #expect(report.failure?.code == "uplink.redirected")
                }
                #expect(try await elsewhere.counts().received == 0)
            }
        }

        @Test func theConnectionIsKeptAndTheTokenSent() async throws {
            let ca = try sharedCA.get()
            let token = ca.directory + "/token"
            try writeFile(token, "s3cret-token\n")
            let answer = Self.good + "2\r\n\r\n{}"
            try await ScriptedServer.run([.send(answer)], certificate: ca.serverCertificate, key: ca.serverKey) {
                server in
                try await withUplink(server.url, { $0.tokenFile = token }) { uplink in
                    for number in 1...5 {
                        let report = await uplink.deliver(samples(number...number))
                        #expect(report.failure?.code == "uplink.answer-unreadable")
                        #expect(!"\(report)".contains("s3cret"))
                    }
                }
                #expect(server.connections == 1)
                #expect(server.requests.count == 5)
                for request in server.requests {
                    #expect(request.hasPrefix("POST /evaluate HTTP/1.1\r\n"))
                    #expect(request.lowercased().contains("authorization: bearer s3cret-token\r\n"))
                    #expect(request.lowercased().contains("content-type: application/json\r\n"))
                }
            }
        }

        @Test func aPortWithoutTLS() async throws {
            try await ScriptedServer.run([.close], certificate: nil, key: "") { server in
                // It never sees a complete request and says nothing: the client's limits end it.
                let report = try await withUplink(server.url, { $0.connectTimeout = .milliseconds(500) }) {
                    await $0.deliver(samples(1...1))
                }
                #expect(report.failure != nil)
                #expect(report.mayHaveArrived == false, "\(report)")
            }
        }

        @Test func nobodyListens() async throws {
            let report = try await withUplink("https://127.0.0.1:1/evaluate") { await $0.deliver(samples(1...1)) }
            #expect(report.failure?.code == "uplink.not-connected", "\(report)")
            #expect(report.mayHaveArrived == false)
            let unknown = try await withUplink("https://region.invalid/evaluate") { await $0.deliver(samples(1...1)) }
            #expect(unknown.failure?.code == "uplink.not-connected", "\(unknown)")
            #expect(unknown.mayHaveArrived == false)
        }
    }
}

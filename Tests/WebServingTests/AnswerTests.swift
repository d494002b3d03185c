// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import RatingModel
import Testing

@testable import WebServing

@Suite struct AnswerTests {
    @Test func aPageIsServedWithTheHeadersOfEveryAnswer() async throws {
        try await RunningServer.run { server in
            for line in ["GET /hello", "GET /nowhere", "GET /broken", "POST /hello", "GET /q/4711", "GET /cookie"] {
                let answer = try await server.ask(line).lowercased()
                for words in [
                    "content-security-policy: default-src 'none'; script-src 'self'", "frame-ancestors 'none'",
                    "x-frame-options: deny", "x-content-type-options: nosniff", "referrer-policy: no-referrer",
                    "permissions-policy: ",
                    "cache-control: no-store", "x-request-id: ", "date: ",
                ] { #expect(answer.contains(words), "\(line): \(words)") }
                #expect(!answer.contains("set-cookie"))
            }
            try await server.expect(.suffix("\r\n\r\nhello 127.0.0.1"), "GET /hello")
        }
    }

    @Test func aPageNamesWhoMayFrameItAndNothingElse() async throws {
        let policies = [
            "frame-ancestors https://a.example http://192.0.2.7:8600": "https://a.example http://192.0.2.7:8600",
            "default-src *; frame-ancestors https://a.example; script-src *": "https://a.example",
            "frame-ancestors 'none'": "'none'", "frame-ancestors *": "'none'", "frame-ancestors": "'none'",
            "frame-ancestors https://*.example": "'none'", "frame-ancestors https:": "'none'",
            "frame-ancestors https://a.example 'self'": "'none'", "script-src *": "'none'",
        ]
        let names = policies.keys.sorted()
        try await RunningServer.run(
            routes: { router in
                for (number, policy) in names.enumerated() {
                    router.get("/framed/\(number)") { _, _ in
                        Response(status: .ok, headers: [.contentSecurityPolicy: policy])
                    }
                }
            }
        ) { server in
            for (number, policy) in names.enumerated() {
                let answer = try await server.ask("GET /framed/\(number)").lowercased()
                let framers = try #require(policies[policy])
                #expect(
                    answer.contains(
                        "\r\ncontent-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; "
                            + "img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; "
                            + "form-action 'self'; base-uri 'none'; frame-ancestors \(framers)\r\n"),
                    "\(policy): \(answer)")
                #expect(answer.contains("x-frame-options: deny") == (framers == "'none'"), "\(policy)")
                #expect(answer.components(separatedBy: "content-security-policy:").count == 2)
            }
        }
    }

    @Test func whatIsNotThereIsAPlainPage() async throws {
        try await RunningServer.run { server in
            let missing = try await server.ask("GET /nowhere?code=1")
            #expect(
                missing.hasPrefix("HTTP/1.1 404 ") && missing.contains("没有这个页面") && missing.contains("no such page"))
            let wrong = try await server.ask("DELETE /hello")
            #expect(wrong.hasPrefix("HTTP/1.1 405 ") && wrong.lowercased().contains("\r\nallow: get, head\r\n"))
            try await server.expect(.part("\r\nAllow: GET, HEAD\r\n"), "PUT /q/12")
            let json = try await server.ask("GET /nowhere", ["Accept: application/json"])
            #expect(json.contains(#""code":"web.not-found""#))
            try await server.expect(.part(#"{"error":{"code":"web.not-found""#), "GET /api/nowhere")
            try await server.expect(.part(#"{"code":"web.not-found""#), "GET /business/v1/nowhere")
        }
    }

    @Test func aProgramIsAnsweredInItsOwnWords() async throws {
        try await RunningServer.run(
            routes: { router in
                for path in ["/business/v1/sessions", "/ingest/v1/ratings"] {
                    router.post(RouterPath(path)) { _, _ in Response(status: .ok) }
                }
            }
        ) { server in
            for path in ["/business/v1/sessions", "/ingest/v1/ratings"] {
                for (line, status, words) in [
                    ("GET \(path)", 405, "此接口不支持该方法"), ("DELETE \(path)", 405, "use POST"),
                    ("GET \(path)x", 404, "没有这个接口"),
                ] {
                    let answer = try await server.ask(line, ["Accept: text/html"])
                    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(line)")
                    #expect(answer.contains("\r\nContent-Type: application/json; charset=utf-8\r\n"), "\(line)")
                    #expect(answer.contains(words) && !answer.contains("扫码") && !answer.contains("desk"), "\(answer)")
                    #expect(answer.contains("\r\nAllow: ") == (status == 405), "\(line)")
                    // The business system's form has no frame around the error.
                    #expect(answer.contains(#"{"error":{"code""#) == path.hasPrefix("/ingest"), "\(line)")
                }
            }
            for path in ["/business", "/ingest", "/api/x"] {
                #expect(try await server.ask("GET \(path)").contains("没有这个接口"), "\(path)")
            }
            #expect(try await server.ask("GET /businesses").contains("没有这个页面"))
        }
    }

    @Test func aHeadIsAnsweredWithoutABody() async throws {
        try await RunningServer.run { server in
            let answer = try await server.ask("HEAD /hello")
            #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.hasSuffix("\r\n\r\n"))
            #expect(answer.lowercased().contains("content-length: 15"))
            let missing = try await server.ask("HEAD /nowhere")
            #expect(missing.hasPrefix("HTTP/1.1 404 ") && missing.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func aRefusalIsAPageWithItsReasonAndNothingOfOurs() async throws {
        try await RunningServer.run { server in
            let answer = try await server.ask("GET /q/4711")
            #expect(answer.hasPrefix("HTTP/1.1 410 ") && answer.contains("二维码已过期"))
            #expect(answer.contains("The code &lt;has&gt; run out") && !answer.contains("secret-of-ours"))
            let broken = try await server.ask("GET /broken")
            #expect(broken.hasPrefix("HTTP/1.1 500 ") && broken.contains("系统出现错误") && !broken.contains("Broken"))
        }
    }

    @Test func whatMayGoWellLaterSaysWhenToComeAgain() async throws {
        try await RunningServer.run(
            routes: { router in
                router.get("/fast") { _, _ -> String in
                    throw GatewayError("rating.too-fast", LocalText("too fast", "过快"), hint: LocalText("wait", "请稍候"))
                }
                router.get("/known") { _, _ -> String in
                    throw GatewayError(
                        "rating.too-fast", LocalText("too fast", "过快"), hint: LocalText("wait", "请稍候"),
                        retryAfterSeconds: 17)
                }
                router.get("/away") { _, _ in Response(status: .serviceUnavailable, headers: [.retryAfter: "7"]) }
            }
        ) { server in
            let fast = try await server.ask("GET /fast")
            #expect(fast.hasPrefix("HTTP/1.1 429 ") && fast.contains("\r\nRetry-After: 5\r\n"), "\(fast)")
            try await server.expect(.part("\r\nRetry-After: 17\r\n"), "GET /known")
            let away = try await server.ask("GET /away")
            #expect(away.hasPrefix("HTTP/1.1 503 ") && away.contains("\r\nRetry-After: 7\r\n"), "\(away)")
            #expect(away.contains("暂时无法使用") && away.contains("not possible right now"), "\(away)")
        }
    }

    @Test func aStatusWithoutABodyHasItsOwnWords() async throws {
        try await RunningServer.run(
            routes: { router in
                for (path, status) in [
                    ("/forbidden", HTTPResponse.Status.forbidden), ("/away", .serviceUnavailable),
                    ("/fast", .tooManyRequests), ("/bad", .badRequest),
                ] { router.get(RouterPath(path)) { _, _ in Response(status: status) } }
            }
        ) { server in
            for (path, words) in [
                ("/forbidden", "没有权限"), ("/away", "暂时无法使用"), ("/fast", "请求过多"), ("/bad", "无法读取该请求"),
            ] {
                let page = try await server.ask("GET \(path)")
                #expect(page.contains(words), "\(page)")
                #expect(page.contains("无法读取该请求") == (path == "/bad"))
            }
        }
    }

    @Test func whatIsNoRequestIsRefused() async throws {
        try await RunningServer.run { server in
            for text in [
                "\u{16}\u{3}\u{1}\u{0}hello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\0\r\n\r\n",
            ] {
                let client = try #require(RawClient(server.port))
                await client.send(text)
                let answer = await client.read()
                #expect(answer.hasEnded && answer.text.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            }
            try await server.expect(.prefix("HTTP/1.1 200 "), "GET /hello")
        }
    }

    @Test func requestsOfAConnectionAreAnsweredInTheirOrder() async throws {
        try await RunningServer.run { server in
            let client = try #require(RawClient(server.port))
            let head = " HTTP/1.1\r\nHost: hall\r\n"
            await client.send(
                "GET /slow\(head)\r\nGET /hello\(head)\r\nPOST /echo\(head)Content-Length: 3\r\n\r\nabc"
                    + "GET /nowhere\(head)Connection: close\r\n\r\n")
            let text = await client.read().text
            let places = ["slow", "hello 127.0.0.1", "abc", "没有这个页面"].compactMap {
                text.range(of: "\r\n\r\n" + $0)?.lowerBound
            }
            let page = text.range(of: "没有这个页面")?.lowerBound
            #expect(places.count == 3 && places == places.sorted() && page.map { $0 > places[2] } == true, "\(text)")
        }
    }

    @Test func theLogHoldsNoCodeAndNoQuery() async throws {
        let log = KeptLog()
        try await RunningServer.run(log: log) { server in
            _ = try await server.ask("GET /q/code-of-a-citizen?key=key-of-a-screen")
            _ = try await server.ask("GET /hello?key=key-of-a-screen")
            _ = try await server.ask("GET /nowhere/code-of-a-citizen")
        }
        let lines = log.lines
        #expect(
            lines.contains { $0.contains("answered") && $0.contains("route=/q/{code}") && $0.contains("status=410") })
        #expect(lines.contains { $0.contains("status=404") && $0.contains("route=none") }, "\(lines)")
        #expect(!lines.contains { $0.contains("code-of-a-citizen") || $0.contains("key-of-a-screen") })
    }

    @Test func aProxyOfTheSiteSaysWhoAsks() async throws {
        try await RunningServer.run(proxies: ["127.0.0.1"]) { server in
            try await server.expect(.suffix("hello 203.0.113.9"), "GET /hello", ["X-Forwarded-For: 203.0.113.9"])
            try await server.expect(
                .suffix("hello 127.0.0.2"), "GET /hello", ["X-Forwarded-For: 203.0.113.9"], from: "127.0.0.2")
        }
    }

    @Test func timesAreWrittenAsHTTPDoes() {
        #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.text(1_772_323_200) == "Sun, 01 Mar 2026 00:00:00 GMT")
    }
}

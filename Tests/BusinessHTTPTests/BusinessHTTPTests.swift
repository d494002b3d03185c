// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdTesting
import NIOCore
import OperatorAPI
import RatingModel
import Synchronization
import Testing

@testable import BusinessHTTP

/// A core that knows one client, and keeps what it was asked.
private final class StubDoor: BusinessDoor, BusinessOperations {
    let asked = Mutex<[String]>([])
    let refusal: GatewayError?

    init(refusing refusal: GatewayError? = nil) { self.refusal = refusal }

    func admit(_ caller: BusinessCaller) async throws(GatewayError) -> any BusinessOperations {
        guard caller == BusinessCaller(client: "queue", key: "right", address: "192.0.2.7") else {
            throw error("business.unknown-client")
        }
        return self
    }

    private func note(_ words: String) throws(GatewayError) {
        if let refusal { throw refusal }
        asked.withLock { $0.append(words) }
    }

    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        try note("open \(request.window) \(request.projectNumber ?? "-") \(request.timeoutSeconds ?? 0)")
        return SessionTicket(session: 2417, promptedPads: 1)
    }

    func prompt(_ request: PromptRequest) async throws(GatewayError) -> SessionTicket {
        try note("prompt \(request.session) \(request.timeoutSeconds ?? 0)")
        return SessionTicket(session: request.session, promptedPads: 0)
    }

    func cancel(_ request: SessionName) async throws(GatewayError) -> SessionState {
        try note("cancel \(request.session)")
        return SessionState(session: request.session, result: .cancelled)
    }

    func close(_ request: SessionName) async throws(GatewayError) -> SessionState {
        try note("close \(request.session)")
        return SessionState(session: request.session, result: .answered)
    }

    func result(_ request: SessionName) async throws(GatewayError) -> SessionState {
        try note("result \(request.session)")
        return SessionState(session: request.session, result: .waiting)
    }

    func code(_ request: SessionCodeRequest) async throws(GatewayError) -> SessionCode {
        try note("code \(request.session) \(request.form?.rawValue ?? "-")")
        return SessionCode(session: request.session, owner: .hall, text: "https://h/r/1", expiresInSeconds: 60)
    }

    func pause(_ request: WindowName) async throws(GatewayError) -> WindowState {
        try note("pause \(request.window)")
        return WindowState(window: request.window, isPaused: true)
    }

    func resume(_ request: WindowName) async throws(GatewayError) -> WindowState {
        try note("resume \(request.window)")
        return WindowState(window: request.window, isPaused: false)
    }

    func callTicket(_ request: TicketCall) async throws(GatewayError) -> WindowState {
        try note("ticket \(request.window) \(request.ticket ?? "-") \(request.waiting ?? -1)")
        return WindowState(window: request.window, isPaused: false, ticket: request.ticket)
    }
}

private func error(_ code: String, cause: String? = nil, retryAfter: Int? = nil) -> GatewayError {
    GatewayError(
        code, LocalText("words", "内容"), cause: cause, hint: LocalText("hint", "提示"), retryAfterSeconds: retryAfter)
}

private let right: HTTPFields = {
    var fields: HTTPFields = [.authorization: "Bearer right", .contentType: "application/json"]
    fields[BusinessAPI.clientName] = "queue"
    return fields
}()

private struct Answered: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String
}

private func ask(
    _ door: StubDoor, _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: HTTPFields = right
) async throws -> Answered {
    let router = Router()
    addBusinessAPI(to: router, door: door) { _ in "192.0.2.7" }
    return try await Application(router: router).test(.router) { client in
        try await client.execute(
            uri: "/business/v1" + path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
        ) { Answered(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body)) }
    }
}

@Suite struct BusinessHTTPTests {
    @Test(arguments: [
        (HTTPRequest.Method.post, "/sessions/7/prompt", #"{"timeoutSeconds":20}"#, "prompt 7 20", #""session":7"#),
        (.post, "/sessions/7/prompt", "", "prompt 7 0", #""promptedPads":0"#),
        (.post, "/sessions/7/cancel", "", "cancel 7", #""result":"cancelled""#),
        (.post, "/sessions/7/close", "", "close 7", #""result":"answered""#),
        (.get, "/sessions/4294967295", "", "result 4294967295", #""result":"waiting""#),
        (.get, "/sessions/7/code", "", "code 7 -", #""owner":"hall""#),
        (.get, "/sessions/7/code?form=png", "", "code 7 png", #""text":"https://h/r/1""#),
        (.post, "/windows/A01/pause", "", "pause A01", #""isPaused":true"#),
        (.post, "/windows/%E7%BB%BC1/resume", "", "resume 综1", #""window":"综1""#),
        (.post, "/windows/A01/ticket", #"{"ticket":"B012","waiting":7}"#, "ticket A01 B012 7", #""ticket":"B012""#),
        (.post, "/windows/A01/ticket", "", "ticket A01 - -1", #""window":"A01""#),
    ]) func `each request reaches its method`(
        _ method: HTTPRequest.Method, _ path: String, _ body: String, _ asked: String, _ words: String
    ) async throws {
        let door = StubDoor()
        let answer = try await ask(door, method, path, body.isEmpty ? nil : body)
        #expect(answer.status == 200 && answer.text.contains(words), "\(answer)")
        #expect(answer.headers[.contentType] == "application/json" && answer.headers[.cacheControl] == "no-store")
        #expect(door.asked.withLock { $0 } == [asked])
    }

    @Test func `a picture in no known form is not handed on`() async throws {
        let door = StubDoor()
        for path in ["/sessions/7/code?form=gif", "/sessions/7/code?form="] {
            let answer = try await ask(door, .get, path)
            #expect(answer.status == 400 && answer.text.contains("none of text, png, svg"), "\(answer)")
        }
        #expect(try await ask(door, .get, "/sessions/x/code").status == 404)
        #expect(door.asked.withLock { $0 }.isEmpty)
        for code in ["code.no-slip-codes", "code.no-region-code", "hall.no-pages"] {
            #expect(try await ask(StubDoor(refusing: error(code)), .get, "/sessions/7/code").status == 404)
        }
        #expect(try await ask(StubDoor(refusing: error("uplink.overloaded")), .get, "/sessions/7/code").status == 503)
    }

    @Test func `an opened session says where it is found`() async throws {
        let door = StubDoor()
        let answer = try await ask(
            door, .post, "/sessions", #"{"window":"A01","projectNumber":"P1","serviceNumber":"1"}"#)
        #expect(answer.status == 201 && answer.text == #"{"promptedPads":1,"session":2417}"#)
        #expect(answer.headers[.location] == "/business/v1/sessions/2417")
        #expect(door.asked.withLock { $0 } == ["open A01 P1 0"])
    }

    @Test(arguments: [
        ("/sessions", "", 400, "business.bad-request"), ("/sessions", "{", 400, "business.bad-request"),
        ("/sessions", #"{"ticket":"B1"}"#, 400, "window is missing"),
        ("/sessions", #"{"window":7}"#, 400, "window is not a String"),
        ("/sessions/7/prompt", #"{"timeoutSeconds":"x"}"#, 400, "timeoutSeconds is not"),
        ("/sessions/-7/cancel", "", 404, "session.unknown"), ("/sessions/+7/cancel", "", 404, "session.unknown"),
        ("/sessions/4294967296/close", "", 404, "session.unknown"),
        ("/windows/%E7/pause", "", 404, "session.unknown-window"),
        ("/windows/%zz/pause", "", 404, "session.unknown-window"),
    ]) func `what cannot be asked is not handed on`(
        _ path: String, _ body: String, _ status: Int, _ words: String
    ) async throws {
        let door = StubDoor()
        let answer = try await ask(door, .post, path, body.isEmpty ? nil : body)
        #expect(answer.status == status && answer.text.contains(words), "\(answer)")
        #expect(door.asked.withLock { $0 }.isEmpty)
    }

    @Test func `a body is JSON of a bounded length`() async throws {
        var form = right
        form[.contentType] = "application/x-www-form-urlencoded"
        #expect(try await ask(StubDoor(), .post, "/sessions", "window=A01", headers: form).status == 415)
        let long = #"{"window":""# + String(repeating: "x", count: BusinessBody.mostBytes) + #""}"#
        #expect(try await ask(StubDoor(), .post, "/sessions", long).status == 413)
        var charset = right
        charset[.contentType] = "Application/JSON; charset=utf-8"
        #expect(try await ask(StubDoor(), .post, "/sessions", #"{"window":"A01"}"#, headers: charset).status == 201)
    }

    @Test func `who does not show the right key is challenged`() async throws {
        var wrong = right
        wrong[.authorization] = "Bearer wrong"
        let refused = try await ask(StubDoor(), .get, "/sessions/7", headers: wrong)
        #expect(
            refused.status == 401
                && refused.headers[.wwwAuthenticate] == #"Bearer realm="hallgate", error="invalid_token""#)
        var nameless = right
        nameless[BusinessAPI.clientName] = nil
        var basic = right
        basic[.authorization] = "Basic cXVldWU6cmlnaHQ="
        for headers in [nameless, basic, [:]] {
            let answer = try await ask(StubDoor(), .get, "/sessions/7", headers: headers)
            #expect(
                answer.status == 401 && answer.headers[.wwwAuthenticate] == #"Bearer realm="hallgate""#, "\(answer)")
        }
        var lower = right
        lower[.authorization] = "bearer right"
        #expect(try await ask(StubDoor(), .get, "/sessions/7", headers: lower).status == 200)
    }

    @Test(arguments: [
        ("session.unknown-window", 404, ""), ("session.unknown", 404, ""), ("business.not-served", 404, ""),
        ("session.bad-request", 422, ""), ("business.too-many-attempts", 429, "12"), ("journal.full", 503, "5"),
        ("web.core-away", 503, "5"), ("web.core-silent", 503, "5"), ("a.newer-word", 503, "5"),
    ]) func `each refusal has its status`(_ code: String, _ status: Int, _ retryAfter: String) async throws {
        let answer = try await ask(
            StubDoor(refusing: error(code, cause: "retry after 12 s", retryAfter: 12)), .post, "/windows/A01/pause")
        #expect(answer.status == status && answer.headers[.retryAfter] ?? "" == retryAfter)
        for member in ["code", "message", "messageChinese", "hint", "hintChinese"] {
            #expect(answer.text.contains("\"\(member)\":\""))
        }
        #expect(answer.text.contains("\"code\":\"\(code)\""))
        // What went on within is the operator's; what is wrong with a request is the client's.
        #expect(answer.text.contains("retry after") == (status == 422))
    }

    @Test func `the document is served without a key`() async throws {
        let answer = try await ask(StubDoor(), .get, "/openapi.yaml", headers: [:])
        #expect(answer.status == 200 && answer.headers[.contentType] == "application/yaml")
        #expect(answer.text.contains("openapi: 3.1.0"))
    }
}

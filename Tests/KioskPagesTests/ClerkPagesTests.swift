// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import HummingbirdTesting
import NIOCore
import RatingModel
import Synchronization
import Testing

@testable import KioskPages

/// A core that answers desks as it was told, and keeps what it was asked.
private final class FakeDesks: DeskService {
    let asked = Mutex<[(DeskStep, DeskRequest)]>([])
    let refusal: GatewayError?

    init(refusing refusal: GatewayError? = nil) { self.refusal = refusal }

    func desk(_ step: DeskStep, _ request: DeskRequest) throws(GatewayError) -> DeskState {
        asked.withLock { $0.append((step, request)) }
        if let refusal { throw refusal }
        return DeskState(
            window: .init(id: request.window, name: "3号窗口"), staff: "0017", isPaused: false, question: .waiting,
            remainingSeconds: 9, pads: [.init(name: "pad-1", isConnected: true)])
    }
}

private func ask(
    _ desks: FakeDesks, _ path: String, method: HTTPRequest.Method = .get,
    headers: HTTPFields = [.authorization: "Bearer k"], body: String? = nil
) async throws -> Answer {
    let router = Router()
    let pages = try addKioskPages(to: router, hall: FakeHall())
    addClerkPages(to: router, beside: pages, desks: desks) { _ in "192.0.2.7" }
    return try await Application(router: router).test(.router) { client in
        try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
        ) { Answer(status: $0.status, headers: $0.headers, text: String(buffer: $0.body)) }
    }
}

@Suite struct ClerkPagesTests {
    @Test func `the page holds nothing of a window, and asks nobody`() async throws {
        let desks = FakeDesks()
        let page = try await ask(desks, "/clerk/w3", headers: [:])
        #expect(page.status == .ok && page.text.contains("data-window=\"w3\"") && page.text.contains("青城政务大厅"))
        #expect(!page.text.contains("3号窗口") && !page.text.contains("0017"))
        #expect(page.headers[.contentSecurityPolicy] == pagePolicy(framers: []))
        #expect(desks.asked.withLock { $0.isEmpty })
        // A name that is a script's is shown as what it is.
        let odd = try await ask(desks, "/clerk/%22%3E%3Cb%3E", headers: [:])
        #expect(odd.text.contains("data-window=\"&quot;&gt;&lt;b&gt;\""))
        #expect(try await ask(desks, "/clerk/%20", headers: [:]).status == .notFound)
    }

    @Test(arguments: [
        ("state", HTTPRequest.Method.get, DeskStep.look), ("ask", .post, .ask), ("cancel", .post, .cancel),
        ("pause", .post, .pause), ("resume", .post, .resume),
    ]) func `each step goes to the core with the desk's key`(
        _ name: String, _ method: HTTPRequest.Method, _ step: DeskStep
    ) async throws {
        let desks = FakeDesks()
        let answer = try await ask(desks, "/clerk/%E7%BB%BC1/\(name)", method: method)
        #expect(answer.status == .ok && answer.text.contains(#""question":"waiting""#))
        #expect(answer.headers[.cacheControl] == "no-store")
        let (asked, request) = try #require(desks.asked.withLock { $0.first })
        #expect(asked == step && request == DeskRequest(window: "综1", key: "k", address: "192.0.2.7"))
    }

    @Test func `a number of staff is sent as JSON and as nothing else`() async throws {
        let desks = FakeDesks()
        var headers: HTTPFields = [.authorization: "Bearer k", .contentType: "application/json"]
        let answer = try await ask(
            desks, "/clerk/w3/staff", method: .post, headers: headers, body: #"{"staff":"0018"}"#)
        #expect(answer.status == .ok)
        #expect(desks.asked.withLock { $0.first?.1.staff } == "0018")
        headers[.contentType] = "text/plain"
        let plain = try await ask(desks, "/clerk/w3/staff", method: .post, headers: headers, body: #"{"staff":"0018"}"#)
        #expect(plain.status == .unprocessableContent)
        #expect(desks.asked.withLock { $0.count } == 1)
    }

    @Test(arguments: [
        ("desk.unknown", 403), ("session.unknown-window", 403), ("desk.unknown-staff", 422), ("desk.not-asked", 503),
        ("desk.too-many-attempts", 429), ("web.core-away", 503), ("journal.full", 503),
    ]) func `each refusal has its status, and none of the core's words`(_ code: String, _ status: Int) async throws {
        let error = GatewayError(
            code, LocalText("xyzzy", "内部"), cause: "retry after 12 s", hint: LocalText("xyzzy", "内部"),
            retryAfterSeconds: 12)
        let answer = try await ask(FakeDesks(refusing: error), "/clerk/w3/ask", method: .post)
        #expect(answer.status.code == status && answer.text.contains(code))
        #expect(!answer.text.contains("xyzzy") && !answer.text.contains("内部"))
        #expect(answer.headers[.retryAfter] == (status == 429 ? "12" : status == 503 ? "5" : nil))
    }

    @Test func `without a key nobody is asked`() async throws {
        let desks = FakeDesks()
        #expect(try await ask(desks, "/clerk/w3/ask", method: .post, headers: [:]).status == .forbidden)
        #expect(desks.asked.withLock { $0.isEmpty })
    }

    @Test func `nothing of the page names a level`() async throws {
        let page = try await ask(FakeDesks(), "/clerk/w3", headers: [:])
        let script = String(decoding: PageAssets.clerkJS.bytes, as: UTF8.self)
        for word in ["满意", "satisfied", "level\""] {
            #expect(!page.text.contains(word) && !script.contains(word), "\(word)")
        }
        #expect(ClerkWords.chinese.count == ClerkWords.english.count)
        #expect(
            ClerkWords.chinese.values.allSatisfy { !$0.isEmpty } && ClerkWords.english.values.allSatisfy { !$0.isEmpty }
        )
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import RatingModel
import Synchronization
import Testing

/// The rating page at another maker's terminal: it leads back, and its terminal's pages alone may frame it.
@Suite struct TerminalPageTests {
    private static let back = "https://terminal-1.hall.example/done?visit=18&step=2"
    private static let written = "https://terminal-1.hall.example/done?visit=18&amp;step=2"
    private static let origin = "https://terminal-1.hall.example"
    private static let path = "/t/terminal-1/CODE"

    /// A hall whose terminal has a page.
    private static func hall(_ change: (inout FakeHall.State) -> Void = { _ in }) throws -> FakeHall {
        let origin = try #require(WebOrigin(rawValue: origin))
        return FakeHall {
            $0.hall.terminals = [.init(source: "terminal-1", frames: [origin])]
            $0.hall.selfService = .init(idleSeconds: 55, countdownSeconds: 7)
            $0.visit = .success(TerminalVisit(back: back, returnAfterSeconds: 9))
            change(&$0)
        }
    }

    /// What a policy lets frame the page.
    private static func framers(_ answer: Answer) throws -> String {
        let policy = try #require(answer.headers[.contentSecurityPolicy])
        return String(try #require(policy.split(separator: "frame-ancestors ").last))
    }

    @Test func `the page is the phones' with a way back`() async throws {
        let hall = try Self.hall()
        let page = try await ask(hall, Self.path)
        #expect(page.status == .ok && page.text.contains("请您对本次服务作出评价"))
        #expect(page.text.contains("action=\"/t/terminal-1/CODE?lang=zh-Hans\""))
        #expect(page.text.contains(" data-send=\"/t/terminal-1/CODE/ratings\" data-terminal data-back="))
        #expect(page.text.contains(" data-back=\"\(Self.written)\""))
        #expect(page.text.contains("data-leaves-after=\"9\"") && page.text.contains("9 秒后自动返回"))
        #expect(page.text.contains("data-after=\"55\" data-countdown=\"7\"") && page.text.contains("/idle.js"))
        #expect(page.text.components(between: "<a class=\"", and: ">").count { $0.contains(Self.written) } == 4)
        // Whoever has no script stays until they leave by the link.
        #expect(!page.text.contains("http-equiv=\"refresh\"") && !page.text.contains("href=\"/c/"))
        #expect(hall.state.withLock { $0.terminals } == [TerminalRequest(source: "terminal-1", code: "CODE")])
        #expect(try Self.framers(page) == Self.origin)
    }

    @Test func `a page that waits to be left is left as an idle one is`() async throws {
        let hall = try Self.hall { $0.visit = .success(TerminalVisit(back: Self.back, returnAfterSeconds: nil)) }
        #expect(try await ask(hall, Self.path).text.contains("data-leaves-after=\"62\""))
        let nowhere = try Self.hall { $0.visit = .success(TerminalVisit(back: nil, returnAfterSeconds: 9)) }
        let page = try await ask(nowhere, Self.path)
        #expect(page.status == .ok && page.text.contains(" data-terminal "))
        #expect(!page.text.contains("data-back") && !page.text.contains("class=\"second leave"))
    }

    @Test func `a rating is sent from there as from everywhere`() async throws {
        let hall = try Self.hall()
        let json = #"{"submission":"\#(number)","level":"satisfied","place":"terminal","language":"zh-Hans"}"#
        let answer = try await ask(
            hall, Self.path + "/ratings", method: .post, headers: [.contentType: "application/json"], body: json)
        #expect(answer.status == .ok && answer.text == #"{"receipt":"7Q2M-41KD"}"#)
        #expect(hall.submissions.map(\.code) == ["CODE"] && hall.submissions.map(\.place) == [.terminal])
    }

    @Test func `without a script it is thanked for and led back by a page`() async throws {
        let hall = try Self.hall()
        let thanks = try await ask(
            hall, Self.path, method: .post, body: "submission=\(number)&level=satisfied&language=zh-Hans")
        #expect(thanks.status == .ok && thanks.text.contains("感谢您的评价") && !thanks.text.contains("href=\"/c/"))
        let refresh = "<noscript><meta http-equiv=\"refresh\" content=\"9;url=\(Self.written)\"></noscript>"
        #expect(thanks.text.contains(refresh))
        #expect(try Self.framers(thanks) == Self.origin)
        let wrong = try await ask(hall, Self.path, method: .post, body: "submission=\(number)&language=zh-Hans")
        #expect(wrong.status == .unprocessableContent && wrong.text.contains(Self.written))
        #expect(try Self.framers(wrong) == Self.origin)
    }

    @Test(arguments: [
        ("code.expired", 410, "已失效"), ("code.revoked", 410, "已失效"), ("code.redeemed", 409, "已经评价过"),
        ("rating.too-fast", 429, "暂时无法评价"), ("journal.disk-full", 503, "暂时无法评价"),
    ]) func `a refusal leads back too, and speaks of no code`(
        _ code: String, _ status: Int, _ words: String
    ) async throws {
        let hall = try Self.hall { $0.opening = .failure(FakeHall.error(code)) }
        let page = try await ask(hall, Self.path)
        #expect(page.status.code == status && page.text.contains(words) && !page.text.contains("扫描"))
        #expect(page.text.contains("<a class=\"main leave\" href=\"\(Self.written)\""))
        #expect(page.text.contains("content=\"9;url=\(Self.written)\""))
        #expect(try Self.framers(page) == Self.origin)
        let sent = try Self.hall { $0.submitError = FakeHall.error(code) }
        let json = #"{"submission":"\#(number)","level":"satisfied","language":"zh-Hans"}"#
        let answer = try await ask(
            sent, Self.path + "/ratings", method: .post, headers: [.contentType: "application/json"], body: json)
        #expect(answer.status.code == status && answer.text.contains(words) && !answer.text.contains("扫描"))
    }

    @Test func `a code of somebody else leads nowhere`() async throws {
        let hall = try Self.hall { $0.visit = .failure(.notOfSource) }
        let page = try await ask(hall, Self.path)
        #expect(page.status == .notFound && page.text.contains("已失效") && !page.text.contains("data-back"))
        #expect(!page.text.contains("class=\"level\""))
        #expect(try Self.framers(page) == Self.origin, "the terminal shows the refusal where it shows the page")
    }

    @Test func `nobody frames anything else`() async throws {
        let hall = try Self.hall()
        for path in [
            "/t/terminal-2/CODE", "/r/CODE", "/r/CODE?at=kiosk", "/kiosk/k1", "/c", "/screen/w3", "/office/paper",
            "/t/a%20b/CODE",
        ] { #expect(try Self.framers(try await ask(hall, path)) == "'none'", "\(path)") }
    }

    @Test func `while the core is away the terminal shows that it is`() async throws {
        let hall = try Self.hall()
        _ = try await ask(hall, Self.path)
        let pages = try await askTwice(hall, Self.path) { $0.describeError = FakeHall.error("core.away") }
        #expect(pages.map(\.status) == [.ok, .serviceUnavailable])
        #expect(try Self.framers(pages[1]) == Self.origin && !pages[1].text.contains("data-back"))
        #expect(pages[1].text.contains("data-refusal=\"away\" data-terminal"))
    }

    @Test(arguments: ["%3Cscript%3E", "a%20b", String(repeating: "a", count: 1153)])
    func `what can be no code is not asked`(_ code: String) async throws {
        let hall = try Self.hall()
        let page = try await ask(hall, "/t/terminal-1/\(code)")
        #expect(page.status == .notFound && page.text.contains("已失效"))
        #expect(hall.state.withLock { $0.terminals.isEmpty })
        #expect(try await ask(hall, "/t/terminal-1/" + String(repeating: "a", count: 1102)).status == .ok)
    }

    @Test func `a way back from outside stays text`() async throws {
        let hall = try Self.hall {
            $0.visit = .success(TerminalVisit(back: "https://a.example/'\"><script>", returnAfterSeconds: 9))
        }
        let page = try await ask(hall, Self.path).text
        #expect(page.contains("href=\"https://a.example/&#39;&quot;&gt;&lt;script&gt;\""))
        #expect(!page.contains("/'\"><script>"))
    }
}

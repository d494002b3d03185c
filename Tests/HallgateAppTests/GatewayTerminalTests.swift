// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import CitizenDesk
import Foundation
import HallAPI
import JournalAPI
import RatingModel
import Testing

@testable import HallgateApp

/// Pages at the terminal of an ingest source, over a journal in memory and a clock moved by hand.
@Suite(.timeLimit(.minutes(2))) struct GatewayTerminalTests {
    private static let back = "https://terminal-1.hall.example/done?visit=18"
    private static let prefix = "/t/terminal-1/"

    private static func code(_ body: () async throws -> some Any) async -> String? {
        do { _ = try await body() } catch { return (error as? GatewayError)?.code }
        return nil
    }

    private static func request(_ change: (inout AddressRequest) -> Void = { _ in }) -> AddressRequest {
        var request = AddressRequest(
            source: "terminal-1", key: DeskOnPaper.key("terminal-1"), number: "T-1", window: "A01", project: "P7",
            service: "1", back: back)
        change(&request)
        return request
    }

    /// The code of an address that the terminal asks for.
    private static func address(_ desk: DeskOnPaper, _ number: String = "T-1") async throws -> String {
        let address = try await desk.ingest.makeAddress(for: request { $0.number = number })
        #expect(address.number == number && address.expiresInSeconds == 300)
        try #require(address.path.hasPrefix(prefix))
        return String(address.path.dropFirst(prefix.count))
    }

    private static func submission(
        _ code: String, _ number: Int = 1, level: PageLevel = .dissatisfied
    ) -> RatingSubmission {
        RatingSubmission(
            code: code, submission: "0190a6c4-7d3e-7b1a-9c52-3f6f0e2d8a\(10 + number)", level: level, text: "慢",
            place: .terminal)
    }

    private static func visit(_ desk: DeskOnPaper, _ code: String) async throws -> TerminalVisit {
        try await desk.hall.openTerminal(TerminalRequest(source: "terminal-1", code: code))
    }

    @Test func `a rating at a terminal is recorded by its source's channel, and leads back`() async throws {
        let desk = try await DeskOnPaper()
        let code = try await Self.address(desk)
        let opening = try await desk.hall.openPage(PageRequest(code: code))
        #expect(opening.window?.id == "A01" && opening.isOneTime && opening.expiresInSeconds == 300)
        #expect(try await Self.visit(desk, code) == TerminalVisit(back: Self.back, returnAfterSeconds: 9))
        let receipt = try await desk.hall.submitRating(Self.submission(code)).receipt
        let rating = try #require(try await desk.fixture.ratings().first)
        #expect(rating.channel == .terminal && rating.level == .dissatisfied && rating.window == WindowID("A01"))
        #expect(rating.caseReference == CaseReference(projectNumber: "P7", serviceNumber: "1"))
        #expect(rating.press.key.device == DeviceID("ingest/terminal-1") && rating.press.driver == "ingest-page")
        #expect(rating.session == nil && rating.press.key.isOneTime)
        #expect(try await desk.hall.submitRating(Self.submission(code)).receipt == receipt)
        #expect(try await desk.hall.checkReceipt(ReceiptRequest(receipt: receipt)).progress == .recorded)
        let question = IngestQuestion(source: "terminal-1", key: DeskOnPaper.key("terminal-1"), number: "T-1")
        #expect(
            try await desk.ingest.progress(of: question)
                == IngestProgress(number: "T-1", receipt: receipt, progress: .recorded))
        #expect(await Self.code { try await desk.hall.openPage(PageRequest(code: code)) } == "code.redeemed")
        #expect(try await Self.visit(desk, code).back == Self.back, "who comes too late goes back as well")
    }

    @Test func `a number is one rating, however many addresses it has`() async throws {
        let desk = try await DeskOnPaper()
        let codes = [try await Self.address(desk), try await Self.address(desk)]
        #expect(codes[0] != codes[1])
        let outcomes = await withTaskGroup(of: String?.self) { group in
            for number in 1...20 {
                group.addTask {
                    await Self.code {
                        try await desk.hall.submitRating(Self.submission(codes[number % 2], number, level: .satisfied))
                    }
                }
            }
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1 && outcomes.count { $0 == "code.redeemed" } == 19, "\(outcomes)")
        let again = try await desk.restarted()
        for code in codes {
            #expect(await Self.code { try await again.hall.submitRating(Self.submission(code, 30)) } == "code.redeemed")
        }
        #expect(try await again.fixture.bodies().count == 1)
        // Another number is another rating, and so is the same number of another source.
        _ = try await desk.hall.submitRating(Self.submission(try await Self.address(desk, "T-2"), 31))
        _ = try await desk.ingest.ingest(desk.rating { $0.number = "T-1" })
        #expect(try await desk.fixture.ratings().map(\.channel) == [.terminal, .terminal, .phone])
    }

    @Test func `what is handed over under the number as well is a conflict, in either order`() async throws {
        let desk = try await DeskOnPaper()
        let key = DeskOnPaper.key("terminal-1")
        let rating = desk.rating { ($0.source, $0.key, $0.number) = ("terminal-1", key, "T-1") }
        _ = try await desk.hall.submitRating(Self.submission(try await Self.address(desk)))
        #expect(await Self.code { try await desk.ingest.ingest(rating) } == "ingest.conflict")
        var other = rating
        other.number = "T-2"
        let code = try await Self.address(desk, "T-2")
        _ = try await desk.ingest.ingest(other)
        #expect(await Self.code { try await desk.hall.openPage(PageRequest(code: code)) } == "code.redeemed")
        #expect(await Self.code { try await desk.hall.submitRating(Self.submission(code, 2)) } == "code.redeemed")
        #expect(try await desk.fixture.ratings().count == 2)
    }

    @Test func `an address that has run out leads back, and what came in time has its receipt`() async throws {
        let desk = try await DeskOnPaper()
        let codes = [try await Self.address(desk), try await Self.address(desk, "T-2")]
        let receipt = try await desk.hall.submitRating(Self.submission(codes[0])).receipt
        desk.fixture.clock.advance(by: 301)
        for code in codes {
            #expect(await Self.code { try await desk.hall.openPage(PageRequest(code: code)) } == "code.expired")
            #expect(try await Self.visit(desk, code).back == Self.back)
        }
        #expect(try await desk.hall.submitRating(Self.submission(codes[0])).receipt == receipt)
        #expect(await Self.code { try await desk.hall.submitRating(Self.submission(codes[1])) } == "code.expired")
        #expect(try await desk.fixture.ratings().count == 1)
    }

    @Test func `what the site takes back ends at once`() async throws {
        let desk = try await DeskOnPaper()
        let code = try await Self.address(desk)
        var elsewhere = desk.configuration
        let index = try #require(elsewhere.ingest.sources.firstIndex { $0.source.name == "terminal-1" })
        elsewhere.ingest.sources[index].source.page?.back = [try #require(WebOrigin(rawValue: "https://b.example"))]
        await desk.hall.apply(elsewhere)
        #expect(try await Self.visit(desk, code) == TerminalVisit(back: nil, returnAfterSeconds: 9))
        _ = try await desk.hall.openPage(PageRequest(code: code))
        var without = desk.configuration
        without.ingest.sources[index].source.page = nil
        await desk.hall.apply(without)
        #expect(await Self.code { try await desk.hall.openPage(PageRequest(code: code)) } == "code.revoked")
        #expect(await Self.code { try await desk.hall.submitRating(Self.submission(code)) } == "code.revoked")
        #expect(try await Self.visit(desk, code).back == nil)
        // It is still the citizen's once the site has it back.
        await desk.hall.apply(desk.configuration)
        _ = try await desk.hall.submitRating(Self.submission(code, 2))
        #expect(try await desk.fixture.ratings().count == 1)
    }

    @Test func `a code leads back at its own terminal alone`() async throws {
        let desk = try await DeskOnPaper()
        let code = try await Self.address(desk)
        for source in ["desk", "terminal", "terminal-10", ""] {
            let request = TerminalRequest(source: source, code: code)
            #expect(await Self.code { try await desk.hall.openTerminal(request) } == "code.unreadable", "\(source)")
        }
        let now = desk.fixture.clock.now().wall
        let sign = try await desk.hall.codes.seal(CodeContent(nonce: try desk.hall.codes.drawNonce()), at: now)
        #expect(await Self.code { try await Self.visit(desk, sign) } == "code.unreadable")
        #expect(await Self.code { try await Self.visit(desk, "abc") } == "code.unreadable")
        // A page that says it is a terminal's is a phone's without a code that says so.
        _ = try await desk.hall.submitRating(Self.submission(sign))
        #expect(try await desk.fixture.ratings().map(\.channel) == [.qrCode])
    }

    @Test func `an address costs the source's pace, and its rating nothing more`() async throws {
        let desk = try await DeskOnPaper()
        var codes: [String] = []
        for number in 1...5 { codes.append(try await Self.address(desk, "T-\(number)")) }
        let sixth = Self.request { $0.number = "T-6" }
        #expect(await Self.code { try await desk.ingest.makeAddress(for: sixth) } == "rating.too-fast")
        for (number, code) in codes.enumerated() { _ = try await desk.hall.submitRating(Self.submission(code, number)) }
        _ = try await desk.ingest.ingest(desk.rating())
        desk.fixture.clock.advance(by: 6)
        _ = try await desk.ingest.makeAddress(for: sixth)
        #expect(try await desk.fixture.ratings().count == 6)
    }

    @Test func `whoever has no key and no page has no address`() async throws {
        let desk = try await DeskOnPaper()
        let wrong = Self.request { $0.key = DeskOnPaper.key("desk") }
        #expect(await Self.code { try await desk.ingest.makeAddress(for: wrong) } == "ingest.not-allowed")
        #expect(desk.pauses.all == [WrongKeys.pause])
        let pageless = Self.request { ($0.source, $0.key) = ("desk", DeskOnPaper.key("desk")) }
        #expect(await Self.code { try await desk.ingest.makeAddress(for: pageless) } == "ingest.no-page")
        let astray = Self.request { $0.back = "https://evil.example/" }
        #expect(await Self.code { try await desk.ingest.makeAddress(for: astray) } == "ingest.invalid")
    }

    @Test func `the web process is told who may frame whose page`() async throws {
        let desk = try await DeskOnPaper()
        let description = try await desk.hall.describeHall()
        let origin = try #require(WebOrigin(rawValue: "https://terminal-1.hall.example"))
        #expect(description.terminals == [.init(source: "terminal-1", frames: [origin])])
        #expect(description.selfService?.idleSeconds == 40)
        var unframed = desk.configuration
        for index in unframed.ingest.sources.indices { unframed.ingest.sources[index].source.page?.frames = [] }
        await desk.hall.apply(unframed)
        let changed = try await desk.hall.describeHall()
        #expect(changed.terminals == nil && changed.version != description.version)
    }
}

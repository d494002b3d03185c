// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import Foundation
import HallAPI
import HallgateTesting
import JournalAPI
import Logging
import RatingModel
import RegionMirror
import Testing
import WindowSessions

@testable import HallgateApp

/// Codes, ratings and receipts over a journal in memory and a clock moved by hand.
@Suite(.timeLimit(.minutes(2))) struct GatewayHallTests {
    private static func number(_ last: Int) -> String {
        "0190a6c4-7d3e-7b1a-9c52-" + String(repeating: "0", count: 12 - "\(last)".count) + "\(last)"
    }

    private static func submission(
        _ code: String, _ number: Int = 1, _ level: PageLevel = .dissatisfied, text: String? = nil
    ) -> RatingSubmission {
        RatingSubmission(code: code, submission: Self.number(number), level: level, text: text)
    }

    private static func refusal(_ body: () async throws -> some Any) async -> String? {
        do { _ = try await body() } catch { return (error as? GatewayError)?.code }
        return nil
    }

    @Test func `a code for one rating takes one, and tells nobody which`() async throws {
        let hall = try await HallOnPaper()
        let code = try await hall.code(one: true)
        let receipt = try await hall.desk.submitRating(Self.submission(code, text: "慢")).receipt
        for level in PageLevel.allCases {
            #expect(
                await Self.refusal { try await hall.desk.submitRating(Self.submission(code, 2, level)) }
                    == "code.redeemed")
            #expect(try await hall.desk.submitRating(Self.submission(code, 1, level)).receipt == receipt)
        }
        #expect(await Self.refusal { try await hall.desk.openPage(PageRequest(code: code)) } == "code.redeemed")
        let ratings = try await hall.fixture.ratings()
        #expect(ratings.map(\.level) == [.dissatisfied] && ratings.map(\.channel) == [.qrCode])
        #expect(try await hall.desk.checkReceipt(ReceiptRequest(receipt: receipt)).progress == .recorded)
    }

    @Test func `a daemon that was started anew knows what was redeemed`() async throws {
        let hall = try await HallOnPaper()
        let code = try await hall.code(one: true)
        let receipt = try await hall.desk.submitRating(Self.submission(code)).receipt
        let again = try await hall.restarted()
        #expect(await Self.refusal { try await again.desk.openPage(PageRequest(code: code)) } == "code.redeemed")
        #expect(await Self.refusal { try await again.desk.submitRating(Self.submission(code, 2)) } == "code.redeemed")
        #expect(try await again.desk.submitRating(Self.submission(code)).receipt == receipt)
        #expect(try await again.desk.checkReceipt(ReceiptRequest(receipt: receipt)).progress == .recorded)
        #expect(try await again.fixture.ratings().count == 1)
    }

    @Test func `a submission whose answer was lost is answered after its code ran out`() async throws {
        let hall = try await HallOnPaper()
        let (code, unused) = (try await hall.code(one: true), try await hall.code(one: true))
        let receipt = try await hall.desk.submitRating(Self.submission(code)).receipt
        hall.fixture.clock.advance(by: 3600)
        #expect(try await hall.desk.submitRating(Self.submission(code)).receipt == receipt)
        #expect(await Self.refusal { try await hall.desk.submitRating(Self.submission(code, 2)) } == "code.expired")
        #expect(await Self.refusal { try await hall.desk.submitRating(Self.submission(unused)) } == "code.expired")
        #expect(await Self.refusal { try await hall.desk.openPage(PageRequest(code: unused)) } == "code.expired")
        #expect(try await hall.fixture.ratings().count == 1)
    }

    @Test func `many who submit at once by one code are one rating`() async throws {
        let hall = try await HallOnPaper()
        let code = try await hall.code(one: true)
        let answers = await withTaskGroup(of: String?.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try? await hall.desk.submitRating(
                        Self.submission(code, number % 4, number % 2 == 0 ? .satisfied : .dissatisfied)
                    ).receipt
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.compactMap { $0 }).count == 1)
        #expect(answers.filter { $0 == nil }.count == 15)
        #expect(try await hall.fixture.ratings().count == 1)
    }

    @Test func `a code for everybody takes a rating of each submission`() async throws {
        let hall = try await HallOnPaper()
        let code = try await hall.code(one: false)
        #expect(try await hall.desk.openPage(PageRequest(code: code)).isOneTime == false)
        let one = try await hall.desk.submitRating(Self.submission(code, 1)).receipt
        let two = try await hall.desk.submitRating(Self.submission(code, 2, .satisfied)).receipt
        #expect(one != two)
        #expect(try await hall.desk.submitRating(Self.submission(code, 1, .satisfied)).receipt == one)
        #expect(try await hall.fixture.ratings().count == 2)
        // The number of a submission is worth nothing with another code.
        let other = try await hall.code(one: false)
        #expect(await Self.refusal { try await hall.desk.submitRating(Self.submission(other, 1)) } == "rating.invalid")
    }

    @Test func `what comes too fast is to be sent again`() async throws {
        let hall = try await HallOnPaper { $0.mostPerMinute = 10 }
        let code = try await hall.code(one: false)
        for number in 1...5 { _ = try await hall.desk.submitRating(Self.submission(code, number)) }
        #expect(await Self.refusal { try await hall.desk.submitRating(Self.submission(code, 6)) } == "rating.too-fast")
        let other = try await hall.code(one: true)
        #expect(await Self.refusal { try await hall.desk.submitRating(Self.submission(other, 7)) } == "rating.too-fast")
        hall.fixture.clock.advance(by: 20)
        _ = try await hall.desk.submitRating(Self.submission(other, 7))
    }

    @Test func `what the journal could not record leaves the code to the citizen`() async throws {
        let hall = try await HallOnPaper()
        let code = try await hall.code(one: true)
        let full = GatewayError("journal.full", LocalText("full", "满"), hint: LocalText("wait", "请等待"))
        await hall.fixture.journal.fail(with: full)
        #expect(await Self.refusal { try await hall.desk.submitRating(Self.submission(code)) } == "journal.full")
        await hall.fixture.journal.fail(with: nil)
        #expect(try await hall.desk.openPage(PageRequest(code: code)).isOneTime)
        _ = try await hall.desk.submitRating(Self.submission(code, 2))
        #expect(try await hall.fixture.ratings().count == 1)
    }

    @Test func `a rating outside the opening hours is marked and taken`() async throws {
        var settings = SessionSettings()
        settings.integrity.openingHours = OpeningHours("Sun 09:00-10:00")
        let hall = try await HallOnPaper(settings)
        _ = try await hall.desk.submitRating(Self.submission(try await hall.code(one: true)))
        #expect(try await hall.fixture.ratings().map(\.isOutsideHours) == [true])
    }

    @Test func `a foreign code, a torn one and a hall without pages are refused`() async throws {
        let (hall, other) = (try await HallOnPaper(), try await HallOnPaper())
        let foreign = try await other.code(one: true)
        #expect(await Self.refusal { try await hall.desk.openPage(PageRequest(code: foreign)) } == "code.foreign")
        #expect(await Self.refusal { try await hall.desk.submitRating(Self.submission(foreign)) } == "code.foreign")
        #expect(await Self.refusal { try await hall.desk.openPage(PageRequest(code: "x")) } == "code.unreadable")
        #expect(
            await Self.refusal { try await hall.desk.checkReceipt(ReceiptRequest(receipt: "x")) } == "receipt.unknown")
        let closed = try await HallOnPaper(hasPages: false)
        #expect(await Self.refusal { try await closed.desk.openPage(PageRequest(code: "x")) } == "hall.no-pages")
        #expect(try await closed.desk.describeHall().windows.count == 2)
    }

    @Test func `the region's newer table is asked, and the one that ships where it cannot be read`() async throws {
        let table = "table: t\nversion: '2027'\nindicators: [{code: 299, text: 新指标}]\n"
        let hall = try await HallOnPaper(indicators: .init(version: "2027", table: Array(table.utf8)))
        let described = try await hall.desk.describeHall()
        #expect(described.indicators[.dissatisfied] == [.init(code: "299", text: "新指标", isBasic: true)])
        let code = try await hall.code(one: true)
        var submission = Self.submission(code)
        submission.indicators = ["213"]
        #expect(await Self.refusal { try await hall.desk.submitRating(submission) } == "rating.invalid")
        let torn = try await HallOnPaper(indicators: .init(version: "2028", table: Array("{".utf8)))
        let shipped = try await torn.desk.describeHall()
        #expect(shipped.indicators[.dissatisfied]?.contains { $0.code == "213" } == true)
        #expect(shipped.version != described.version)
    }

    @Test func `a code of a session rates its session`() async throws {
        let hall = try await HallOnPaper()
        let session = try await hall.fixture.open("P7")
        let code = try await hall.code(one: true, of: session)
        _ = try await hall.desk.submitRating(Self.submission(code))
        let rating = try #require(try await hall.fixture.ratings().first)
        #expect(rating.session == session.number && rating.caseReference?.projectNumber == "P7")
        #expect(await hall.fixture.reception.sessions.answer(of: session.number) == .answered)
    }
}

/// The desk of a hall, over a reception with a journal in memory.
struct HallOnPaper: Sendable {
    let fixture: ReceptionFixture
    let desk: GatewayHall
    let codes: CodeStore
    private let configuration: GatewayConfiguration

    init(
        _ settings: SessionSettings = SessionSettings(), hasPages: Bool = true,
        indicators: MirroredNotices.Indicators? = nil, _ change: (inout PagesSettings) -> Void = { _ in }
    ) async throws {
        var configuration = GatewayConfiguration.builtIn
        configuration.windows = [
            .init(id: ReceptionFixture.window, name: "综合窗口"), .init(id: WindowID("A02"), name: "社保窗口"),
        ]
        let directory = FileManager.default.temporaryDirectory.appending(path: "paper-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        configuration.journalDirectory = directory
        if hasPages {
            var pages = PagesSettings()
            pages.publicURL = "https://hall.example"
            change(&pages)
            configuration.pages = pages
        }
        self.init(configuration, try await ReceptionFixture(nil, settings), indicators)
    }

    private init(
        _ configuration: GatewayConfiguration, _ fixture: ReceptionFixture, _ indicators: MirroredNotices.Indicators?
    ) {
        self.configuration = configuration
        self.fixture = fixture
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        codes = CodeStore(directory: configuration.journalDirectory, logger: logger)
        var notices = MirroredNotices()
        notices.indicators = indicators
        desk = GatewayHall(
            configuration, reception: fixture.reception, journal: fixture.journal, codes: codes,
            notices: { [notices] _ in notices }, clock: fixture.clock, logger: logger)
    }

    /// The same hall after its daemon was killed and started again.
    func restarted() async throws -> HallOnPaper {
        HallOnPaper(configuration, try await fixture.restarted(), nil)
    }

    /// A code at A01 that counts for ten minutes.
    func code(one isOneTime: Bool, of session: WindowSession? = nil) async throws -> String {
        let now = fixture.clock.now().wall
        let content = CodeContent(
            nonce: try codes.drawNonce(), window: ReceptionFixture.window, session: session?.number,
            caseReference: session?.caseReference,
            expiresAt: WallTime(millisecondsSinceEpoch: now.millisecondsSinceEpoch + 600_000), isOneTime: isOneTime)
        return try await codes.seal(content, at: now)
    }
}

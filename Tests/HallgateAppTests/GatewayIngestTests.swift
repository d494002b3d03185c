// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import Foundation
import Glibc
import HallAPI
import HallgateTesting
import JournalAPI
import Logging
import RatingModel
import Synchronization
import Testing
import WindowSessions

@testable import HallgateApp

/// Ratings of ingest sources over a journal in memory and a clock moved by hand.
@Suite(.timeLimit(.minutes(2))) struct GatewayIngestTests {
    private static func code(_ body: () async throws -> some Any) async -> String? {
        do { _ = try await body() } catch { return (error as? GatewayError)?.code }
        return nil
    }

    @Test func `a rating is recorded by its source's channel, with its case and its words`() async throws {
        let desk = try await DeskOnPaper()
        let receipt = try await desk.ingest.ingest(
            desk.rating { ($0.window, $0.project, $0.service, $0.text) = ("A01", "P7", "1", "慢") })
        #expect(receipt.number == "D-1" && receipt.receipt.count == 26)
        let rating = try #require(try await desk.fixture.ratings().first)
        #expect(rating.channel == .phone && rating.level == .dissatisfied && rating.window == WindowID("A01"))
        #expect(rating.caseReference == CaseReference(projectNumber: "P7", serviceNumber: "1"))
        #expect(rating.press.key.device == DeviceID("ingest/desk") && rating.press.key.isOneTime)
        #expect(rating.pressedAt == desk.fixture.clock.now() && rating.session == nil)
        let entry = try #require(try await desk.fixture.journal.rating(under: rating.press.key))
        #expect(try await desk.fixture.journal.personal(of: entry.id)?[.text] == "慢")
        // Another source hands over by its own channel, under the same number.
        _ = try await desk.ingest.ingest(desk.rating { ($0.source, $0.key) = ("office", DeskOnPaper.key("office")) })
        #expect(try await desk.fixture.ratings().map(\.channel) == [.phone, .paper])
    }

    @Test func `the same again is the same rating, also after a restart and to whoever asks for it`() async throws {
        let desk = try await DeskOnPaper()
        let rating = desk.rating { ($0.text, $0.ratedAt) = ("慢", "2026-06-01T10:00:00+08:00") }
        let receipt = try await desk.ingest.ingest(rating).receipt
        desk.fixture.clock.advance(by: 600)
        #expect(try await desk.ingest.ingest(rating).receipt == receipt)
        let again = try await desk.restarted()
        #expect(try await again.ingest.ingest(rating).receipt == receipt)
        #expect(try await again.fixture.bodies().count == 1)
        let progress = try await again.ingest.progress(
            of: IngestQuestion(source: "desk", key: DeskOnPaper.key("desk"), number: "D-1"))
        #expect(progress == IngestProgress(number: "D-1", receipt: receipt, progress: .recorded))
        #expect(try await again.hall.checkReceipt(ReceiptRequest(receipt: receipt)).progress == .recorded)
    }

    @Test func `a time that is stated is recorded as it is, however long that takes`() async throws {
        let desk = try await DeskOnPaper()
        desk.fixture.clock.tick(by: 0.007)
        let rating = desk.rating { $0.ratedAt = "2026-06-01T10:00:00+08:00" }
        let receipt = try await desk.ingest.ingest(rating).receipt
        let recorded = try #require(try await desk.fixture.ratings().first)
        #expect(recorded.pressedAt.wall == WallTime(millisecondsSinceEpoch: 1_780_279_200_000))
        #expect(try await desk.ingest.ingest(rating).receipt == receipt)
    }

    private static let changes: [@Sendable (inout IngestRating) -> Void] = [
        { $0.level = .satisfied }, { $0.text = "很慢" }, { $0.text = nil }, { $0.window = "A01" },
        { ($0.project, $0.service) = ("P8", "1") }, { $0.ratedAt = "2026-06-01T09:59:59+08:00" },
        { $0.indicators = ["213"] },
    ]

    @Test(arguments: changes.indices) func `the same number with another content is kept beside the first`(
        _ index: Int
    ) async throws {
        let desk = try await DeskOnPaper()
        let first = desk.rating { ($0.text, $0.ratedAt) = ("慢", "2026-06-01T10:00:00+08:00") }
        let receipt = try await desk.ingest.ingest(first).receipt
        var other = first
        Self.changes[index](&other)
        for _ in 0..<3 { #expect(await Self.code { try await desk.ingest.ingest(other) } == "ingest.conflict") }
        let bodies = try await desk.fixture.bodies()
        guard bodies.count == 2, case .conflict(let kept) = bodies[1] else {
            Issue.record("\(bodies)")
            return
        }
        #expect(kept.rating.channel == .phone && kept.rating.level == other.level.level)
        #expect(try await desk.ingest.ingest(first).receipt == receipt, "the first counts")
        #expect(try await desk.fixture.ratings().count == 1)
    }

    @Test func `words under a number that came without are another content`() async throws {
        let desk = try await DeskOnPaper()
        _ = try await desk.ingest.ingest(desk.rating())
        #expect(await Self.code { try await desk.ingest.ingest(desk.rating { $0.text = "慢" }) } == "ingest.conflict")
        #expect(try await desk.fixture.bodies().count == 2)
    }

    @Test func `many that send one number at once are one rating`() async throws {
        let desk = try await DeskOnPaper()
        let receipts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await desk.ingest.ingest(desk.rating()).receipt } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(receipts.count == 1)
        #expect(try await desk.fixture.ratings().count == 1)
    }

    @Test func `whoever has no key waits, and is told no more than that`() async throws {
        let desk = try await DeskOnPaper()
        for (source, key) in [
            ("desk", "another-key-of-a-desk"), ("desk", ""), ("desk", DeskOnPaper.key("office")),
            ("nobody", DeskOnPaper.key("desk")), ("", ""),
        ] {
            let rating = desk.rating { ($0.source, $0.key) = (source, key) }
            #expect(await Self.code { try await desk.ingest.ingest(rating) } == "ingest.not-allowed")
            let question = IngestQuestion(source: source, key: key, number: "D-1")
            #expect(await Self.code { try await desk.ingest.progress(of: question) } == "ingest.not-allowed")
        }
        #expect(desk.pauses.all == Array(repeating: WrongKeys.pause, count: 10))
        #expect(await desk.ingest.wrongKeysShown == 10)
        #expect(try await desk.fixture.bodies().isEmpty)
        _ = try await desk.ingest.ingest(desk.rating())
    }

    @Test func `a key that everybody can read, or that is gone, is nobody's`() async throws {
        let desk = try await DeskOnPaper()
        chmod(desk.keyFile("desk"), 0o644)
        #expect(await Self.code { try await desk.ingest.ingest(desk.rating()) } == "ingest.not-allowed")
        try FileManager.default.removeItem(atPath: desk.keyFile("desk"))
        #expect(await Self.code { try await desk.ingest.ingest(desk.rating()) } == "ingest.not-allowed")
    }

    @Test func `a source that is too fast holds up itself alone, and what it sent is still answered`() async throws {
        let desk = try await DeskOnPaper()
        for number in 1...5 { _ = try await desk.ingest.ingest(desk.rating { $0.number = "D-\(number)" }) }
        let next = desk.rating { $0.number = "D-6" }
        #expect(await Self.code { try await desk.ingest.ingest(next) } == "rating.too-fast")
        _ = try await desk.ingest.ingest(desk.rating { $0.number = "D-3" })
        _ = try await desk.ingest.ingest(desk.rating { ($0.source, $0.key) = ("office", DeskOnPaper.key("office")) })
        desk.fixture.clock.advance(by: 6)
        _ = try await desk.ingest.ingest(next)
    }

    @Test func `what cannot be taken leaves its number free`() async throws {
        let desk = try await DeskOnPaper()
        let wrong = desk.rating { $0.indicators = ["999"] }
        #expect(await Self.code { try await desk.ingest.ingest(wrong) } == "ingest.invalid")
        let full = GatewayError("journal.full", LocalText("full", "满"), hint: LocalText("wait", "请等待"))
        await desk.fixture.journal.fail(with: full)
        #expect(await Self.code { try await desk.ingest.ingest(desk.rating()) } == "journal.full")
        await desk.fixture.journal.fail(with: nil)
        let question = IngestQuestion(source: "desk", key: DeskOnPaper.key("desk"), number: "D-1")
        #expect(await Self.code { try await desk.ingest.progress(of: question) } == "ingest.unknown-number")
        _ = try await desk.ingest.ingest(desk.rating())
        #expect(try await desk.fixture.ratings().count == 1)
    }

    @Test func `a day of which no time is known is outside no opening hours`() async throws {
        var settings = SessionSettings()
        settings.integrity.openingHours = OpeningHours("Sun 09:00-10:00")
        let desk = try await DeskOnPaper(settings)
        _ = try await desk.ingest.ingest(desk.rating { ($0.number, $0.ratedAt) = ("1", "2026-06-01") })
        _ = try await desk.ingest.ingest(desk.rating { ($0.number, $0.ratedAt) = ("2", "2026-06-01T08:00:00+08:00") })
        let ratings = try await desk.fixture.ratings()
        #expect(ratings.map(\.isOutsideHours) == [false, true])
        #expect(ratings[0].pressedAt.wall.millisecondsSinceEpoch == 1_780_243_200_000)
    }

    @Test func `a source that left the configuration is let in no more`() async throws {
        let desk = try await DeskOnPaper()
        _ = try await desk.ingest.ingest(desk.rating())
        await desk.ingest.apply(.builtIn)
        #expect(await Self.code { try await desk.ingest.ingest(desk.rating()) } == "ingest.not-allowed")
    }
}

/// How long those were kept waiting that showed a wrong key.
final class Pauses: Sendable {
    private let durations = Mutex<[Duration]>([])

    func add(_ duration: Duration) { durations.withLock { $0.append(duration) } }
    var all: [Duration] { durations.withLock { $0 } }
}

/// The ingest of a hall with a telephone desk and an office, over a reception with a journal in memory.
struct DeskOnPaper: Sendable {
    let fixture: ReceptionFixture
    let hall: GatewayHall
    let ingest: GatewayIngest
    let pauses = Pauses()
    let configuration: GatewayConfiguration

    static func key(_ source: String) -> String { "key-of-\(source)-5f0c2d1e" }

    init(_ settings: SessionSettings = SessionSettings()) async throws {
        var configuration = GatewayConfiguration.builtIn
        configuration.pages = PagesSettings()
        configuration.windows = [.init(id: ReceptionFixture.window, name: "综合窗口")]
        let directory = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        configuration.journalDirectory = directory
        let origin = try #require(WebOrigin(rawValue: "https://terminal-1.hall.example"))
        let page = SourcePage(back: [origin], frames: [origin], lifetime: .seconds(300), returnAfter: .seconds(9))
        for (name, channel) in [("desk", RatingChannel.phone), ("office", .paper), ("terminal-1", .terminal)] {
            let file = "\(directory)/\(name).key"
            try (Self.key(name) + "\n").write(toFile: file, atomically: true, encoding: .utf8)
            chmod(file, 0o600)
            configuration.ingest.sources.append(
                .init(
                    source: IngestSource(name: name, channel: channel, page: channel == .terminal ? page : nil),
                    keyFile: file, mostPerMinute: 10))
        }
        self.init(configuration, try await ReceptionFixture(nil, settings))
    }

    private init(_ configuration: GatewayConfiguration, _ fixture: ReceptionFixture) {
        self.configuration = configuration
        self.fixture = fixture
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        hall = GatewayHall(
            configuration, reception: fixture.reception, journal: fixture.journal,
            codes: CodeStore(directory: configuration.journalDirectory, logger: logger), notices: { _ in nil },
            clock: fixture.clock, logger: logger)
        ingest = GatewayIngest(
            configuration, hall, fixture.reception, fixture.journal, clock: fixture.clock, logger: logger,
            pause: { [pauses] in pauses.add($0) })
    }

    /// The same hall after its daemon was killed and started again.
    func restarted() async throws -> DeskOnPaper { DeskOnPaper(configuration, try await fixture.restarted()) }

    func keyFile(_ source: String) -> String { "\(configuration.journalDirectory)/\(source).key" }

    /// A rating of the desk.
    func rating(_ change: (inout IngestRating) -> Void = { _ in }) -> IngestRating {
        var rating = IngestRating(source: "desk", key: Self.key("desk"), number: "D-1", level: .dissatisfied)
        change(&rating)
        return rating
    }
}

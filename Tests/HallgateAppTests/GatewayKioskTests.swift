// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import Foundation
import Glibc
import HallAPI
import OperatorAPI
import RatingModel
import Testing
import WindowSessions

@testable import HallgateApp

/// Self-service kiosks: proof, numbers and the one rating by code that a session takes.
@Suite(.timeLimit(.minutes(2))) struct GatewayKioskTests {
    private static let key = "key-of-the-kiosk"
    private static let uuid = "0190a6c4-7d3e-7b1a-9c52-00000000000"

    private static func withHall(
        _ change: (inout PagesSettings) -> Void = { _ in }, _ body: (HallOnPaper) async throws -> Void
    ) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "kiosk-\(UUID())").path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        try key.write(toFile: file, atomically: true, encoding: .utf8)
        chmod(file, 0o600)
        let hall = try await HallOnPaper { pages in
            pages.kiosks = [.init(id: "hall-1", keyFile: file)]
            pages.selfService.numbersPerMinute = 600
            change(&pages)
        }
        try await body(hall)
    }

    private static func refusal(_ body: () async throws -> some Any) async -> String? {
        do { _ = try await body() } catch { return (error as? GatewayError)?.code }
        return nil
    }

    private static func find(_ number: String, in hall: HallOnPaper, key: String = key) async throws -> String {
        try await hall.desk.findVisit(KioskSearch(kiosk: "hall-1", key: key, number: number)).code
    }

    private static func submission(
        _ code: String, _ number: Int = 1, place: RatingSubmission.Place = .kiosk, kiosk: String? = "hall-1",
        key: String? = key
    ) -> RatingSubmission {
        RatingSubmission(
            code: code, submission: uuid + "\(number)", level: .dissatisfied, place: place, kiosk: kiosk, key: key)
    }

    private static func open(
        _ hall: HallOnPaper, ticket: String, project: String = "15012120260042", window: String = "A01"
    ) async throws -> WindowSession {
        let request = SessionRequest(window: window, projectNumber: project, serviceNumber: "1", ticket: ticket)
        return try await hall.fixture.reception.open(CheckedSessionRequest(request)).0
    }

    @Test func `a rating is a kiosk's with the kiosk's key alone`() async throws {
        try await Self.withHall { hall in
            var channels: [RatingChannel] = []
            let claims: [(RatingSubmission.Place, String?, String?)] = [
                (.kiosk, "hall-1", Self.key), (.kiosk, "hall-1", "another-key-of-it"), (.kiosk, "hall-2", Self.key),
                (.kiosk, nil, nil), (.kiosk, "hall-1", nil), (.kiosk, nil, Self.key), (.phone, "hall-1", Self.key),
            ]
            for (index, claim) in claims.enumerated() {
                let code = try await hall.code(one: true)
                _ = try await hall.desk.submitRating(
                    Self.submission(code, index, place: claim.0, kiosk: claim.1, key: claim.2))
                channels.append(try #require(try await hall.fixture.ratings().last).channel)
            }
            #expect(channels == [.terminal] + Array(repeating: .qrCode, count: 6))
        }
    }

    @Test func `a kiosk is known by its key, and a hall without pages has none`() async throws {
        try await Self.withHall { hall in
            try await hall.desk.checkKiosk(KioskRequest(kiosk: "hall-1", key: Self.key))
            for (kiosk, key) in [("hall-1", "another-key-of-it"), ("hall-2", Self.key), ("hall-1", "")] {
                #expect(
                    await Self.refusal { try await hall.desk.checkKiosk(KioskRequest(kiosk: kiosk, key: key)) }
                        == "kiosk.unknown")
            }
            #expect(await Self.refusal { try await Self.find("B012", in: hall, key: "x") } == "kiosk.unknown")
            let choice = KioskChoice(kiosk: "hall-1", key: "x", window: "A01")
            #expect(await Self.refusal { try await hall.desk.chooseWindow(choice) } == "kiosk.unknown")
        }
        let closed = try await HallOnPaper(hasPages: false)
        #expect(await Self.refusal { try await Self.find("B012", in: closed) } == "hall.no-pages")
    }

    @Test func `ticket and case lead to the session, and nobody is told whose it is`() async throws {
        try await Self.withHall { hall in
            let session = try await Self.open(hall, ticket: "B012")
            for number in ["b012", "15012120260042", " Ｂ０１２ "] {
                let code = try await Self.find(number, in: hall)
                let page = try await hall.desk.openPage(PageRequest(code: code))
                #expect(page.window?.id == "A01" && page.caseShown == "…260042" && page.isOneTime)
            }
            _ = try await hall.desk.submitRating(Self.submission(try await Self.find("B012", in: hall)))
            let rating = try #require(try await hall.fixture.ratings().last)
            #expect(rating.session == session.number && rating.channel == .terminal)
            #expect(rating.caseReference?.projectNumber == "15012120260042")
            for number in ["B012", "15012120260042"] {
                #expect(await Self.refusal { try await Self.find(number, in: hall) } == "kiosk.already-rated")
            }
            for number in ["B013", "0042", "", "%", String(repeating: "9", count: 300)] {
                #expect(await Self.refusal { try await Self.find(number, in: hall) } == "kiosk.not-found")
            }
        }
    }

    @Test func `every session of the day is found, also after a long restart, and not yesterday's`() async throws {
        try await Self.withHall { hall in
            for number in 1...40 { _ = try await Self.open(hall, ticket: "B\(number)", project: "P\(number)") }
            for number in [1, 2, 39, 40] { _ = try await Self.find("B\(number)", in: hall) }
            hall.fixture.clock.advance(by: 3600)
            let again = try await hall.restarted()
            for number in 1...40 { _ = try await Self.find("B\(number)", in: again) }
            // What came since, and what the journal held before, are one.
            _ = try await Self.open(again, ticket: "B1", project: "P41")
            let page = try await again.desk.openPage(PageRequest(code: try await Self.find("P41", in: again)))
            #expect(page.window?.id == "A01")
            for number in 1...40 { _ = try await Self.find("P\(number)", in: again) }
            again.fixture.clock.advance(by: 11 * 3600 + 60)
            #expect(await Self.refusal { try await Self.find("B40", in: again) } == "kiosk.not-found")
            _ = try await Self.find("B1", in: again)
        }
    }

    @Test func `a ticket that was at two windows is rated at each`() async throws {
        try await Self.withHall { hall in
            let first = try await Self.open(hall, ticket: "B012", project: "P1")
            hall.fixture.clock.advance(by: 60)
            let second = try await Self.open(hall, ticket: "B012", project: "P2", window: "A02")
            _ = try await hall.desk.submitRating(Self.submission(try await Self.find("B012", in: hall), 1))
            _ = try await hall.desk.submitRating(Self.submission(try await Self.find("B012", in: hall), 2))
            #expect(try await hall.fixture.ratings().map(\.session) == [second.number, first.number])
            #expect(await Self.refusal { try await Self.find("B012", in: hall) } == "kiosk.already-rated")
        }
    }

    @Test func `a press at the pad takes nobody's own rating from them`() async throws {
        try await Self.withHall { hall in
            let session = try await Self.open(hall, ticket: "B012")
            await hall.fixture.press(1, prompt: session.number)
            _ = try await hall.desk.submitRating(Self.submission(try await Self.find("B012", in: hall)))
            #expect(try await hall.fixture.ratings().count == 2)
        }
    }

    @Test func `a ticket that is served without a session leads to its window`() async throws {
        try await Self.withHall { hall in
            await hall.fixture.reception.handle(.ticketCalled(ReceptionFixture.window, ticket: "C7", waiting: nil))
            let page = try await hall.desk.openPage(PageRequest(code: try await Self.find("C7", in: hall)))
            #expect(page.window?.id == "A01" && page.caseShown == nil && page.isOneTime)
        }
    }

    @Test func `a code without its address is taken, and what is wrong with it is said`() async throws {
        try await Self.withHall { hall in
            let code = try await hall.code(one: true)
            #expect(try await Self.find(code, in: hall) == code)
            _ = try await hall.desk.submitRating(Self.submission(code))
            #expect(await Self.refusal { try await Self.find(code, in: hall) } == "code.redeemed")
            let late = try await hall.code(one: true)
            hall.fixture.clock.advance(by: 3600)
            #expect(await Self.refusal { try await Self.find(late, in: hall) } == "code.expired")
            let other = try await HallOnPaper()
            let foreign = try await other.code(one: true)
            #expect(await Self.refusal { try await Self.find(foreign, in: hall) } == "kiosk.not-found")
        }
    }

    @Test func `a window can be chosen, the hall too, and no window that is none`() async throws {
        try await Self.withHall { hall in
            func choose(_ window: String?) async throws -> PageOpening {
                let choice = KioskChoice(kiosk: "hall-1", key: Self.key, window: window)
                return try await hall.desk.openPage(PageRequest(code: try await hall.desk.chooseWindow(choice).code))
            }
            #expect(try await choose("A02").window?.id == "A02")
            let whole = try await choose(nil)
            #expect(whole.window == nil && whole.isOneTime)
            #expect(await Self.refusal { try await choose("A09") } == "kiosk.not-found")
        }
    }

    @Test func `nobody walks through the numbers`() async throws {
        try await Self.withHall({ $0.selfService.numbersPerMinute = 10 }) { hall in
            _ = try await Self.open(hall, ticket: "B500")
            var answers: [String] = []
            for number in 0..<1000 {
                answers.append(await Self.refusal { try await Self.find("B\(number)", in: hall) } ?? "found")
            }
            #expect(answers.count { $0 == "kiosk.not-found" } == 5 && answers.count { $0 == "kiosk.too-fast" } == 995)
            do { _ = try await Self.find("B500", in: hall) } catch {
                #expect((error as? GatewayError)?.retryAfterSeconds == 6)
            }
            hall.fixture.clock.advance(by: 7)
            _ = try await Self.find("B500", in: hall)
        }
    }

    @Test func `two codes of a session are one rating, also after a restart and at the same moment`() async throws {
        try await Self.withHall { hall in
            let session = try await Self.open(hall, ticket: "B012")
            let (first, second) = (
                try await hall.code(one: true, of: session), try await hall.code(one: true, of: session)
            )
            #expect(first != second)
            let answers = await withTaskGroup(of: String?.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let code = number % 2 == 0 ? first : second
                        return try? await hall.desk.submitRating(Self.submission(code, number)).receipt
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0 != nil } == 1)
            #expect(try await hall.fixture.ratings().count == 1)
            let again = try await hall.restarted()
            for code in [first, second] {
                #expect(
                    await Self.refusal { try await again.desk.openPage(PageRequest(code: code)) } == "code.redeemed")
                #expect(
                    await Self.refusal { try await again.desk.submitRating(Self.submission(code, 9)) }
                        == "code.redeemed")
            }
            #expect(await Self.refusal { try await Self.find("B012", in: again) } == "kiosk.already-rated")
            // Nothing that came in vain is kept as a second version of the rating.
            #expect(
                try await hall.fixture.bodies().allSatisfy { if case .conflict = $0 { false } else { true } })
        }
    }
}

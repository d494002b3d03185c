// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import RatingModel
import Synchronization
import Testing

/// A self-service kiosk: its key is handed on to the core, which alone knows it.
@Suite struct SelfServiceTests {
    private static let json: HTTPFields = [.contentType: "application/json", .authorization: "Bearer secret"]

    private func code(_ hall: FakeHall, _ body: String, headers: HTTPFields = Self.json) async throws -> Answer {
        try await ask(hall, "/kiosk/k1/codes", method: .post, headers: headers, body: body)
    }

    @Test func aRatingIsAKiosksWithWhatTheKioskShows() async throws {
        let hall = FakeHall()
        let body = #"{"submission":"\#(number)","level":"satisfied","place":"kiosk","kiosk":"k1"}"#
        _ = try await ask(hall, "/r/CODE/ratings", method: .post, headers: Self.json, body: body)
        _ = try await rate(hall, body)
        #expect(hall.submissions.map(\.place) == [.kiosk, .kiosk])
        #expect(hall.submissions.map(\.kiosk) == ["k1", "k1"] && hall.submissions.map(\.key) == ["secret", nil])
    }

    @Test func aFormWithoutAScriptIsAPhones() async throws {
        let hall = FakeHall()
        _ = try await ask(
            hall, "/r/CODE?at=kiosk", method: .post,
            body: "submission=\(number)&level=satisfied&language=zh-Hans&place=kiosk&kiosk=k1")
        #expect(hall.submissions.map(\.place) == [.phone] && hall.submissions.map(\.kiosk) == [nil])
    }

    @Test func theEntranceHoldsNothingOfItsKiosk() async throws {
        let hall = FakeHall { $0.hall.selfService = .init(idleSeconds: 55, countdownSeconds: 7) }
        let page = try await ask(hall, "/kiosk/k1")
        #expect(page.status == .ok && page.text.contains("data-after=\"55\""))
        #expect(page.text.contains("3号窗口") && !page.text.contains("k1"))
        let rating = try await ask(hall, "/r/CODE?at=kiosk")
        #expect(rating.text.contains("data-after=\"55\" data-countdown=\"7\"") && rating.text.contains("/idle.js"))
        let phone = try await ask(hall, "/r/CODE").text
        #expect(!phone.contains("/idle.js") && !phone.contains("id=\"idle\""))
        let away = FakeHall { $0.describeError = FakeHall.error("core.away") }
        #expect(try await ask(away, "/kiosk/k1").status == .serviceUnavailable)
    }

    @Test func aKioskIsKnownByItsKey() async throws {
        func state(_ headers: HTTPFields) async throws -> Int {
            try await ask(FakeHall(), "/kiosk/k1/state", headers: headers).status.code
        }
        #expect(try await state([.authorization: "Bearer secret"]) == 204)
        #expect(try await state([.authorization: "Bearer other"]) == 403)
        #expect(try await state([:]) == 403)
    }

    @Test func aNumberOrAWindowBecomesACode() async throws {
        let hall = FakeHall()
        #expect(try await code(hall, #"{"number":"B012","language":"en"}"#).text == #"{"code":"FOUND-1"}"#)
        #expect(try await code(hall, #"{"window":"w3"}"#).status == .ok)
        #expect(try await code(hall, "{}").status == .ok)
        let (searches, choices) = hall.state.withLock { ($0.searches, $0.choices) }
        #expect(searches == [KioskSearch(kiosk: "k1", key: "secret", number: "B012")])
        #expect(choices.map(\.window) == ["w3", nil])
    }

    @Test(arguments: [
        ("kiosk.unknown", 403, "kioskUnknown"), ("kiosk.not-found", 404, "numberUnknown"),
        ("kiosk.already-rated", 409, "alreadyRated"), ("kiosk.too-fast", 429, "numberTooFast"),
        ("code.expired", 410, "expired"), ("web.core-away", 503, "away"),
    ]) func whatCannotBeFoundIsSaidInWords(_ code: String, _ status: Int, _ error: String) async throws {
        let hall = FakeHall { $0.found = .failure(FakeHall.error(code)) }
        let answer = try await self.code(hall, #"{"number":"B012","language":"zh-Hans"}"#)
        #expect(answer.status.code == status && answer.text.contains("\"error\":\"\(error)\""))
        #expect(!answer.text.contains("xyzzy") && !answer.text.contains("B012"))
        #expect((answer.headers[.retryAfter] != nil) == [429, 503].contains(status))
    }

    @Test func whatNoEntranceSendsIsRefused() async throws {
        let hall = FakeHall()
        #expect(try await code(hall, "{}", headers: [.contentType: "application/json"]).status == .forbidden)
        #expect(try await code(hall, "{}", headers: [.authorization: "Bearer secret"]).status == .unsupportedMediaType)
        for body in ["", "[]", #"{"number":7}"#, #"{"number":"\#(String(repeating: "1", count: 9000))"}"#] {
            #expect(try await code(hall, body).status == .unprocessableContent)
        }
        #expect(hall.state.withLock { $0.searches.isEmpty && $0.choices.isEmpty })
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import ConfigurationFile
import Foundation
import HallAPI
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp
@testable import StandInRegion

/// The codes that business systems print on slips.
@Suite(.timeLimit(.minutes(3))) struct SlipCodeTests {
    private static func refusal(_ body: () async throws -> some Any) async -> String? {
        do { _ = try await body() } catch { return (error as? GatewayError)?.code }
        return nil
    }

    private static func slip(_ session: PromptNumber, _ hall: HallOnPaper) async throws -> SessionCode {
        try await hall.desk.slipCode(SessionCodeRequest(session: session))
    }

    private static func submission(_ code: SessionCode, _ number: Int) throws -> RatingSubmission {
        let text = try #require(code.text)
        #expect(text.hasPrefix("https://hall.example/r/"))
        return RatingSubmission(
            code: String(text.dropFirst("https://hall.example/r/".count)),
            submission: "0190a6c4-7d3e-7b1a-9c52-00000000000\(number)", level: .satisfied)
    }

    @Test func `a slip is rated days later, for the session it was printed for`() async throws {
        let hall = try await HallOnPaper { $0.slipLifetime = .seconds(7 * 86_400) }
        let session = try await hall.fixture.open("P1")
        let code = try await Self.slip(session.number, hall)
        #expect(code.owner == .hall && code.expiresInSeconds == 7 * 86_400 && code.picture == nil)
        // Others have come since, more than a window remembers.
        for number in 2...14 { _ = try await hall.fixture.open("P\(number)") }
        hall.fixture.clock.advance(by: 6 * 86_400)
        let again = try await hall.restarted()
        _ = try await again.desk.submitRating(Self.submission(code, 1))
        let rating = try #require(try await again.fixture.ratings().last)
        #expect(rating.session == session.number && rating.caseReference == session.caseReference)
        #expect(rating.window == session.window && rating.channel == .qrCode)
        #expect(await Self.refusal { try await Self.slip(session.number, again) } == "session.unknown")
    }

    @Test func `a slip that ran out counts no more`() async throws {
        let hall = try await HallOnPaper { $0.slipLifetime = .seconds(3600) }
        let code = try await Self.slip(try await hall.fixture.open("P1").number, hall)
        hall.fixture.clock.advance(by: 3601)
        #expect(await Self.refusal { try await hall.desk.submitRating(try Self.submission(code, 1)) } == "code.expired")
    }

    @Test func `all codes of a session take one rating, whenever the second is scanned`() async throws {
        let hall = try await HallOnPaper { $0.slipLifetime = .seconds(30 * 86_400) }
        let session = try await hall.fixture.open("P1")
        let (one, two) = (try await Self.slip(session.number, hall), try await Self.slip(session.number, hall))
        #expect(one.text != two.text)
        let shown = try await hall.code(one: true, of: session)
        _ = try await hall.desk.submitRating(
            RatingSubmission(code: shown, submission: "0190a6c4-7d3e-7b1a-9c52-000000000001", level: .dissatisfied))
        // What is kept in memory of it has gone meanwhile, and the journal knows.
        for days in [0, 2, 20] {
            hall.fixture.clock.advance(by: Double(days) * 86_400)
            for code in [one, two] {
                #expect(
                    await Self.refusal { try await hall.desk.submitRating(try Self.submission(code, 2)) }
                        == "code.redeemed")
            }
        }
        #expect(try await hall.fixture.ratings().count == 1)
    }

    @Test func `where the site prints none it says so`() async throws {
        let hall = try await HallOnPaper()
        let session = try await hall.fixture.open("P1")
        #expect(await Self.refusal { try await Self.slip(session.number, hall) } == "code.no-slip-codes")
        #expect(await Self.refusal { try await Self.slip(session.number &+ 1, hall) } == "session.unknown")
        let without = try await HallOnPaper(hasPages: false)
        #expect(await Self.refusal { try await Self.slip(7, without) } == "hall.no-pages")
    }

    @Test func `a template is filled in, and what it needs and is not known is missing`() async throws {
        let hall = try await HallOnPaper { $0.codeSource = .regionTemplate("https://region.example/{case}/{service}") }
        let session = try await hall.fixture.open("P1")
        let code = try await hall.desk.slipCode(SessionCodeRequest(session: session.number, form: .svg))
        #expect(code.owner == .region && code.text == "https://region.example/P1/1" && code.expiresInSeconds == nil)
        let svg = try Base64.decode(#require(code.picture?.base64).utf8).map { String(decoding: $0, as: UTF8.self) }
        #expect(code.picture?.mediaType == "image/svg+xml" && svg?.hasPrefix("<svg ") == true)
        let other = try await hall.fixture.reception.open(CheckedSessionRequest(SessionRequest(window: "A01"))).0
        #expect(await Self.refusal { try await Self.slip(other.number, hall) } == "code.no-region-code")
    }

    @Test func `a region is asked for a code that no screen shows, once, and its picture is handed on as it came`()
        async throws
    {
        for drawsCodes in [false, true] {
            try await HallWithRegion.run(showing: { _ in "pages: {qr: {source: region-call}}" }) {
                $0.drawsCodes = drawsCodes
            } _: { both in
                let business = GatewayBusiness(reception: both.hall.gateway.reception, hall: both.hall.gateway.hall)
                await both.region.inject(try FaultRule("status:503"))
                let opened = try await business.openSession(
                    SessionRequest(window: "W3", projectNumber: "P1", serviceNumber: "1"))
                let request = SessionCodeRequest(session: opened.session)
                #expect(await Self.refusal { try await business.code(request) } == "uplink.overloaded")
                await both.region.clearFaults()
                let code = try await business.code(request)
                #expect(code.owner == .region && code.expiresInSeconds == nil)
                #expect(code.text == (drawsCodes ? nil : both.region.url("/evaluate?c=P1&s=1")))
                #expect(code.picture?.mediaType == (drawsCodes ? "image/png" : nil))
                let asked = try await both.region.counts().requests["codes"]
                #expect(try await business.code(request) == code)
                #expect(try await both.region.counts().requests["codes"] == asked, "what was given is not asked again")
                let tally = await both.hall.gateway.hall.regionCodes.picture?.tally
                #expect(tally?.asked == 2 && tally?.given == 1)
            }
        }
    }

    @Test(
        arguments: [
            ("public_url: 'https://h', qr: {receipt: 168h}", nil),
            ("public_url: 'https://h', qr: {receipt: 721h}", "out of range"),
            ("public_url: 'https://h', qr: {receipt: 5m}", "out of range"),
            ("qr: {receipt: 168h}", "'public_url' is missing"),
            ("public_url: 'https://h', qr: {source: region-call, receipt: 168h}", "hall's own code"),
        ] as [(String, String?)]) func `how long a slip counts is read`(_ pages: String, _ words: String?)
    {
        let uplink = "name: r, kind: https, url: 'https://127.0.0.1:9/a', profile: national"
        let reading = GatewayConfiguration.read(
            text: "windows: [{id: W3}]\nuplinks: [{\(uplink)}]\npages: {\(pages)}\n")
        let mistakes = reading.diagnostics.map(\.message.english)
        if let words {
            #expect(mistakes.contains { $0.contains(words) }, "\(mistakes)")
        } else {
            #expect(mistakes.isEmpty, "\(mistakes)")
            #expect(reading.configuration?.pages?.slipLifetime == .seconds(7 * 86_400))
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import RatingModel
import Testing

private func time(_ seconds: Int64, boot: String = "b", isTrusted: Bool = true) -> CaptureTime {
    CaptureTime(
        wall: WallTime(millisecondsSinceEpoch: seconds * 1000),
        monotonic: MonotonicInstant(nanoseconds: seconds * 1_000_000_000), boot: BootID(boot), isWallTrusted: isTrusted)
}

private func session(
    _ number: PromptNumber, ticket: String? = nil, project: String? = nil, at seconds: Int64, boot: String = "b"
) -> WindowSession {
    WindowSession(
        number: number, window: WindowID("A01"),
        caseReference: project.map { CaseReference(projectNumber: $0, serviceNumber: "1") }, staff: nil,
        openedAt: time(seconds, boot: boot), ticket: ticket)
}

@Suite struct VisitNumberTests {
    @Test func `a number is the same in small and full-width letters and with spaces`() throws {
        for entered in ["B012", "b012", " B 0 1 2\r\n", "Ｂ０１２", "ｂ012"] {
            let number = try #require(VisitNumber(entered))
            #expect(number.fits("B012") && number.fits("b 012"), "\(entered)")
            #expect(!number.fits("B0123") && !number.fits("B01") && !number.fits("012") && !number.fits(nil as String?))
        }
        #expect(VisitNumber("取号１２")?.fits("取号12") == true)
    }

    @Test func `nothing and what no number is long enough for is none`() {
        for entered in [
            "", "  \n", String(repeating: "1", count: 65), String(repeating: "1", count: 1_000_000),
        ] { #expect(VisitNumber(entered) == nil) }
        #expect(VisitNumber(String(repeating: "1", count: 64)) != nil)
    }

    @Test func `tickets and cases are found, the newest first`() throws {
        let sessions = [
            session(1, ticket: "B012", at: 100), session(2, project: "15012120260042", at: 300),
            session(3, ticket: "B012", project: "P2", at: 200), session(4, ticket: "B013", at: 400),
        ]
        func found(_ entered: String, within age: Duration = .seconds(3600)) throws -> [PromptNumber] {
            try #require(VisitNumber(entered)).visits(among: sessions, within: age, at: time(500)).map(\.number)
        }
        #expect(try found("b012") == [3, 1])
        #expect(try found("15012120260042") == [2] && found("p2") == [3])
        #expect(try found("0042") == [] && found("B01") == [] && found("1") == [])
        #expect(try found("B012", within: .seconds(350)) == [3] && found("B012", within: .seconds(10)) == [])
    }

    @Test func `yesterday's ticket is another citizen's`() throws {
        let number = try #require(VisitNumber("B012"))
        let old = [session(1, ticket: "B012", at: 0, boot: "earlier")]
        let now = time(86_400)
        #expect(number.visits(among: old, within: .seconds(43_200), at: now).isEmpty)
        #expect(number.visits(among: old, within: .seconds(90_000), at: now).count == 1)
    }
}

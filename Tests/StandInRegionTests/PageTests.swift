// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import StandInRegion

/// The region's own rating page.
@Suite struct PageTests {
    private static let form = ["-H", "Content-Type: application/x-www-form-urlencoded"]

    @Test func aCaseIsRatedOnceOnThePage() async throws {
        try await withRegion(token: "secret") { region, reader in
            let address = region.url("/evaluate?c=P-1&s=2")
            let shown = try await curl(address)
            #expect(shown.status == 200 && shown.body.contains("name=\"projectNo\" value=\"P-1\""))
            let rating = "projectNo=P-1&serviceNumber=2&satisfaction=2&evalDetail=214&writingEvaluation=%E6%85%A2"
            let thanked = try await curl(region.url("/evaluate"), Self.form + ["-d", rating])
            #expect(thanked.status == 200 && thanked.body.contains("感谢您的评价"))
            let again = try await curl(region.url("/evaluate"), Self.form + ["-d", rating])
            #expect(again.status == 409 && again.body.contains("该办件已评价"))
            #expect(try await curl(address).status == 409)
            let counts = try reader.counts()
            #expect(counts.received == 1 && counts.competing == 0)
        }
    }

    @Test func aBadRatingWithoutAReasonIsAskedForOne() async throws {
        try await withRegion { region, reader in
            let rating = "projectNo=P-1&serviceNumber=2&satisfaction=1&evalDetail=&writingEvaluation="
            let answer = try await curl(region.url("/evaluate"), Self.form + ["-d", rating])
            #expect(answer.status == 422 && answer.body.contains("差评须填写"))
            #expect(try reader.counts().received == 0)
        }
    }

    @Test func whatAHallSentIsNotRatedAgain() async throws {
        try await withRegion { region, _ in
            _ = try await curl(region.evaluateURL, body: batch(rating("r1", case: "P-1")))
            #expect(try await curl(region.url("/evaluate?c=P-1&s=1")).status == 409)
            #expect(try await curl(region.url("/evaluate?c=P-1&s=2")).status == 200)
        }
    }

    @Test func textFromOutsideIsText() async throws {
        try await withRegion { region, _ in
            let shown = try await curl(region.url("/evaluate?c=%22%3E%3Cscript%3E&s=1"))
            #expect(shown.status == 200 && !shown.body.contains("<script>"))
            #expect(try await curl(region.url("/evaluate?c=P-1")).status == 400)
            #expect(try await curl(region.url("/evaluate"), Self.form + ["-d", "a=%zz"]).status == 400)
        }
    }

    @Test func aHallIsToldWhetherACaseWasRatedAndByWhichAddressItIs() async throws {
        try await withRegion { region, _ in
            let question = region.url("/api/rated?projectNo=P%201&serviceNumber=1")
            #expect(try await curl(question).body.contains("\"rated\":false"))
            let asked = try await curl(
                region.url("/api/codes"), body: #"{"projectNo":"P 1","serviceNumber":"1","window":"A01"}"#)
            let address = region.url("/evaluate?c=P%201&s=1")
            #expect(asked.status == 200 && asked.body.contains("\"url\":\"\(address)\""), "\(asked.body)")
            #expect(try await curl(address).status == 200)
            let rating = "projectNo=P+1&serviceNumber=1&satisfaction=5&evalDetail=&writingEvaluation="
            #expect(try await curl(region.url("/evaluate"), Self.form + ["-d", rating]).status == 200)
            let answer = try await curl(question)
            #expect(answer.body == #"{"rated":true,"success":true}"#, "and never how")
        }
    }

    @Test func aRegionCanAnswerPicturesOfItsCodes() async throws {
        try await withRegion({ $0.drawsCodes = true }) { region, _ in
            let asked = try await curl(
                region.url("/api/codes"), body: #"{"projectNo":"P1","serviceNumber":"1","window":"A01"}"#)
            let text = try #require(asked.body.firstMatch(of: /"image":"([A-Za-z0-9+\/=]+)"/)?.1)
            let image = try CodeImage(base64: String(text))
            #expect(image.form == .png && image.width == image.height && !asked.body.contains("url"))
        }
    }

    @Test func regionsWithoutAPageHaveNone() async throws {
        try await withRegion(profile: "zhejiang-style") { region, _ in
            let answer = try await curl(region.url("/evaluate?c=P-1&s=1"))
            #expect(answer.status == 404)
            #expect(try await curl(region.url("/api/rated?projectNo=P-1&serviceNumber=1")).status == 404)
            #expect(
                try await curl(region.url("/api/codes"), body: #"{"projectNo":"P","serviceNumber":"1"}"#).status == 404)
        }
    }
}

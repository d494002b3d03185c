// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import StandInRegion

/// Invitations as the region takes them: one for a case, and none for a case that was rated.
@Suite struct InvitationCallTests {
    private func invitation(
        _ id: String, case project: String = "P1", service: String = "1", ended: String = "2026-11-24 09:15:15"
    ) -> String {
        #"""
        {"id":"\#(id)","projectNo":"\#(project)","serviceNumber":"\#(service)","window":"A01","session":"77",
        "askTime":"2026-11-24 09:15:00","endTime":"\#(ended)"}
        """#
    }

    private func send(_ region: StandInRegion, _ invitations: String...) async throws -> CurlAnswer {
        try await curl(
            region.url("/api/invitations"), body: #"{"invitations":["# + invitations.joined(separator: ",") + "]}")
    }

    @Test func `A case is invited to once, and the second is told kindly`() async throws {
        try await withRegion { region, reader in
            let first = try await send(region, invitation("a"), invitation("b", service: "2"))
            #expect(result("a", in: first) == "accepted" && result("b", in: first) == "accepted")
            let again = try await send(region, invitation("a"), invitation("c"))
            #expect(result("a", in: again) == "duplicate" && result("c", in: again) == "duplicate")
            #expect(again.body.contains("该办件已邀评"))
            let kept = try reader.invitations()
            #expect(kept.map(\.id) == ["a", "b"] && kept.map(\.arrivals) == [2, 1])
            #expect(kept.map(\.caseReference.serviceNumber) == ["1", "2"] && kept.allSatisfy { $0.window == "A01" })
            let counts = try reader.counts()
            #expect(counts.invitations == 2 && counts.alteredInvitations == 0 && counts.received == 0)
            #expect(counts.requests == ["invitations": 2])
        }
    }

    @Test func `An altered repeat is seen`() async throws {
        try await withRegion { region, reader in
            _ = try await send(region, invitation("a"))
            let answer = try await send(region, invitation("a", ended: "2026-11-24 09:16:00"))
            #expect(result("a", in: answer) == "duplicate")
            #expect(try reader.counts().alteredInvitations == 1)
        }
    }

    @Test func `Whoever has rated is not written to`() async throws {
        try await withRegion { region, reader in
            _ = try await curl(region.evaluateURL, body: batch(rating("r", case: "P1")))
            let answer = try await send(region, invitation("a"))
            #expect(result("a", in: answer) == "duplicate" && answer.body.contains("该办件已评价"))
            #expect(try reader.invitations().isEmpty)
        }
    }

    @Test func `One that says too little is refused, and others are taken`() async throws {
        try await withRegion { region, reader in
            let answer = try await send(
                region, invitation("a", case: ""), invitation("b", ended: "2026-11-24 09:14:59"),
                invitation("c", ended: "2026-02-30 09:15:00"), invitation("d"))
            #expect(["a", "b", "c"].allSatisfy { result($0, in: answer) == "rejected" })
            #expect(result("d", in: answer) == "accepted")
            #expect(try reader.counts().rejected == 3 && reader.counts().invitations == 1)
        }
    }

    @Test func `A case that is not filed is refused where cases are demanded`() async throws {
        try await withRegion(requiresCase: true) { region, _ in
            let unfiled = try await send(region, invitation("a"))
            #expect(result("a", in: unfiled) == "rejected")
            _ = try await curl(
                region.url("/api/cases"), body: #"{"cases":[{"projectNo":"P1","serviceNumber":"1"}]}"#)
            let filed = try await send(region, invitation("a"))
            #expect(result("a", in: filed) == "accepted")
        }
    }

    @Test func `A region of another style has no such call`() async throws {
        try await withRegion(profile: "zhejiang-style") { region, _ in
            let answer = try await send(region, invitation("a"))
            #expect(answer.status == 404)
        }
    }

    @Test func `Faults touch it as they touch ratings`() async throws {
        try await withRegion(faults: "retry x1") { region, reader in
            let (first, second) = (
                try await send(region, invitation("a")), try await send(region, invitation("a"))
            )
            #expect(result("a", in: first) == "retry" && result("a", in: second) == "accepted")
            #expect(try reader.counts().faults == ["retry": 1])
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

extension UplinkConformance {
    /// An excuse has a reason, and none is made for what every far side can do.
    mutating func checkExcuses() {
        for behaviour in RegionBehaviour.allCases {
            guard let reason = fixture.impossible(behaviour) else { continue }
            expect(!reason.isEmpty, "\(behaviour) is called impossible without a reason")
            expect(behaviour != .well && behaviour != .failing, "no far side is excused from \(behaviour): \(reason)")
        }
    }

    mutating func checkLimits() async {
        let uplink = await fixture.uplink
        expect(
            (10...Limits.batchRecords).contains(uplink.limits.batchRecords),
            "a batch of \(uplink.limits.batchRecords) is out of range")
        expect(uplink.limits.leastInterval >= .zero, "the least interval is negative")
        expect(uplink.limits.ratingsPerCase >= 1, "the region takes no rating of a case")
        expect(!uplink.name.value.isEmpty, "the uplink has no name")
    }

    mutating func checkAcceptance() async throws {
        let before = try await fixture.storedRatings()
        try await behave(.well)
        expect(try await delivered([]), [], "an empty batch")
        expect(try await delivered(batch(1...10)), all: .accepted, of: 10, "a batch")
        expect(try await delivered(batch(1...10)), all: .duplicate, of: 10, "the same batch again")
        expect(
            try await delivered(batch(9...12)), [.duplicate, .duplicate, .accepted, .accepted], "an overlapping batch")
        expect(try await delivered(batch(13...13)), all: .accepted, of: 1, "a single rating")
        try await expectStored(before + 13, "after acceptances")
    }

    mutating func checkRefusals() async throws {
        let before = try await fixture.storedRatings()
        try await behave(.refusingWhole)
        let refused = try await delivered(batch(21...24))
        if fixture.impossible(.refusingWhole) != nil {
            expectHeld(refused, of: 4, "where no batch is refused whole")
        } else if case .refusedWhole = refused {
            try await expectStored(before, "a batch refused whole")
        } else {
            complain("a batch refused whole: \(refused)")
        }
        try await behave(.well)
        expectHeld(try await delivered(batch(21...24)), of: 4, "after a batch refused whole")
        try await expectStored(before + 4, "after a batch refused whole")

        try await behave(.rejectingOne)
        let report = try await delivered(batch(25...28))
        if fixture.impossible(.rejectingOne) != nil {
            expectHeld(report, of: 4, "where no rating is refused by itself")
        } else {
            expect(report, [.rejected, .accepted, .accepted, .accepted], "one rating refused among others")
            try await expectStored(before + 7, "one rating refused among others")
        }
        try await behave(.well)
        expectHeld(try await delivered(batch(25...28)), of: 4, "after one rating was refused")
        try await expectStored(before + 8, "after one rating was refused")
    }

    mutating func checkPuttingOff() async throws {
        let before = try await fixture.storedRatings()
        try await behave(.retrying)
        let report = try await delivered(batch(31...34))
        if fixture.impossible(.retrying) != nil {
            expectHeld(report, of: 4, "where no rating is put off")
        } else {
            expect(report, all: .retry(after: nil), of: 4, "ratings put off")
            try await expectStored(before, "ratings put off")
        }
        try await behave(.well)
        expectHeld(try await delivered(batch(31...34)), of: 4, "after ratings were put off")
        try await expectStored(before + 4, "after ratings were put off")

        try await behave(.silentOnOne)
        let partial = try await delivered(batch(35...38))
        if fixture.impossible(.silentOnOne) != nil {
            expectHeld(partial, of: 4, "where an answer speaks of all")
        } else {
            expect(partial, [.unknown, .accepted, .accepted, .accepted], "an answer that is silent on one rating")
        }
        try await behave(.well)
        expectHeld(try await delivered(batch(35...38)), of: 4, "after an answer was silent on one rating")
        try await expectStored(before + 8, "after an answer was silent on one rating")
    }

    mutating func checkFailures() async throws {
        for (behaviour, numbers) in [(RegionBehaviour.failing, 41...44), (.breakingSessions, 45...48)] {
            let before = try await fixture.storedRatings()
            try await behave(behaviour)
            let report = try await deliver(batch(numbers))
            if fixture.impossible(behaviour) == nil {
                expectUnreachable(report, "\(behaviour)")
                expectUnreachable(try await deliver(batch(numbers)), "\(behaviour), again")
                try await expectStored(before, "\(behaviour)")
            }
            try await behave(.well)
            expectHeld(try await delivered(batch(numbers)), of: 4, "after \(behaviour)")
            try await expectStored(before + 4, "after \(behaviour)")
        }
    }

    mutating func checkLostAnswer() async throws {
        let before = try await fixture.storedRatings()
        try await behave(.losingAnswers)
        let report = try await deliver(batch(51...54))
        if fixture.impossible(.losingAnswers) == nil {
            expectUnreachable(report, "a lost answer")
            if restarts == .none, case .unreachable(_, let mayHaveArrived, _) = report {
                expect(mayHaveArrived, "a lost answer must be said to may have arrived: \(report)")
                try await expectStored(before + 4, "a lost answer")
            }
        }
        try await behave(.well)
        expectHeld(try await delivered(batch(51...54)), of: 4, "after a lost answer")
        try await expectStored(before + 4, "after a lost answer")
    }

    mutating func checkSlowAnswer() async throws {
        let before = try await fixture.storedRatings()
        try await behave(.slow)
        let started = ContinuousClock.now
        let report = try await delivered(batch(61...64))
        if fixture.impossible(.slow) == nil {
            expect(started.duration(to: .now) > .milliseconds(300), "the region was to answer slowly and did not")
        }
        expectHeld(report, of: 4, "a slow answer")
        try await behave(.well)
        try await expectStored(before + 4, "a slow answer")
    }

    /// Responses to questionnaires go by the same rules: each is held once, however often it is sent.
    mutating func checkResponses() async throws {
        guard await fixture.uplink.limits.takesQuestionnaires else { return }
        let before = try await (ratings: fixture.storedRatings(), responses: fixture.storedResponses())
        let responses = (71...74).map { UplinkSamples.response(base + $0) }
        try await behave(.well)
        expectHeld(try await delivered(responses), of: 4, "responses to a questionnaire")
        expectHeld(try await delivered(responses), of: 4, "responses sent again")
        try await behave(.losingAnswers)
        let lost = (75...78).map { UplinkSamples.response(base + $0) }
        _ = try await deliver(lost)
        try await behave(.well)
        expectHeld(try await delivered(lost), of: 4, "responses whose answer was lost")
        if let stored = before.responses {
            let now = try await fixture.storedResponses()
            expect(now == stored + 8, "8 responses were sent, and \((now ?? 0) - stored) are stored")
            try await expectStored(before.ratings, "responses to a questionnaire")
        }
    }

    /// Invitations go by the same rules, and their region counts them as no ratings where it can tell them apart.
    mutating func checkInvitations() async throws {
        guard await fixture.uplink.limits.invitationWait != nil else { return }
        let before = try await (ratings: fixture.storedRatings(), invitations: fixture.storedInvitations())
        let invitations = (81...84).map { UplinkSamples.invitation(base + $0) }
        try await behave(.well)
        expectHeld(try await delivered(invitations), of: 4, "invitations")
        expectHeld(try await delivered(invitations), of: 4, "invitations sent again")
        try await behave(.losingAnswers)
        let lost = (85...88).map { UplinkSamples.invitation(base + $0) }
        _ = try await deliver(lost)
        try await behave(.well)
        expectHeld(try await delivered(lost), of: 4, "invitations whose answer was lost")
        if let stored = before.invitations {
            let now = try await fixture.storedInvitations()
            expect(now == stored + 8, "8 invitations were sent, and \((now ?? 0) - stored) are stored")
            try await expectStored(before.ratings, "invitations")
        }
    }

    /// More than the limits say is refused or split, and whatever is claimed of a rating is true; none is dropped.
    mutating func checkOversizedBatch() async throws {
        let before = try await fixture.storedRatings()
        let most = await fixture.uplink.limits.batchRecords
        let oversized = batch(1001...1001 + most)
        try await behave(.well)
        if case .answered(let outcomes) = try await delivered(oversized) {
            expect(outcomes.count == oversized.count, "an oversized batch: \(outcomes.count) of \(oversized.count)")
            let held = outcomes.count { $0.verdict == .accepted || $0.verdict == .duplicate }
            expect(!outcomes.contains { $0.verdict == .rejected }, "a rating is refused for its batch's size")
            try await expectStored(before + held, "what was said of an oversized batch")
        }
        for part in [oversized.prefix(most), oversized.suffix(1)] {
            expectHeld(try await delivered(Array(part)), of: part.count, "a part of an oversized batch")
        }
        try await expectStored(before + oversized.count, "after an oversized batch")
    }
}

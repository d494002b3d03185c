// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel

extension JournalConformance {
    private static let region = JournalSamples.region

    /// A journal's journal of `count` pending ratings.
    private static func fill(_ journal: any RatingJournal, _ count: UInt64) async throws {
        let drafts = (1...count).map { JournalSamples.rating($0, press: JournalSamples.press(sequence: $0)) }
        _ = try await recordAll(journal, drafts)
    }

    static let delivering: [JournalCheck] = [
        JournalCheck(name: "leases are oldest first, disjoint, and forgotten by a restart") { journal, restart in
            try await fill(journal, 5)
            try same(try await journal.lease(2, for: region).map(\.sequence), [1, 2], "first lease")
            try same(try await journal.lease(2, for: region).map(\.sequence), [3, 4], "second lease")
            try await sound(journal, Conservation(recorded: 5, pending: 1, inFlight: 4))
            try await journal.settle([JournalSamples.settlement(2, .released)], for: region)
            try same(try await journal.lease(9, for: region).map(\.sequence), [2, 5], "after a release")
            try same(try await journal.lease(9, for: region).map(\.sequence), [], "nothing left")
            try same(try await journal.lease(9, for: UplinkName("nobody")), [], "an uplink that is not known")
            try same(try await journal.lease(-1, for: region), [], "a lease of less than nothing")
            let again = try await restart(journal)
            try await sound(again, Conservation(recorded: 5, pending: 5))
            try same(try await again.lease(1, for: region).map(\.sequence), [1], "after a restart")
        },
        JournalCheck(name: "every settlement moves its counter and survives a restart") { journal, restart in
            try await fill(journal, 8)
            _ = try await journal.lease(7, for: region)
            let results: [SettlementResult] = [
                .delivered(wasDuplicate: false), .delivered(wasDuplicate: true), .released, .unknown, .parked,
                .held(.contested), .held(.unanswered),
            ]
            let settlements = results.enumerated().map { JournalSamples.settlement(Int64($0 + 1), $1) }
            try await journal.settle(settlements, for: region)
            let expected = Conservation(
                recorded: 8, held: [.contested: 1, .unanswered: 1], pending: 2, unknown: 1, delivered: 2, parked: 1)
            try await sound(journal, expected)
            try await journal.settle(settlements, for: region)
            try await sound(journal, expected)
            let again = try await restart(journal)
            try await sound(again, expected)
            try same(try await again.lease(9, for: region).map(\.sequence), [3, 8], "what is left")
        },
        JournalCheck(name: "a settlement of what is not lent is passed over") { journal, _ in
            try await fill(journal, 2)
            try await journal.settle(
                [JournalSamples.settlement(1, .parked), JournalSamples.settlement(77, .parked)], for: region)
            try await sound(journal, Conservation(recorded: 2, pending: 2))
            _ = try await journal.lease(1, for: region)
            let twice = [JournalSamples.settlement(1, .parked), JournalSamples.settlement(1, .unknown)]
            try await journal.settle(twice, for: region)
            try await sound(journal, Conservation(recorded: 2, pending: 1, parked: 1))
        },
        JournalCheck(name: "requeueing moves one state and nothing else") { journal, restart in
            try await fill(journal, 4)
            _ = try await journal.lease(4, for: region)
            let results: [SettlementResult] = [.parked, .parked, .unknown, .held(.unmatched)]
            try await journal.settle(
                results.enumerated().map { JournalSamples.settlement(Int64($0 + 1), $1) }, for: region)
            try same(try await journal.requeue(.parked, for: region), 2, "parked")
            try same(try await journal.requeue(.parked, for: region), 0, "parked again")
            try same(try await journal.requeue(.held(.contested), for: region), 0, "contested")
            try await sound(journal, Conservation(recorded: 4, held: [.unmatched: 1], pending: 2, unknown: 1))
            try same(try await journal.requeue(.unknown, for: region), 1, "unknown")
            try same(try await journal.requeue(.held(.unmatched), for: region), 1, "unmatched")
            let again = try await restart(journal)
            try await sound(again, Conservation(recorded: 4, pending: 4))
        },
        JournalCheck(name: "what is held for a time is released when it is certainly over, oldest first") {
            journal, restart in
            let held: [UplinkName: InitialDelivery] = [region: .held(.reasonless)]
            // Recorded at 1, 2, 3, 4 milliseconds.
            _ = try await recordAll(
                journal,
                (1...4).map { JournalSamples.rating($0, press: JournalSamples.press(sequence: $0), deliveries: held) })
            let age = Duration.milliseconds(1000)
            func release(_ journal: any RatingJournal, _ now: CaptureTime, _ count: Int = 9) async throws -> HeldRelease
            {
                try await journal.release(.reasonless, olderThan: age, atMost: count, for: region, at: now)
            }
            try same(
                try await release(journal, JournalSamples.time(500)),
                HeldRelease(released: 0, nextDue: .milliseconds(501)), "too early")
            try same(
                try await release(journal, JournalSamples.time(1002)),
                HeldRelease(released: 2, nextDue: .milliseconds(1)), "two of four")
            // Another boot with a clock that is not trusted: what is known is that the boot has lasted half the time.
            let untrusted = JournalSamples.time(500).inAnotherBoot(isWallTrusted: false)
            try same(
                try await release(journal, untrusted), HeldRelease(released: 0, nextDue: .milliseconds(500)),
                "untrusted")
            let again = try await restart(journal)
            let trusted = JournalSamples.time(2000).inAnotherBoot(isWallTrusted: true)
            try same(
                try await release(again, trusted, 1), HeldRelease(released: 1, nextDue: .zero), "by the wall clock")
            try same(try await release(again, trusted), HeldRelease(released: 1, nextDue: nil), "the last")
            try same(try await release(again, trusted), HeldRelease(released: 0, nextDue: nil), "none")
            try await sound(again, Conservation(recorded: 4, pending: 4))
            try same(try await again.lease(9, for: region).map(\.sequence), [1, 2, 3, 4], "leased")
        },
        JournalCheck(name: "what stays in the hall is counted for 差评 and the rest apart") { journal, restart in
            let bad = PressOutcome.rated(.dissatisfied, key: 4, label: "不满意")
            let outcomes: [PressOutcome?] = [nil, bad, bad, nil, bad, .timedOut, nil]
            let drafts = outcomes.enumerated().map { offset, outcome in
                JournalSamples.rating(
                    UInt64(offset + 1), press: JournalSamples.press(sequence: UInt64(offset + 1), outcome: outcome),
                    deliveries: offset == 1 ? [region: .held(.reasonless)] : [region: .pending])
            }
            _ = try await recordAll(journal, drafts)
            _ = try await journal.lease(9, for: region)
            let results: [(Int64, SettlementResult)] = [
                (1, .delivered(wasDuplicate: false)), (3, .parked), (4, .held(.contested)), (5, .released),
                (6, .held(.unrated)), (7, .held(.superseded)),
            ]
            try await journal.settle(results.map { JournalSamples.settlement($0, $1) }, for: region)
            let all = Withholding(bad: 3, badKept: 2, others: 2, othersKept: 1)
            try same(try await journal.withholding(for: region, amongNewest: 9), all, "all")
            let again = try await restart(journal)
            try same(try await again.withholding(for: region, amongNewest: 9), all, "all after a restart")
            try same(
                try await again.withholding(for: region, amongNewest: 2),
                Withholding(bad: 1, badKept: 0, others: 1, othersKept: 1), "the newest two")
            try same(
                try await again.withholding(for: UplinkName("nobody"), amongNewest: 9), Withholding(), "nobody's")
        },
        JournalCheck(name: "a device's quarantined ratings are released, and no other's") { journal, restart in
            let held: [UplinkName: InitialDelivery] = [region: .held(.quarantined)]
            let drafts = [
                JournalSamples.rating(1, press: JournalSamples.press(sequence: 1), deliveries: held),
                JournalSamples.rating(2, press: JournalSamples.press(sequence: 2)),
                JournalSamples.rating(
                    3, press: JournalSamples.press(device: "pad-other", sequence: 1), deliveries: held),
            ]
            _ = try await recordAll(journal, drafts)
            let device = JournalSamples.press(sequence: 1).key.device
            let (nobody, uplinks) = (DeviceID("nobody"), [region, UplinkName("office")])
            let decision = JournalSamples.decision(9, device: device)
            try same(try await journal.release(nobody, for: uplinks, by: decision), 0, "nobody's")
            try same(try await journal.decisions(atMost: 9).count, 0, "decisions about nothing")
            try same(try await journal.release(device, for: uplinks, by: decision), 1, "released")
            let next = JournalSamples.decision(10, device: device)
            try same(try await journal.release(device, for: uplinks, by: next), 0, "released again")
            try await sound(journal, Conservation(recorded: 3, held: [.quarantined: 1], pending: 2))
            let again = try await restart(journal)
            try await sound(again, Conservation(recorded: 3, held: [.quarantined: 1], pending: 2))
            let kept = try await again.decisions(atMost: 9)
            try same(kept.map(\.sequence), [4], "the decision's place")
            try same(kept.map(\.body), [.decision(decision.decision.counting(1))], "the decision")
        },
        JournalCheck(name: "uplinks are counted apart, and one that is new takes what comes from then on") {
            journal, restart in
            let office = UplinkName("office")
            try await fill(journal, 2)
            let both = JournalSamples.rating(
                3, press: JournalSamples.press(sequence: 3), deliveries: [region: .pending, office: .held(.unmatched)])
            _ = try await recordAll(journal, [both])
            try same(
                try await journal.conservation(for: office), Conservation(recorded: 1, held: [.unmatched: 1]), "office")
            let again = try await restart(journal)
            try await sound(again, Conservation(recorded: 3, pending: 3))
            try same(
                try await again.conservation(for: office), Conservation(recorded: 1, held: [.unmatched: 1]), "office")
            try same(try await again.knownUplinks(), [office, region], "uplinks")
            try same(try await again.conservation(for: UplinkName("nobody")), Conservation(), "nobody")
        },
        JournalCheck(name: "responses to questionnaires are lent, settled and counted among ratings") {
            journal, restart in
            let rating = JournalSamples.rating(1, press: JournalSamples.press(sequence: 1))
            let first = JournalSamples.response(2, submission: 7)
            let held = JournalSamples.response(3, submission: 8, wish: nil, deliveries: [region: .held(.questionnaire)])
            _ = try await recordAll(journal, [rating, first, held])
            // The same submission is there already, whatever was written; other answers under its number are refused.
            let again = JournalSamples.response(4, submission: 7, wish: "别的")
            let other = JournalSamples.response(5, submission: 7, effort: 1)
            let outcomes = try await journal.record([again, other])
            try same(outcomes, [.duplicate(of: first.id), .failed(.otherAnswers(than: first.id))], "outcomes")
            try await sound(journal, Conservation(recorded: 3, held: [.questionnaire: 1], pending: 2))
            let lent = try await journal.lease(9, for: region)
            try same(lent.map(\.content), [rating.body.delivered, first.body.delivered], "lent")
            try same(lent.map(\.personal), [nil, first.personal], "what was written")
            try same(try await journal.places(of: first.id), [region: .inFlight], "place")
            let delivered = lent.map { JournalSamples.settlement($0.sequence, .delivered(wasDuplicate: false)) }
            try await journal.settle(delivered, for: region)
            try same(try await journal.requeue(.held(.questionnaire), for: region), 1, "freed")
            let restarted = try await restart(journal)
            try await sound(restarted, Conservation(recorded: 3, pending: 1, delivered: 2))
            try same(try await restarted.entry(held.id)?.body, held.body, "body")
            try same(try await restarted.personal(of: first.id), first.personal, "kept words")
            let last = try await restarted.lease(9, for: region)
            try same(last.map(\.content), [held.body.delivered], "lent last")
            try await restarted.settle(last.map { JournalSamples.settlement($0.sequence, .parked) }, for: region)
            try await sound(restarted, Conservation(recorded: 3, delivered: 2, parked: 1))
            try same(try await restarted.withholding(for: region, amongNewest: 9).othersKept, 0, "no level of a rating")
        },
        JournalCheck(name: "personal fields come with the lease and with nothing else") { journal, restart in
            let fields = PersonalFields(["name": "白云", "mobile": "13800000000"])
            let draft = JournalSamples.rating(1, press: JournalSamples.press(sequence: 1), personal: fields)
            _ = try await recordAll(journal, [draft])
            let again = try await restart(journal)
            try same(try await again.lease(1, for: region).map(\.personal), [fields], "fields")
            try await sound(again, Conservation(recorded: 1, inFlight: 1))
        },
    ]

    static let reading: [JournalCheck] = [
        JournalCheck(name: "sessions are found by number and as the newest of each window") { journal, restart in
            let drafts = [
                JournalSamples.session(1, prompt: 10, window: "A01"),
                JournalSamples.session(2, prompt: .max, window: "B02"),
                JournalSamples.session(3, prompt: 3, window: "A01"), JournalSamples.session(4, prompt: 4, window: ""),
            ]
            _ = try await recordAll(journal, drafts)
            let again = try await restart(journal)
            try same(try await again.openSessions().map(\.number), [4, 3, .max], "newest")
            try same(try await again.session(10)?.window, WindowID("A01"), "an old one")
            try same(try await again.session(11), nil, "one that never was")
            try await sound(again, Conservation())
        },
        JournalCheck(name: "press positions are the highest of each log") { journal, restart in
            let presses = [
                JournalSamples.press(device: "b", log: 1, sequence: 3),
                JournalSamples.press(device: "b", log: 1, sequence: 300),
                JournalSamples.press(device: "b", log: 1, sequence: 20),
                JournalSamples.press(device: "b", log: .max, sequence: 1),
                JournalSamples.press(device: "a", log: 9, sequence: 2),
            ]
            _ = try await recordAll(
                journal, presses.enumerated().map { JournalSamples.rating(UInt64($0 + 1), press: $1) })
            let again = try await restart(journal)
            let positions = try await again.pressPositions()
            try same(positions.map(\.key), [presses[4].key, presses[1].key, presses[3].key], "positions")
            try same(positions.map(\.lifetimeCount), [1002, 1300, 1001], "lifetime counts")
        },
        JournalCheck(name: "entries are read in portions") { journal, _ in
            let drafts = (1...5).map { JournalSamples.rating($0, press: JournalSamples.press(sequence: $0)) }
            _ = try await recordAll(journal, drafts)
            try same(try await journal.entries(after: 0, atMost: 2).map(\.sequence), [1, 2], "first")
            try same(try await journal.entries(after: 2, atMost: 2).map(\.id), [drafts[2].id, drafts[3].id], "second")
            try same(try await journal.entries(after: 5, atMost: 2).count, 0, "behind the end")
            try same(try await journal.entries(after: -9, atMost: 1).map(\.sequence), [1], "before the beginning")
            try same(try await journal.entries(after: 0, atMost: -1).count, 0, "less than none")
        },
        JournalCheck(name: "flags are found among other records, the newest of them") { journal, _ in
            let flag = { (number: UInt64) in
                RecordDraft(
                    id: JournalSamples.id(number),
                    body: .integrity(IntegrityEvent(.hastyPress, window: WindowID("A01"), count: number)),
                    recordedAt: JournalSamples.time())
            }
            let drafts = [
                flag(1), JournalSamples.session(2, prompt: 2, window: "A01"), flag(3), flag(4),
                JournalSamples.rating(5, press: JournalSamples.press(sequence: 1)), flag(6),
            ]
            _ = try await recordAll(journal, drafts)
            try same(try await journal.flags(after: 0, atMost: 9).map(\.sequence), [1, 3, 4, 6], "all")
            try same(try await journal.flags(after: 3, atMost: 9).map(\.id), [drafts[3].id, drafts[5].id], "behind")
            try same(try await journal.flags(after: 0, atMost: 2).map(\.body), [drafts[3].body, drafts[5].body], "two")
            try same(try await journal.flags(after: 6, atMost: 9).count, 0, "behind the end")
            try same(try await journal.flags(after: 0, atMost: -1).count, 0, "less than none")
        },
    ]
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel

extension JournalConformance {
    private static let region = JournalSamples.region
    private static let case1 = CaseReference(projectNumber: "P1", serviceNumber: "S1")

    /// `count` ratings, the first of them lent and settled as said.
    private static func settled(
        _ journal: any RatingJournal, _ count: UInt64, _ results: [SettlementResult]
    ) async throws -> [RecordDraft] {
        let drafts = (1...count).map { JournalSamples.rating($0, press: JournalSamples.press(sequence: $0)) }
        _ = try await recordAll(journal, drafts)
        _ = try await journal.lease(results.count, for: region)
        try await journal.settle(
            results.enumerated().map { JournalSamples.settlement(Int64($0 + 1), $1) }, for: region)
        return drafts
    }

    static let lookup: [JournalCheck] = [
        JournalCheck(name: "a record is found by its id, and a rating's place with it") { journal, restart in
            let results: [SettlementResult] = [.delivered(wasDuplicate: true), .parked, .unknown, .held(.contested)]
            let drafts = try await settled(journal, 6, results)
            _ = try await journal.lease(1, for: region)
            let places = try await drafts.asyncMap { try await journal.places(of: $0.id)[region] }
            try same(places, [.delivered, .parked, .unknown, .held(.contested), .inFlight, .pending], "places")
            let again = try await restart(journal)
            try same(try await again.entry(drafts[3].id)?.body, drafts[3].body, "body")
            try same(try await again.entry(drafts[3].id)?.sequence, 4, "sequence")
            try same(try await again.entry(JournalSamples.id(99)), nil, "one that never was")
            try same(try await again.places(of: JournalSamples.id(99)), [:], "its places")
            try same(try await again.places(of: drafts[4].id), [region: .pending], "after a restart")
        },
        JournalCheck(name: "a rating is found by the key of its press, after a restart too") { journal, restart in
            let drafts = try await settled(journal, 3, [.delivered(wasDuplicate: false)])
            let keys = drafts.compactMap { draft in
                if case .rating(let rating) = draft.body { rating.press.key } else { nil as PressKey? }
            }
            try same(keys.count, 3, "keys")
            let again = try await restart(journal)
            for (key, draft) in zip(keys, drafts) {
                try same(try await again.rating(under: key)?.id, draft.id, "the rating of \(key)")
            }
            let other = PressKey(device: keys[0].device, log: keys[0].log, sequence: .max)
            try same(try await again.rating(under: other), nil, "a key that never was")
        },
        JournalCheck(name: "sessions of a window are found from the newest back") { journal, restart in
            let drafts = [
                JournalSamples.session(1, prompt: 10, window: "A01"),
                JournalSamples.session(2, prompt: 11, window: "B02"),
                JournalSamples.session(3, prompt: 12, window: "A01"),
                JournalSamples.rating(4, press: JournalSamples.press(sequence: 1)),
                JournalSamples.session(5, prompt: 3, window: "A01"),
            ]
            _ = try await recordAll(journal, drafts)
            let again = try await restart(journal)
            let window = WindowID("A01")
            let newest = try await again.sessions(at: window, before: .max, atMost: 2)
            try same(newest.map(\.body), [drafts[4].body, drafts[2].body], "the newest")
            let rest = try await again.sessions(at: window, before: newest[1].sequence, atMost: 9)
            try same(rest.map(\.id), [drafts[0].id], "the rest")
            try same(try await again.sessions(at: window, before: .max, atMost: -1), [], "less than none")
            try same(try await again.sessions(at: WindowID("C03"), before: .max, atMost: 9), [], "another window")
        },
        JournalCheck(name: "every move of a rating leaves a receipt, in order") { journal, restart in
            let drafts = try await settled(journal, 3, [.parked, .delivered(wasDuplicate: true), .released])
            let retry = JournalSamples.decision(50, .retried)
            try same(try await journal.carryOut(.retry(drafts[0].id), for: region, by: retry), 1, "retried")
            _ = try await journal.lease(9, for: region)
            let later = Settlement(
                sequence: 1, result: .delivered(wasDuplicate: false), answer: "got it",
                settledAt: JournalSamples.time(77))
            try await journal.settle([later], for: region)
            let again = try await restart(journal)
            let receipts = try await again.receipts(of: drafts[0].id)
            try same(receipts.map(\.place), [.parked, .pending, .delivered], "places")
            try same(receipts.map(\.answer), ["ok", "retried by \(retry.id)", "got it"], "words")
            try same(receipts.map(\.movedBy), [nil, retry.id, nil], "who moved it")
            try same(receipts.map(\.uplink), [region, region, region], "uplinks")
            try same(receipts.last?.settledAt, JournalSamples.time(77), "time")
            try same(receipts.map(\.number), receipts.map(\.number).sorted(), "order")
            try same(try await again.receipts(of: drafts[1].id).map(\.wasDuplicate), [true], "a duplicate")
            try same(try await again.receipts(of: drafts[2].id), [], "one that never moved")
            try same(try await again.receipts(of: JournalSamples.id(99)), [], "one that never was")
        },
        JournalCheck(name: "what waits is listed by its place, in portions") { journal, restart in
            let drafts = try await settled(journal, 6, [.parked, .unknown, .parked, .held(.contested)])
            _ = try await journal.lease(1, for: region)
            let list = { (journal: any RatingJournal, place: RatingPlace, after: Int64, count: Int) in
                try await journal.waiting(in: place, for: region, after: after, atMost: count)
            }
            try same(try await list(journal, .pending, 0, 9).map(\.isLent), [true, false], "lent")
            try same(try await list(journal, .inFlight, 0, 9).map(\.sequence), [5], "in flight")
            try same(try await list(journal, .parked, 0, 1).map(\.id), [drafts[0].id], "a portion")
            let again = try await restart(journal)
            let parked = try await list(again, .parked, 1, 9)
            try same(parked.map(\.id), [drafts[2].id], "the rest")
            try same(parked.map(\.entry?.body), [drafts[2].body], "what it says")
            try same(parked.map(\.last?.answer), ["ok"], "the region's words")
            try same(parked.map(\.moves), [1], "moves")
            try same(try await list(again, .held(.contested), 0, 9).map(\.sequence), [4], "held")
            try same(try await list(again, .unknown, 2, 9).count, 0, "behind the end")
            try same(try await list(again, .parked, 0, -1).count, 0, "less than none")
            try same(try await list(again, .delivered, 0, 9).count, 0, "delivered")
            let nobody = try await again.waiting(in: .pending, for: UplinkName("nobody"), after: 0, atMost: 9)
            try same(nobody.count, 0, "an uplink that is not known")
        },
        JournalCheck(name: "what stopped is sent again by a decision, and nothing else is") { journal, restart in
            let drafts = try await settled(
                journal, 8,
                [.parked, .parked, .unknown, .held(.unanswered), .held(.unmatched), .delivered(wasDuplicate: false)])
            _ = try await journal.lease(1, for: region)
            let decide = { (number: UInt64) in JournalSamples.decision(number, .retried) }
            for (index, draft) in drafts.enumerated() where index > 3 {
                let step = QueueStep.retry(draft.id)
                try same(try await journal.carryOut(step, for: region, by: decide(40)), 0, "\(index)")
            }
            let nothing: [(QueueStep, UplinkName)] = [
                (.retry(JournalSamples.id(99)), region), (.retryAll(in: .pending, atMost: 9), region),
                (.retryAll(in: .delivered, atMost: 9), region), (.retryAll(in: .held(.unmatched), atMost: 9), region),
                (.retry(drafts[0].id), UplinkName("nobody")),
            ]
            for (step, uplink) in nothing {
                try same(try await journal.carryOut(step, for: uplink, by: decide(40)), 0, "\(step)")
            }
            try same(try await journal.decisions(atMost: 9).count, 0, "decisions about nothing")
            let one = QueueStep.retryAll(in: .parked, atMost: 1)
            try same(try await journal.carryOut(one, for: region, by: decide(41)), 1, "one")
            let all = QueueStep.retryAll(in: .parked, atMost: 9)
            try same(try await journal.carryOut(all, for: region, by: decide(42)), 1, "the rest")
            try same(try await journal.carryOut(all, for: region, by: decide(43)), 0, "again")
            try same(try await journal.carryOut(.retry(drafts[2].id), for: region, by: decide(44)), 1, "unknown")
            try same(try await journal.carryOut(.retry(drafts[3].id), for: region, by: decide(45)), 1, "unanswered")
            let expected = Conservation(recorded: 8, held: [.unmatched: 1], pending: 5, inFlight: 1, delivered: 1)
            try await sound(journal, expected)
            let again = try await restart(journal)
            try same(try await again.decisions(atMost: 9).map(\.id), [45, 44, 42, 41].map(JournalSamples.id), "kept")
            try same(
                try await again.lease(9, for: region).map(\.sequence), [1, 2, 3, 4, 7, 8], "leased")
        },
        JournalCheck(name: "a rating that is set aside stays counted and listed, and can be sent after all") {
            journal, restart in
            let drafts = try await settled(journal, 3, [.parked, .held(.superseded)])
            let decision = DecisionDraft(
                id: JournalSamples.id(50),
                decision: JournalSamples.decision(50, .setAside).decision.about(
                    OperatorDecision.Subject(rating: drafts[0].id, uplink: region)),
                recordedAt: JournalSamples.time())
            for draft in drafts[1...] {
                try same(try await journal.carryOut(.setAside(draft.id), for: region, by: decision), 0, "not stopped")
            }
            try same(try await journal.carryOut(.discard(drafts[0].id), for: region, by: decision), 0, "readable")
            try same(try await journal.carryOut(.setAside(drafts[0].id), for: region, by: decision), 1, "set aside")
            try same(try await journal.carryOut(.setAside(drafts[0].id), for: region, by: decision), 0, "again")
            try await sound(journal, Conservation(recorded: 3, held: [.superseded: 1], pending: 1, setAside: 1))
            let again = try await restart(journal)
            try await sound(again, Conservation(recorded: 3, held: [.superseded: 1], pending: 1, setAside: 1))
            let listed = try await again.waiting(in: .setAside, for: region, after: 0, atMost: 9)
            try same(listed.map(\.id), [drafts[0].id], "listed")
            try same(listed.map(\.last?.movedBy), [decision.id], "by whom")
            try same(try await again.entries(beside: drafts[0].id).map(\.id), [decision.id], "beside")
            let retry = JournalSamples.decision(51, .retried)
            try same(try await again.carryOut(.retry(drafts[0].id), for: region, by: retry), 1, "after all")
            try await sound(again, Conservation(recorded: 3, held: [.superseded: 1], pending: 2))
        },
        JournalCheck(name: "what was delivered of a day is read in portions, by when it was pressed") {
            journal, restart in
            let drafts = try await settled(
                journal, 5, [.delivered(wasDuplicate: false), .parked, .delivered(wasDuplicate: true)])
            let day = JournalSamples.time(0).wall..<JournalSamples.time(1).wall
            let other = JournalSamples.time(1).wall..<JournalSamples.time(9).wall
            let again = try await restart(journal)
            var found: [RecordID] = []
            var (next, turns): (RecordID?, Int) = (nil, 0)
            repeat {
                let page = try await again.delivered(pressedIn: day, for: region, after: next, atMost: 2)
                found += page.ratings.map(\.id)
                (next, turns) = (page.next, turns + 1)
            } while next != nil && turns < 9
            try same(found, [drafts[0].id, drafts[2].id], "delivered")
            try same(turns, 3, "portions")
            let none = try await again.delivered(pressedIn: other, for: region, after: nil, atMost: 9)
            try same(none, DeliveredPage(ratings: [], next: nil), "another day")
            let nobody = try await again.delivered(pressedIn: day, for: UplinkName("nobody"), after: nil, atMost: 9)
            try same(nobody.ratings, [], "an uplink that is not known")
        },
        JournalCheck(name: "verdicts stand beside their rating, and so do presses that said something else") {
            journal, restart in
            let drafts = try await settled(journal, 2, [.delivered(wasDuplicate: false)])
            let verdicts = (1...2).map { number in
                RecordDraft(
                    id: JournalSamples.id(60 + UInt64(number)),
                    body: .verdict(
                        RatingVerdict(
                            rating: drafts[0].id, uplink: region, number: "FH-\(number)", outcome: "维持", text: "属实",
                            receivedAt: JournalSamples.time(5))),
                    recordedAt: JournalSamples.time(), deliveries: [region: .pending])
            }
            _ = try await recordAll(journal, verdicts)
            let press = JournalSamples.press(sequence: 1, outcome: .rated(.dissatisfied, key: 4, label: "不满意"))
            let conflict = JournalSamples.rating(70, press: press)
            _ = try await journal.record([conflict])
            let again = try await restart(journal)
            let beside = try await again.entries(beside: drafts[0].id)
            try same(beside.map(\.id), verdicts.map(\.id) + [conflict.id], "beside")
            try same(beside.prefix(2).map(\.body), verdicts.map(\.body), "what they say")
            try same(try await again.entries(beside: drafts[1].id), [], "beside another")
            try same(try await again.entry(drafts[0].id)?.body, drafts[0].body, "the original")
            try await sound(again, Conservation(recorded: 2, pending: 1, delivered: 1))
        },
    ]
}

extension Sequence {
    fileprivate func asyncMap<Answer>(_ body: (Element) async throws -> Answer) async rethrows -> [Answer] {
        var answers: [Answer] = []
        for element in self { answers.append(try await body(element)) }
        return answers
    }
}

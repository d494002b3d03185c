// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel

extension JournalConformance {
    private static let case1 = CaseReference(projectNumber: "P1", serviceNumber: "S1")

    static let recording: [JournalCheck] = [
        JournalCheck(name: "a group is recorded in order under its ids") { journal, restart in
            let drafts = (1...5).map { JournalSamples.rating($0, press: JournalSamples.press(sequence: $0)) }
            let outcomes = try await journal.record(drafts)
            try same(outcomes, drafts.enumerated().map { .recorded(Int64($0 + 1), $1.id) }, "outcomes")
            try same(await journal.status().lastSequence, 5, "last sequence")
            let again = try await restart(journal)
            let entries = try await again.entries(after: 0, atMost: 10)
            try same(entries.map(\.body), drafts.map(\.body), "bodies")
            try same(entries.map(\.recordedAt), drafts.map(\.recordedAt), "times")
            try same(Set(entries.map(\.chainHead)).count, 5, "different heads")
            try await sound(again, Conservation(recorded: 5, pending: 5))
        },
        JournalCheck(name: "an empty group does nothing") { journal, _ in
            try same(try await journal.record([]), [], "outcomes")
            try same(await journal.status().lastSequence, 0, "last sequence")
        },
        JournalCheck(name: "a retransmission is a duplicate, also in its own group and after a restart") {
            journal, restart in
            let first = JournalSamples.rating(1, press: JournalSamples.press(sequence: 7))
            let second = JournalSamples.rating(2, press: JournalSamples.press(sequence: 7, age: .seconds(9)))
            let outcomes = try await journal.record([first, second])
            try same(outcomes, [.recorded(1, first.id), .duplicate(of: first.id)], "in the group")
            try same(try await journal.record([second]), [.duplicate(of: first.id)], "later")
            try same(try await journal.record([first]), [.duplicate(of: first.id)], "the same draft")
            let again = try await restart(journal)
            try same(try await again.record([second]), [.duplicate(of: first.id)], "after a restart")
            try await sound(again, Conservation(recorded: 1, pending: 1))
        },
        JournalCheck(name: "another body under a key is kept once as a conflict and never delivered") {
            journal, restart in
            let first = JournalSamples.rating(1, press: JournalSamples.press(sequence: 7))
            let press = JournalSamples.press(sequence: 7, outcome: .rated(.dissatisfied, key: 4, label: "不满意"))
            let other = JournalSamples.rating(2, press: press)
            _ = try await recordAll(journal, [first])
            let conflict = RecordingOutcome.conflict(with: first.id, keptAs: other.id)
            try same(try await journal.record([other]), [conflict], "first time")
            let resent = JournalSamples.rating(3, press: press)
            try same(try await journal.record([resent]), [conflict], "resent")
            let prompt = JournalSamples.rating(4, press: JournalSamples.press(sequence: 7, prompt: 99))
            try same(
                try await journal.record([prompt]), [.conflict(with: first.id, keptAs: prompt.id)], "another prompt")
            let again = try await restart(journal)
            try same(try await again.record([resent]), [conflict], "resent after a restart")
            let entries = try await again.entries(after: 1, atMost: 10)
            guard case .conflict(let kept)? = entries.first?.body else {
                throw JournalConformanceFailure(description: "no conflict is kept")
            }
            try same(kept.original, first.id, "original")
            try same(entries.count, 2, "conflicts")
            try await sound(again, Conservation(recorded: 1, pending: 1))
        },
        JournalCheck(name: "a draft that breaks a constraint fails alone") { journal, _ in
            let good = (1...3).map { JournalSamples.rating($0, press: JournalSamples.press(sequence: $0)) }
            let clash = JournalSamples.rating(1, press: JournalSamples.press(sequence: 50))
            let outcomes = try await journal.record([good[0], clash, good[1], good[2]])
            guard case .failed = outcomes[1] else {
                throw JournalConformanceFailure(description: "an id was given twice: \(outcomes)")
            }
            try same(
                [outcomes[0], outcomes[2], outcomes[3]], good.enumerated().map { .recorded(Int64($0 + 1), $1.id) },
                "rest")
            let session = JournalSamples.session(10, prompt: 5, window: "A01")
            _ = try await recordAll(journal, [session])
            try same(try await journal.record([session]), [.duplicate(of: session.id)], "session again")
            let taken = try await journal.record([JournalSamples.session(11, prompt: 5, window: "A02")])
            guard case .failed? = taken.first else {
                throw JournalConformanceFailure(description: "a session number was given twice: \(taken)")
            }
            try await sound(journal, Conservation(recorded: 3, pending: 3))
        },
        JournalCheck(name: "ratings that compete for a case are all kept, in their order") { journal, restart in
            let drafts = (1...3).map {
                JournalSamples.rating($0, press: JournalSamples.press(sequence: $0), reference: case1)
            }
            let timedOut = JournalSamples.rating(
                4, press: JournalSamples.press(sequence: 4, outcome: .timedOut), reference: case1)
            let last = JournalSamples.rating(5, press: JournalSamples.press(sequence: 5), reference: case1)
            _ = try await recordAll(journal, [drafts[0]])
            _ = try await recordAll(journal, [drafts[1], timedOut, drafts[2]])
            let again = try await restart(journal)
            _ = try await recordAll(again, [last])
            let lent = try await again.lease(10, for: JournalSamples.region)
            try same(lent.map(\.ordinal), [1, 2, 1, 3, 4], "ordinals")
        },
        JournalCheck(name: "a press that corrects another holds it back and takes its number") { journal, restart in
            let drafts = (1...4).map { number in
                JournalSamples.rating(
                    number, press: JournalSamples.press(sequence: number), reference: case1,
                    supersedes: number == 3 ? 2 : nil)
            }
            _ = try await recordAll(journal, Array(drafts[0..<2]))
            try same(try await journal.lease(9, for: JournalSamples.region, upTo: 1).map(\.sequence), [1], "up to 1")
            _ = try await recordAll(journal, Array(drafts[2...]))
            try await sound(journal, Conservation(recorded: 4, held: [.superseded: 1], pending: 2, inFlight: 1))
            let again = try await restart(journal)
            try await sound(again, Conservation(recorded: 4, held: [.superseded: 1], pending: 3))
            let lent = try await again.lease(9, for: JournalSamples.region)
            try same(lent.map(\.sequence), [1, 3, 4], "leased")
            try same(lent.map(\.ordinal), [1, 2, 3], "ordinals")
        },
        JournalCheck(name: "what is on its way is not held back by a press that corrects it") { journal, _ in
            let first = JournalSamples.rating(1, press: JournalSamples.press(sequence: 1), reference: case1)
            _ = try await recordAll(journal, [first])
            _ = try await journal.lease(1, for: JournalSamples.region)
            let second = JournalSamples.rating(
                2, press: JournalSamples.press(sequence: 2), reference: case1, supersedes: 1)
            _ = try await recordAll(journal, [second])
            try await sound(journal, Conservation(recorded: 2, pending: 1, inFlight: 1))
            try same(try await journal.lease(9, for: JournalSamples.region).map(\.ordinal), [2], "ordinal")
            // A resend of the second press changes nothing any more.
            try same(try await journal.record([second]), [.duplicate(of: second.id)], "resend")
        },
        JournalCheck(name: "records of windows are kept and not delivered") { journal, restart in
            let bodies: [RecordBody] = [
                .noAnswer(NoAnswer(session: 7, window: WindowID("A01"))),
                .integrity(IntegrityEvent(.keyStreak, window: WindowID("A01"), device: DeviceID("pad-1"), count: 20)),
                .session(
                    WindowSession(
                        number: 9, window: WindowID("A01"), caseReference: nil, staff: nil,
                        openedAt: JournalSamples.time(), ticket: "B012")),
            ]
            _ = try await recordAll(
                journal,
                bodies.enumerated().map {
                    RecordDraft(id: JournalSamples.id(UInt64($0 + 1)), body: $1, recordedAt: JournalSamples.time())
                })
            let again = try await restart(journal)
            try same(try await again.entries(after: 0, atMost: 9).map(\.body), bodies, "bodies")
            try await sound(again, Conservation())
        },
        JournalCheck(name: "decisions are in the chain, are found, and are never delivered") { journal, restart in
            let drafts = OperatorDecision.Kind.allCases.enumerated().map { offset, kind in
                // Whoever hands in a decision with a way out is not heard.
                RecordDraft(
                    id: JournalSamples.id(UInt64(offset + 1)),
                    body: .decision(JournalSamples.decision(1, kind).decision),
                    recordedAt: JournalSamples.time(), deliveries: [JournalSamples.region: .pending])
            }
            let press = JournalSamples.rating(90, press: JournalSamples.press(sequence: 1))
            let sequences = try await recordAll(journal, drafts + [press])
            try await sound(journal, Conservation(recorded: 1, pending: 1))
            let again = try await restart(journal)
            try await sound(again, Conservation(recorded: 1, pending: 1))
            try same(try await again.lease(9, for: JournalSamples.region).map(\.sequence), [sequences.last], "leased")
            let newest = try await again.decisions(atMost: 2)
            try same(newest.map(\.body), drafts.suffix(2).reversed().map(\.body), "newest decisions")
            try same(try await again.decisions(atMost: 99).count, drafts.count, "all decisions")
            try same(Set(newest.map(\.chainHead)).count, 2, "heads")
        },
        JournalCheck(name: "presses of one time, by any channel, are kept under one position of their source") {
            journal, restart in
            let numbers: [UInt64] = [0, 1 << 62, .max, 5, 1 << 61]
            let drafts = zip(numbers, RatingChannel.allCases).enumerated().map { offset, pair in
                let press = JournalSamples.press(device: "pages", log: PressKey.promptLog, sequence: pair.0 | 1 << 63)
                let draft = JournalSamples.rating(
                    UInt64(offset + 1), press: press, personal: PersonalFields(["text": "\(offset)"]))
                guard case .rating(let rating) = draft.body else { return draft }
                return RecordDraft(
                    id: draft.id, body: .rating(rating.by(pair.1)), recordedAt: draft.recordedAt,
                    personal: draft.personal, deliveries: draft.deliveries)
            }
            _ = try await recordAll(journal, drafts)
            let again = try await restart(journal)
            try same(try await again.entries(after: 0, atMost: 9).map(\.body), drafts.map(\.body), "bodies")
            try same(try await again.pressPositions().map(\.key.sequence), [.max], "positions")
            for draft in drafts {
                try same(try await again.personal(of: draft.id), draft.personal, "personal fields")
                try same(try await again.record([draft]), [.duplicate(of: draft.id)], "the same again")
            }
            try same(try await again.personal(of: JournalSamples.id(99)), nil, "personal fields of nothing")
            let lent = try await again.lease(9, for: JournalSamples.region)
            try same(lent.compactMap(\.content.channel), Array(RatingChannel.allCases.prefix(5)), "channels")
            try same(lent.map(\.personal), drafts.map(\.personal), "lent personal fields")
        },
        JournalCheck(name: "the extremes of every number survive") { journal, restart in
            let presses = [
                JournalSamples.press(
                    device: "", log: .max, sequence: .max, outcome: .cancelled, prompt: .max, age: nil),
                JournalSamples.press(device: "设备", log: 0, sequence: 0, age: .seconds(Int64.max / 2)),
                JournalSamples.press(device: "设备", log: 0, sequence: 1 << 63),
            ]
            let drafts = presses.enumerated().map { JournalSamples.rating(UInt64($0 + 1), press: $1) }
            _ = try await recordAll(journal, drafts)
            let again = try await restart(journal)
            try same(try await again.entries(after: 0, atMost: 9).map(\.body), drafts.map(\.body), "bodies")
            let positions = try await again.pressPositions()
            try same(Set(positions.map(\.key.sequence)), [.max, 1 << 63], "highest positions")
        },
    ]
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@Suite struct RecordIDTests {
    @Test func textAndBytes() {
        let id = RecordID(at: WallTime(millisecondsSinceEpoch: 0x0123_4567_89AB), random: (.max, .max))
        #expect(id.description == "01234567-89ab-7fff-bfff-ffffffffffff")
        #expect(RecordID(id.description) == id)
        #expect(RecordID(id.description.uppercased()) == id)
        #expect(id.bytes.count == 16)
        for text in [
            "", "01234567-89ab-7fff-bfff-fffffffffff", "0123456789ab-7fff-bfff-ffffffffffff-",
            "x" + id.description.dropFirst(),
        ] {
            #expect(RecordID(text) == nil)
        }
    }

    @Test func laterIsGreater() {
        let early = RecordID(at: WallTime(millisecondsSinceEpoch: 5), random: (.max, .max))
        let late = RecordID(at: WallTime(millisecondsSinceEpoch: 6), random: (0, 0))
        #expect(early < late)
        #expect(RecordID(at: WallTime(millisecondsSinceEpoch: .min), random: (0, 0)).high == 0x7000)
    }
}

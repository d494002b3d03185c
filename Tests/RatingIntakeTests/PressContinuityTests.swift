// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingIntake
import RatingModel
import Testing

private func key(_ sequence: UInt64, log: UInt64 = 1) -> PressKey {
    PressKey(device: DeviceID("native-1"), log: log, sequence: sequence)
}

@Suite struct PressContinuityTests {
    @Test func anUnbrokenLogHasNoGaps() {
        var continuity = PressContinuity(from: [])
        for sequence in 1...20 as ClosedRange<UInt64> {
            #expect(continuity.note(key(sequence), lifetimeCount: 100 + sequence) == nil)
        }
        #expect(continuity.missing.isEmpty)
    }

    @Test func aHoleIsSeenAndFilled() {
        var continuity = PressContinuity(from: [PressPosition(key: key(4), lifetimeCount: nil)])
        #expect(continuity.note(key(7), lifetimeCount: nil)?.skippedSequences == 2)
        #expect(continuity.missing == [DeviceID("native-1"): 2])
        #expect(continuity.note(key(5), lifetimeCount: nil) == nil)
        #expect(continuity.note(key(6), lifetimeCount: nil) == nil)
        #expect(continuity.missing.isEmpty)
    }

    @Test func aLifetimeCountThatRunsAheadIsSeen() {
        var continuity = PressContinuity(from: [])
        _ = continuity.note(key(1), lifetimeCount: 50)
        #expect(continuity.note(key(2), lifetimeCount: 54)?.uncountedPresses == 3)
    }

    @Test func aResendMovesTheMarkForwardOnly() {
        var continuity = PressContinuity(from: [PressPosition(key: key(4), lifetimeCount: nil)])
        continuity.confirm(key(5), lifetimeCount: nil)
        #expect(continuity.note(key(6), lifetimeCount: nil) == nil)
        _ = continuity.note(key(9), lifetimeCount: nil)
        continuity.confirm(key(6), lifetimeCount: nil)
        #expect(continuity.missing == [DeviceID("native-1"): 2])
    }

    @Test func aForgedSequenceNeverTraps() {
        var continuity = PressContinuity(from: [PressPosition(key: key(1), lifetimeCount: .max)])
        #expect(continuity.note(key(.max), lifetimeCount: 0)?.skippedSequences == UInt64.max - 2)
        #expect(continuity.note(key(0), lifetimeCount: .max) == nil)
        #expect(continuity.note(key(3, log: 2), lifetimeCount: .max) == nil)
        #expect(continuity.note(key(.max, log: 2), lifetimeCount: .max) != nil)
    }
}

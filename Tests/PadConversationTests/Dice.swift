// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Everything random in a conversation, from its seed (SplitMix64).
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x2545_F491_4F6C_DD1D &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z &>> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z &>> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z &>> 31
    }

    /// A number from 0 up to, not including, `bound`.
    mutating func below(_ bound: UInt64) -> UInt64 { (next() &>> 16) % bound }

    /// A number between the two, both included.
    mutating func between(_ low: UInt64, _ high: UInt64) -> UInt64 { low + below(high - low + 1) }

    /// Whether something happens that happens so often in a thousand.
    mutating func happens(_ perMille: UInt64) -> Bool { below(1000) < perMille }
}

/// How rough a conversation is, in thousandths.
struct Roughness {
    var lost: UInt64 = 60
    var corrupted: UInt64 = 40
    var split: UInt64 = 150
    var joined: UInt64 = 150
    /// Power cuts of the pad at a step of its memory, and at any moment between presses.
    var padCut: UInt64 = 4
    /// The same for the gateway.
    var gatewayCut: UInt64 = 4
    var refused: UInt64 = 15
    /// The journal's answer never reaches the driver.
    var unanswered: UInt64 = 5
    /// The pad's memory refuses a write.
    var writeFailed: UInt64 = 3
}

/// What happened in conversations; printed at the end, and asserted to have happened at all.
struct Tally {
    var conversations = 0
    var presses = 0
    var otherEntries = 0
    var frames = 0
    var lost = 0
    var corrupted = 0
    var split = 0
    var joined = 0
    var padCuts = 0
    var gatewayCuts = 0
    var refused = 0
    var resent = 0
    var logFull = 0
    var newLogs = 0
    var thanked = 0

    mutating func add(_ other: Tally) {
        conversations += other.conversations
        presses += other.presses
        otherEntries += other.otherEntries
        frames += other.frames
        lost += other.lost
        corrupted += other.corrupted
        split += other.split
        joined += other.joined
        padCuts += other.padCuts
        gatewayCuts += other.gatewayCuts
        refused += other.refused
        resent += other.resent
        logFull += other.logFull
        newLogs += other.newLogs
        thanked += other.thanked
    }
}

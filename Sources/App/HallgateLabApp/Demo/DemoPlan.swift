// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import VirtualPads

/// What a demo is to do; everything random in it follows from the seed.
struct DemoPlan: Sendable, Hashable {
    /// Simulated pads, each at a window of its own.
    var pads = 8
    /// Ratings to press.
    var ratings = 200
    /// Whether each fault of the schedule fires.
    var hasFaults = false
    /// Further kills of the daemon at random moments, with a backlog.
    var kills = 0
    /// Where everything random starts.
    var seed: UInt64 = 1
    /// Names of the first windows; the others are numbered from A01.
    var windowNames: [String] = []

    /// The windows' names, one for each pad.
    var windows: [String] {
        var names = windowNames.prefix(pads).map { $0 }
        var number = 1
        while names.count < pads {
            let name = "A" + (number < 10 ? "0" : "") + String(number)
            if !names.contains(name) { names.append(name) }
            number += 1
        }
        return names
    }

    /// How long a citizen thinks at most before pressing.
    var longestThought: Duration {
        if kills > 0 { return .milliseconds(40) }
        return hasFaults ? .milliseconds(20) : .milliseconds(120)
    }

    /// How long a citizen waits for the prompt and for the thanks.
    var patience: Duration { hasFaults || kills > 0 ? .milliseconds(1500) : .seconds(5) }

    /// What the citizen of a rating presses, and how long they think; the first five press the five levels.
    func press(ofRating number: Int) -> (level: UInt8, thinking: Duration) {
        var generator = SeededGenerator(seed: seed, stream: 1000 + UInt64(clamping: number))
        let thinking = Duration.milliseconds(Int64.random(in: 0...longestThought.wholeMilliseconds, using: &generator))
        if number < 5 { return (UInt8(5 - number), thinking) }
        let draw = Int.random(in: 0..<100, using: &generator)
        let upTo = [55, 80, 90, 96, 100]
        let level = upTo.firstIndex { draw < $0 } ?? 0
        return (UInt8(level + 1), thinking)
    }
}

extension Duration {
    /// Milliseconds, rounded towards zero.
    var wholeMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }

    /// Seconds with their fraction.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

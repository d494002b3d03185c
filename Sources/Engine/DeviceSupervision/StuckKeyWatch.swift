// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Sees a key that is held down, by presses that follow each other faster than people press; levels do not matter.
///
/// A press that answers a prompt of its own was asked for, and a press whose moment is not known may come out of a log
/// with many others: neither counts.
struct StuckKeyWatch: Sendable {
    /// So many presses within ``window`` are no person's.
    static let most = 20
    static let window = Duration.seconds(10)
    /// After so long without such a press the key counts as free again.
    static let calm = Duration.seconds(60)

    private var moments: [MonotonicInstant] = []
    private var lastPrompt: PromptNumber?
    private var stuckSince: MonotonicInstant?
    private var saysStuck = false

    /// Takes a press.
    mutating func pressed(prompt: PromptNumber?, age: Duration?, at now: MonotonicInstant) {
        defer { lastPrompt = prompt }
        guard let age, age < Self.window, prompt == nil || prompt == lastPrompt else { return }
        moments.removeAll { $0.duration(to: now) > Self.window }
        moments.append(now)
        if moments.count > Self.most { moments.removeFirst() }
        if moments.count == Self.most { stuckSince = now }
    }

    /// Takes what the device says of itself.
    mutating func said(_ isStuck: Bool) { saysStuck = isStuck }

    func isStuck(at now: MonotonicInstant) -> Bool {
        saysStuck || stuckSince.map { $0.duration(to: now) < Self.calm } ?? false
    }
}

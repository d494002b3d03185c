// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// What the integrity of the windows is judged from, as it is kept over a restart: without it a ticket that was asked
/// for a rating would be flagged as one that was not.
///
/// Streaks are left out, because a key that was pressed would stand in it; so are presses outside the opening hours,
/// each of which carries a mark of its own.
public struct IntegrityMemory: Sendable, Hashable {
    struct Window: Sendable, Hashable {
        var asked: Asked?
        var wasPrompted = false
    }

    struct Asked: Sendable, Hashable {
        let number: PromptNumber
        let at: CaptureTime
    }

    var windows: [WindowID: Window] = [:]

    /// A memory of nothing.
    public init() {}

    var lines: [FieldLine] {
        windows.sorted { $0.key < $1.key }.map { window, state in
            var line = FieldLine("watch")
            line.put("window", window.value)
            line.mark("prompted", state.wasPrompted)
            line.put("asked", state.asked?.number)
            line.put("at", state.asked?.at)
            return line
        }
    }

    /// Takes a line in; `false` where it is none of these, or does not say what it should.
    mutating func take(_ line: FieldLine) -> Bool {
        guard line.kind == "watch", let window = line.text("window") else { return false }
        var state = Window()
        state.wasPrompted = line.isMarked("prompted")
        if line.text("asked") != nil {
            guard let number = line.number("asked", as: PromptNumber.self), let at = line.time("at") else {
                return false
            }
            state.asked = Asked(number: number, at: at)
        }
        return windows.updateValue(state, forKey: WindowID(window)) == nil
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI

extension ReconciliationReport {
    /// Fewer ratings of a window and channel than this are counted without their levels.
    public static let leastShown = 10

    /// The same without the levels of windows that had so few ratings that somebody at the window could tell whose a
    /// level was (G9): they stand in one line, with `●` for the level. What differs is listed by id as before.
    public func blurred() -> ReconciliationReport {
        struct Place: Hashable {
            var window: String?
            var channel: String?
        }
        var sums: [Place: (delivered: Int, held: Int)] = [:]
        for count in counts {
            let place = Place(window: count.window, channel: count.channel)
            sums[place, default: (0, 0)].delivered += count.delivered
            sums[place, default: (0, 0)].held += count.held
        }
        let few = sums.filter { max($0.value.delivered, $0.value.held) < Self.leastShown }
        var (result, stated) = (self, Set<Place>())
        result.counts = counts.compactMap { count in
            let place = Place(window: count.window, channel: count.channel)
            guard let sum = few[place] else { return count }
            guard stated.insert(place).inserted else { return nil }
            return Count(
                window: count.window, level: "●", channel: count.channel, delivered: sum.delivered, held: sum.held)
        }
        return result
    }
}

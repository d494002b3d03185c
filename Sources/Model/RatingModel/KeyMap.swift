// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What the keys of a model of pad mean: which level, which word is printed on it, and where it sits.
///
/// Order and number of keys differ per model, so a map belongs to the model of pad and not to the window. A pad with
/// three or four keys cannot express every level; ``missingLevels`` says which, and no level is ever guessed from
/// another.
public struct KeyMap: Sendable, Hashable {
    /// A key.
    public struct Key: Sendable, Hashable {
        /// The level it stands for.
        public let level: SatisfactionLevel
        /// Its number on the pad, from the left and from 1.
        public let number: UInt8
        /// The word printed on it, kept with each press; at most ``Limits/identifierBytes`` bytes of UTF-8.
        public let label: String

        /// Describes a key.
        public init(_ level: SatisfactionLevel, number: UInt8, label: String) {
            self.level = level
            self.number = number
            self.label = label
        }
    }

    /// The keys by the value the pad sends for them.
    public let keys: [UInt8: Key]

    /// Takes the keys by the value the pad sends for them.
    public init(_ keys: [UInt8: Key]) { self.keys = keys }

    /// Takes levels in the order of the keys from the left, with the values the pad sends for them.
    public init(fromLeft keys: [(value: UInt8, level: SatisfactionLevel)]) {
        var map: [UInt8: Key] = [:]
        for (number, key) in zip(UInt8(1)..., keys) where map[key.value] == nil {
            map[key.value] = Key(key.level, number: number, label: key.level.label)
        }
        self.keys = map
    }

    /// What a value that a pad sent means; `nil` for a value that no key has.
    public func outcome(of value: UInt8) -> PressOutcome? {
        keys[value].map { .rated($0.level, key: $0.number, label: $0.label) }
    }

    /// The levels that can be pressed.
    public var levels: Set<SatisfactionLevel> { Set(keys.values.map(\.level)) }

    /// The levels nobody can press on such a pad, best first.
    public var missingLevels: [SatisfactionLevel] { SatisfactionLevel.allCases.filter { !levels.contains($0) } }

    /// Five keys, best first from the left, that send 1 to 5: the native pad's and the common keyboard pad's.
    public static let five = KeyMap(
        fromLeft: zip(UInt8(1)..., SatisfactionLevel.allCases).map { (value: $0, level: $1) })

    /// The three keys of the queue bus: 3 非常满意, 2 满意, 0 不满意 (its public host code). Their order on the pad is not
    /// published; from the best.
    public static let queueBus = KeyMap(fromLeft: [(3, .verySatisfied), (2, .satisfied), (0, .dissatisfied)])
}

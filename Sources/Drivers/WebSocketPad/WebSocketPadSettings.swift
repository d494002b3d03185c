// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the public description of the WebSocket pad leaves open, as the hall's pads have it.
public struct WebSocketPadSettings: Sendable, Hashable {
    /// The four scores of a `RateSubmit`.
    public enum Score: String, Sendable, Hashable, CaseIterable {
        case attitude, quality, efficiency, honest
    }

    /// The name the pad's presses are recorded under.
    public var device: DeviceID
    /// Which of the scores is the citizen's level; a region asks for one.
    public var score: Score
    /// What its values 1 to 5 mean.
    public var keyMap: KeyMap
    /// The only `winNum` that may log in; `nil` for any.
    public var windowNumber: String?
    /// How often the pad sends a `HeartBeat`; after twice and a half that time without a message it counts as silent.
    public var heartbeat = Duration.seconds(300)
    /// Whether a `rateId` the gateway hands out is a JSON number; else it is a text.
    public var sendsNumericRateID = false
    /// Whether the `userCode` of a `Login` says who serves at the window.
    public var signsStaffIn = true
    /// How the `date` of a `RateQuest` is written.
    public var date = DateForm.second
    /// The member that holds the word of a `RateOperate`; `nil` where the parameter is the word itself.
    public var operationMember: String?
    /// The results of the methods that ask for lists, by method; a method without one is answered 1001.
    public var results: [Method: JSONValue] = [:]

    /// How a `date` is written; the public description does not say it.
    public enum DateForm: String, Sendable, Hashable, CaseIterable {
        /// `yyyy-MM-dd HH:mm:ss`, as the "好差评" interfaces write times.
        case second
        /// `yyyy-MM-dd`.
        case day
        /// Not at all.
        case none

        /// How much of the longest form that is.
        var characters: Int {
            switch self {
            case .second: 19
            case .day: 10
            case .none: 0
            }
        }
    }

    /// The methods that ask for what only the hall knows.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        case windows = "GetWindowList"
        case users = "GetUserList"
        case items = "GetItemList"
        case photograph = "GetUserPhoto"

        /// Whether a pad needs the answer to log in.
        var isAskedBeforeLogin: Bool { self == .windows || self == .users }
    }

    /// Takes the statements for which there is no usual value.
    public init(device: DeviceID, score: Score, keyMap: KeyMap) {
        self.device = device
        self.score = score
        self.keyMap = keyMap
    }
}

extension KeyMap {
    /// Values 1 to 5 in one of the two directions that halls use: `best` is 1 or 5.
    public static func scores(best: Int) -> KeyMap {
        let values: [UInt8] = best == 1 ? [1, 2, 3, 4, 5] : [5, 4, 3, 2, 1]
        return KeyMap(fromLeft: zip(values, SatisfactionLevel.allCases).map { (value: $0, level: $1) })
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import OperatorAPI
import RatingModel

/// Who looks at the queue, by the socket they came on: some states and some words of a region tell a level (G9).
enum QueueViewer: Sendable {
    /// Operators see no state and no words that tell a level.
    case operating
    /// Auditors have to see what they agree to; it is logged that they looked.
    case auditing
}

extension RatingPlace {
    /// The word for it on the socket and the command line.
    var word: String {
        switch self {
        case .pending: "pending"
        case .inFlight: "in-flight"
        case .unknown: "unknown"
        case .parked: "parked"
        case .setAside: "set-aside"
        case .delivered: "delivered"
        case .held(let reason): "held:\(reason.rawValue)"
        }
    }

    /// Whether a rating can only be here with a certain level: such ratings are counted and not listed for operators.
    var tellsLevel: Bool {
        if case .held(let reason) = self { reason.tellsLevel } else { false }
    }

    /// The word that a viewer may see of one rating. What waits by itself is not told from what tells the level.
    func word(for viewer: QueueViewer) -> String { viewer == .operating && tellsLevel ? "waiting" : word }

    /// The places that a word stands for; empty where it stands for none.
    static func places(_ word: String) -> [RatingPlace] {
        all.filter { $0.word == word || (word == "held" && $0.word.hasPrefix("held:")) }
    }

    /// The places where ratings have stopped until somebody does something, or something else happens. What was corrected
    /// by a later press, or has no level where the region takes none, is well where it is, and so is an invitation whose time
    /// has not come.
    static let stopped: [RatingPlace] =
        [.parked, .unknown, .setAside]
        + all.filter { place in
            if case .held(let reason) = place {
                ![.superseded, .unrated, .answerable].contains(reason)
            } else {
                false
            }
        }
}

/// A region's words as they may be shown.
enum RegionWords {
    /// What is shown instead.
    static let masked = "●"

    /// Parts of words by which a region's complaint tells that a rating was bad, or which level it had.
    private static let telling = [
        "满意", "差评", "好评", "中评", "原因", "理由", "等级", "指标", "satisf", "evaldetail", "writingevaluation", "level",
        "attitude", "reason",
    ]

    /// The words, or ``masked`` where they speak of the level to somebody who must not know it.
    static func shown(_ words: String, to viewer: QueueViewer) -> String {
        guard viewer == .operating else { return words }
        let lowered = words.lowercased()
        return telling.contains { lowered.contains($0) } ? masked : words
    }
}

extension QueueReport.Counters {
    /// The counters of an uplink, states without a rating left out.
    init(_ uplink: UplinkName, _ counters: Conservation) {
        var states: [String: Int64] = [:]
        let single: [(RatingPlace, Int64)] = [
            (.pending, counters.pending), (.inFlight, counters.inFlight), (.unknown, counters.unknown),
            (.parked, counters.parked), (.setAside, counters.setAside), (.delivered, counters.delivered),
        ]
        for (place, count) in single where count != 0 { states[place.word] = count }
        for (reason, count) in counters.held where count != 0 { states[RatingPlace.held(reason).word] = count }
        self.init(
            uplink: uplink.value, recorded: counters.recorded, states: states, holds: counters.holds)
    }
}

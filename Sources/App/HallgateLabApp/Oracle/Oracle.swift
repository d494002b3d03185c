// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// What became of the presses, by comparing the pads' memories with the region's store; the gateway is not asked.
struct OracleVerdict: Hashable {
    /// Ratings in the pads' memories.
    var pressed = 0
    /// Pressed ratings that the region has.
    var delivered = 0
    /// Pressed ratings that the region does not have.
    var lost: [PressPlace] = []
    /// Presses that reached the region under more than one id.
    var duplicated: [PressPlace] = []
    /// Presses whose level, case or device is another at the region than at the pad.
    var altered: [PressPlace] = []
    /// Ids at the region that stand for no press.
    var invented: [String] = []

    /// Whether each press is at the region once, as it was pressed, and nothing else is.
    var isClean: Bool { lost.isEmpty && duplicated.isEmpty && altered.isEmpty && invented.isEmpty }

    /// Compares both sides.
    init(pressed: [PressedFact], delivered: [DeliveredFact]) {
        self.pressed = pressed.count
        var arrivals: [PressPlace: [DeliveredFact]] = [:]
        for fact in delivered {
            if let place = fact.place { arrivals[place, default: []].append(fact) } else { invented.append(fact.id) }
        }
        for press in pressed {
            let found = arrivals.removeValue(forKey: press.place) ?? []
            if found.contains(where: { !$0.isCompeting }) { self.delivered += 1 } else { lost.append(press.place) }
            if Set(found.map(\.id)).count > 1 { duplicated.append(press.place) }
            if found.contains(where: { $0.differs(from: press) }) { altered.append(press.place) }
        }
        invented += arrivals.values.joined().map(\.id)
        lost.sort()
        duplicated.sort()
        altered.sort()
        invented.sort()
    }
}

extension DeliveredFact {
    /// The "好差评" interfaces count the levels 5 (best) to 1; the pads' memories 1 to 5.
    fileprivate func differs(from press: PressedFact) -> Bool {
        satisfaction != String(6 - press.level.rawValue) || device != press.device
            || press.caseReference.map { $0 != caseReference } ?? false
    }
}

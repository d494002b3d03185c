// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The place of a press in the world: log numbers are random, so a log belongs to one pad alone.
struct PressPlace: Hashable, Comparable, CustomStringConvertible {
    let log: UInt64
    let sequence: UInt64

    var description: String { "\(String(log, radix: 16))-\(sequence)" }

    static func < (left: PressPlace, right: PressPlace) -> Bool {
        (left.log, left.sequence) < (right.log, right.sequence)
    }
}

/// A rating as the pad that it was pressed on has it in its own memory.
struct PressedFact: Hashable {
    let place: PressPlace
    /// The name the gateway must give the device: `native-` and the number on its label in 16 hexadecimal digits.
    let device: String
    let level: SatisfactionLevel
    /// The case the citizen was asked about, as the business system opened it.
    let caseReference: CaseReference?
}

/// A rating as the region has it in its store.
struct DeliveredFact: Hashable {
    let id: String
    /// The press it names; `nil` where it names none.
    let place: PressPlace?
    /// The device it names.
    let device: String
    /// The region's digit, `5` best to `1`.
    let satisfaction: String
    let caseReference: CaseReference
    /// Whether the region only answered 评价数据不可重复, because the case was taken under another id.
    let isCompeting: Bool
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How satisfied the citizen said they were: one of five levels, best first.
///
/// The level is an enumeration everywhere inside Hallgate. Regions number the levels in opposite directions
/// (GB/T 39046-2020 table A.8 counts 1 to 5, the "好差评" interfaces 5 to 1), so numbers exist only in region profiles.
public enum SatisfactionLevel: UInt8, Sendable, Hashable, CaseIterable {
    /// 非常满意
    case verySatisfied = 1
    /// 满意
    case satisfied = 2
    /// 基本满意
    case basicallySatisfied = 3
    /// 不满意
    case dissatisfied = 4
    /// 非常不满意
    case veryDissatisfied = 5

    /// Whether this is a 差评: one of the last two levels.
    public var isBad: Bool { self == .dissatisfied || self == .veryDissatisfied }

    /// The words of the standard, as they are printed on keys.
    public var label: String {
        switch self {
        case .verySatisfied: "非常满意"
        case .satisfied: "满意"
        case .basicallySatisfied: "基本满意"
        case .dissatisfied: "不满意"
        case .veryDissatisfied: "非常不满意"
        }
    }
}

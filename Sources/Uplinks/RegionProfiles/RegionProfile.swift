// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// How a region writes a rating down: codes and field names as data, because regions differ (`Region profiles`).
public struct RegionProfile: Sendable, Hashable {
    /// The name in the configuration.
    public var name: String
    /// The key of the array of ratings in the body.
    public var envelope: String
    /// The names of a rating's fields.
    public var fields: Fields
    /// The code of each level.
    public var levels: LevelCodes
    /// 评价渠道 `pf`: the code of the channel the rating came by.
    public var channel: String
    /// Most ratings of one case and service (首次评价 1, 追评 2).
    public var ratingsPerCase: Int
    /// Phrases in the region's words that mean "I have it already", which is success.
    public var duplicatePhrases: [String]

    /// The names of a rating's fields.
    public struct Fields: Sendable, Hashable {
        /// The idempotency key.
        public var id = "id"
        /// 办件编号.
        public var projectNumber = "projectNo"
        /// 服务编号.
        public var serviceNumber = "serviceNumber"
        /// 评价渠道.
        public var channel = "pf"
        /// 整体满意度.
        public var satisfaction = "satisfaction"
        /// 评价详情: codes of indicators, joined with commas.
        public var indicators = "evalDetail"
        /// 文字评价, at most ``RatingModel/Limits/freeTextCharacters`` characters.
        public var text = "writingEvaluation"
        /// 评价时间, `yyyy-MM-dd HH:mm:ss` in the hall's zone.
        public var time = "assessTime"
        /// 评价次数: which rating of the case and service it is.
        public var ordinal = "assessNumber"
        /// The one slot for the device: `评价器编号,流水号`.
        public var device = "customFields"

        /// The names of the national-style interfaces.
        public init() {}
    }

    /// The direction a region counts the levels in; both exist: GB/T 39046-2020 table A.8 has 1 as best.
    public enum LevelCodes: String, Sendable, Hashable, CaseIterable {
        /// 非常满意 is 5, as in the "好差评" interfaces.
        case fiveIsBest
        /// 非常满意 is 1, as in GB/T 39046-2020 table A.8.
        case oneIsBest

        /// The code of a level, `1` to `5`.
        public func code(of level: SatisfactionLevel) -> String {
            switch self {
            case .fiveIsBest: String(6 - level.rawValue)
            case .oneIsBest: String(level.rawValue)
            }
        }

        /// The level a code stands for; `nil` for anything but `1` to `5`.
        public func level(of code: String) -> SatisfactionLevel? {
            SatisfactionLevel.allCases.first { self.code(of: $0) == code }
        }
    }

    /// The national-style interface with the codes most regions share; 大厅其他终端 is channel 5.
    public static let national = RegionProfile(
        name: "national", envelope: "evaluate", fields: Fields(), levels: .fiveIsBest, channel: "5",
        ratingsPerCase: 2, duplicatePhrases: ["评价数据不可重复"])

    /// The profiles that ship with Hallgate.
    public static let all: [RegionProfile] = [.national]

    /// The profile of a name; `nil` where there is none.
    public static func named(_ name: String) -> RegionProfile? { all.first { $0.name == name } }
}

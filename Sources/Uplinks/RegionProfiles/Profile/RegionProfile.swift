// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// How a region writes a rating down and what it answers: codes, names and forms as data, because regions differ.
///
/// A profile is a YAML file; what ships stands in `Profiles`, and a site can have its own (<doc:RegionProfiles>).
public struct RegionProfile: Sendable, Hashable {
    /// The name, as the configuration has it for those that ship.
    public var name: String
    /// The version of the file, for the status and for whoever compares two.
    public var version: String
    /// Whether what it says was read in a public source or confirmed by the region; `check` and the status say if not.
    public var isVerified: Bool
    /// The direction the levels are counted in.
    public var levels: LevelCodes
    /// 评价渠道 `pf`: the code of each channel the region knows.
    public var channels: [RatingChannel: String]
    /// What the site has to state, such as its area and department.
    var site: [SiteConstant] = []
    /// A rating's fields, in the order they are written.
    var fields: [RecordField] = []
    /// A response's fields, in the order they are written; none where the region takes no questionnaires.
    var responseFields: [ContentField] = []
    /// An invitation's fields, in the order they are written; none where the region takes no invitations.
    var invitationFields: [ContentField] = []
    /// How fields become a record, and records a batch.
    var shape = RecordShape()
    /// 用户属性 and 办件类型, where the region has codes for them.
    var codes = CodeTables()
    /// The calls the region takes.
    var calls = RegionCalls()
    /// What its answers mean.
    var answers = AnswerRules()
    /// What is encrypted and signed, and how.
    var sealing = SealingRules()
    /// What it takes, and what becomes of what it does not take.
    public var terms = RegionTerms()

    /// Makes a profile that writes nothing yet.
    init(name: String) {
        self.name = name
        version = "0"
        isVerified = false
        levels = .fiveIsBest
        channels = [:]
    }

    /// The direction a region counts the levels in; both exist: GB/T 39046-2020 table A.8 has 1 as best.
    public enum LevelCodes: String, Sendable, Hashable, CaseIterable {
        /// 非常满意 is 5, as in the "好差评" interfaces.
        case fiveIsBest = "5-is-best"
        /// 非常满意 is 1, as in GB/T 39046-2020 table A.8.
        case oneIsBest = "1-is-best"

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

    /// Whether its token is had by credentials of the site.
    var asksForCredentials: Bool { calls.token.map { !$0.credentials(withHeaders: true).isEmpty } ?? false }
}

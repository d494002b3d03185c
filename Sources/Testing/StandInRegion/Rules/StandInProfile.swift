// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// One of the regions that the stand-in can be: its rules and its language on the line.
struct StandInProfile: Sendable {
    let rules: RegionRules
    let wire: any WireFormat
    /// Whether a batch is answered as a whole, and taken whole or not at all.
    var answersWhole = false
    /// Whether it has a call for responses to questionnaires.
    var takesQuestionnaires = false
    /// Whether it has a call for invitations.
    var takesInvitations = false
    /// The channel by which ratings from its own page count (二维码); `nil` where it has no page.
    var pageChannel: String?

    /// The national-style interface: JSON, 5 is best, a case and for a 差评 a reason are demanded.
    static let national = StandInProfile(
        rules: .national, wire: JSONWire.national, takesQuestionnaires: true, takesInvitations: true, pageChannel: "3")

    /// A hub of one's own: JSON, any rating that is one is taken.
    static let plain = StandInProfile(
        rules: RegionRules(demandsCase: false, demandsReason: false), wire: JSONWire.national,
        takesQuestionnaires: true, takesInvitations: true, pageChannel: "3")

    /// Zhejiang's style: a form for each rating; channel 6 is 短信, and 7, 系统默认, is none that a hall may send.
    static let zhejiang = StandInProfile(
        rules: RegionRules(channels: ["1", "2", "3", "4", "5", "6"]), wire: FormWire(fields: JSONWire.namedAlike),
        answersWhole: true)

    /// The names a region can be started under.
    static let names = ["national", "plain", "shandong-style", "zhejiang-style", "fujian-style"]

    /// The profile of a name; `nil` where there is none.
    static func named(_ name: String, _ keys: RegionKeys) throws(GatewayError) -> StandInProfile? {
        switch name {
        case "national": national
        case "plain": plain
        case "zhejiang-style": zhejiang
        // The local table: 书面 1, 二维码 3, 窗口评价器 4.
        case "shandong-style":
            StandInProfile(
                rules: RegionRules(channels: ["1", "3", "4"]), wire: try keys.envelope(), answersWhole: true)
        case "fujian-style":
            StandInProfile(rules: .national, wire: try keys.soap(), answersWhole: true)
        default: nil
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// One of the regions that the stand-in can be: its rules and its language on the line.
struct StandInProfile: Sendable {
    let rules: RegionRules
    let wire: any WireFormat
    /// Whether a batch is answered as a whole, and taken whole or not at all.
    var answersWhole = false

    /// The national-style interface: JSON, 5 is best, a case and for a 差评 a reason are demanded.
    static let national = StandInProfile(rules: .national, wire: JSONWire.national)

    /// A hub of one's own: JSON, any rating that is one is taken.
    static let plain = StandInProfile(
        rules: RegionRules(demandsCase: false, demandsReason: false), wire: JSONWire.national)

    /// Zhejiang's style: a form for each rating; channel 6 is 短信, and 7, 系统默认, is none that a hall may send.
    static let zhejiang = StandInProfile(
        rules: RegionRules(channels: ["1", "2", "3", "4", "5", "6"]), wire: FormWire(fields: JSONWire.namedAlike),
        answersWhole: true)

    /// The names a region can be started under.
    static let names = ["national", "plain", "zhejiang-style"]

    /// The profile of a name; `nil` where there is none.
    static func named(_ name: String) -> StandInProfile? {
        switch name {
        case "national": national
        case "plain": plain
        case "zhejiang-style": zhejiang
        default: nil
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// Writes ratings as the national-style "好差评" interfaces take them, by a region profile.
struct NationalEncoding: Sendable {
    let profile: RegionProfile
    let zone: HallZone
    let reasonlessBad: RegionSettings.ReasonlessBad
    let reasonlessStatement: String

    /// The body for a batch; every rating of it is ``canState(_:)``.
    func body(of batch: [OutgoingRating]) -> [UInt8] {
        JSONText(array: profile.envelope, of: batch.compactMap { fields(of: $0) }).bytes
    }

    /// Whether the profile has words for this rating: it takes neither prompts without a level nor ratings without a case.
    func canState(_ outgoing: OutgoingRating) -> Bool {
        outgoing.rating.level != nil && outgoing.rating.caseReference != nil
    }

    /// Whether the sentence stands for the reason: regions refuse a 差评 without one, a key gives none, and none is
    /// invented, so that the sentence says just that.
    func usesStatement(_ outgoing: OutgoingRating) -> Bool {
        outgoing.rating.level?.isBad == true && reasonlessBad == .statement
    }

    private func fields(of outgoing: OutgoingRating) -> [(name: String, value: String)]? {
        let rating = outgoing.rating
        guard let level = rating.level, let reference = rating.caseReference else { return nil }
        let text = usesStatement(outgoing) ? reasonlessStatement : ""
        let key = rating.press.key
        let names = profile.fields
        return [
            (names.id, outgoing.id.description),
            (names.projectNumber, reference.projectNumber),
            (names.serviceNumber, reference.serviceNumber),
            (names.channel, profile.channel),
            (names.satisfaction, profile.levels.code(of: level)),
            (names.indicators, ""),
            (names.text, String(text.prefix(Limits.freeTextCharacters))),
            (names.time, zone.text(of: rating.pressedAt.wall)),
            (names.ordinal, String(outgoing.ordinal)),
            (names.device, "\(key.device),\(String(key.log, radix: 16))-\(key.sequence)"),
        ]
    }
}

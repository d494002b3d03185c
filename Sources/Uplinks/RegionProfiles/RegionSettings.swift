// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
public import UplinkAPI

/// What an operator decides about a region, whatever carries the ratings there: read from the uplink's stanza.
public struct RegionSettings: Sendable, Hashable {
    /// How the region writes ratings down: `profile`.
    public var profile: RegionProfile
    /// Most ratings in one batch, 1 to ``RatingModel/Limits/batchRecords``: `batch`.
    public var batchRecords: Int
    /// Most batches per second; 0 for no limit: `rate_limit`.
    public var batchesPerSecond: Int
    /// What is said for a 差评 without a reason: `reasonless_bad`.
    public var reasonlessBad: ReasonlessBad
    /// The true sentence that stands for a reason the pad did not ask for: `reasonless_statement`.
    public var reasonlessStatement: String
    /// What becomes of a rating of which no answer speaks: `on_unknown`.
    public var onUnknown: OnUnknown

    /// How a 差评 goes up that came from a key, with which no reason is given.
    public enum ReasonlessBad: String, Sendable, Hashable, CaseIterable {
        /// With the configured true sentence in place of a reason, because regions refuse it without one.
        case statement
        /// As it is.
        case send
    }

    /// What to do when it is not known whether a rating arrived.
    public enum OnUnknown: String, Sendable, Hashable, CaseIterable {
        /// Send it again under the same id, which the region takes once.
        case resend
        /// Leave it to an operator.
        case hold
    }

    /// Takes a profile; everything else has the default of the configuration file.
    public init(
        profile: RegionProfile = .national, batchRecords: Int = 100, batchesPerSecond: Int = 0,
        reasonlessBad: ReasonlessBad = .statement, reasonlessStatement: String = "评价器按键评价，设备未采集原因",
        onUnknown: OnUnknown = .resend
    ) {
        self.profile = profile
        self.batchRecords = batchRecords
        self.batchesPerSecond = batchesPerSecond
        self.reasonlessBad = reasonlessBad
        self.reasonlessStatement = reasonlessStatement
        self.onUnknown = onUnknown
    }

    /// What the region takes at once; known before a connection, a certificate or a key is.
    public var limits: UplinkLimits {
        UplinkLimits(
            batchRecords: min(max(1, batchRecords), Limits.batchRecords),
            leastInterval: batchesPerSecond > 0 ? .seconds(1) / batchesPerSecond : .zero,
            ratingsPerCase: profile.ratingsPerCase, takesUnrated: false, takesUnmatched: false)
    }

    /// The region's language, with times in the hall's zone.
    public func coding(zone: HallZone) -> any RegionCoding { NationalCoding(self, zone: zone) }
}

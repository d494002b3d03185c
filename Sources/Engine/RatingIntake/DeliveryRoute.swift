// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel

/// What an uplink takes, as far as it decides whether a new rating may go at once.
public struct DeliveryRoute: Sendable, Hashable {
    /// The uplink.
    public let uplink: UplinkName
    /// Whether the region takes ratings without a case.
    public let takesUnmatched: Bool
    /// Whether the region takes prompts that ended without a level.
    public let takesUnrated: Bool
    /// Whether a 差评 without a reason is held for some hours first (`reasonlessBad: hold`).
    public let holdsReasonless: Bool
    /// Whether the region takes invitations.
    public let takesInvitations: Bool

    /// Takes what the uplink's limits say.
    public init(
        uplink: UplinkName, takesUnmatched: Bool, takesUnrated: Bool, holdsReasonless: Bool = false,
        takesInvitations: Bool = false
    ) {
        self.uplink = uplink
        self.takesUnmatched = takesUnmatched
        self.takesUnrated = takesUnrated
        self.holdsReasonless = holdsReasonless
        self.takesInvitations = takesInvitations
    }

    /// The state a rating starts in for this uplink. Keys give no reason; where one was given, `hasReason` says so.
    public func initialDelivery(of rating: Rating, hasReason: Bool = false) -> InitialDelivery {
        if rating.press.isQuarantined { return .held(.quarantined) }
        if rating.level == nil, !takesUnrated { return .held(.unrated) }
        if rating.caseReference == nil, !takesUnmatched { return .held(.unmatched) }
        if holdsReasonless, !hasReason, rating.level?.isBad == true { return .held(.reasonless) }
        return .pending
    }
}

extension [DeliveryRoute] {
    /// Where invitations wait, each in a queue of its own; empty where no region takes any, so that none is made.
    public var ofInvitations: [UplinkName: InitialDelivery] {
        Dictionary(
            filter(\.takesInvitations).map { ($0.uplink.invitations, .held(.answerable)) },
            uniquingKeysWith: { first, _ in first })
    }
}

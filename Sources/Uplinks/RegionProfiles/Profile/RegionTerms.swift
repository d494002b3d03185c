// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a region takes and on what terms; a site can choose otherwise in the uplink's stanza where that is its to choose.
public struct RegionTerms: Sendable, Hashable {
    /// Most ratings in one batch.
    public var batchRecords = 100
    /// Most batches per second; 0 for no limit.
    public var batchesPerSecond = 0
    /// Most ratings of one case and service (首次评价 1, 追评 2).
    public var ratingsPerCase = 2
    /// Whose word a rating needs before it can go: `case`.
    public var caseMode = CaseMode.none
    /// What the region knows a rating by, so that a second sending is found: `dedupe`.
    public var dedupe = Dedupe.id
    /// What becomes of a rating without a case: `unbound`.
    public var unbound = Unbound.hold
    /// What becomes of a prompt that ended without a level: `unrated`.
    public var unrated = Unbound.hold
    /// What becomes of a rating of which no answer speaks: `on_unknown`.
    public var onUnknown = OnUnknown.resend
    /// How a 差评 goes up that came without a reason: `reasonless_bad`.
    public var reasonlessBad = ReasonlessBad.statement
    /// How long such a rating waits for a reason, with ``ReasonlessBad/hold``: `reasonless_hold`.
    public var reasonlessHold = Duration.seconds(24 * 3600)
    /// How old a press is that goes by the call for late ratings (补报): `late_after`; `nil` for no such call.
    public var lateAfter: Duration?
    /// How long after a question that nobody answered the region is told to invite: `invitation_after`; `nil` to make no
    /// invitations, as nothing but a site's own word has any made.
    public var invitationAfter: Duration?

    /// Whose word a rating needs before it can go.
    public enum CaseMode: String, Sendable, Hashable, CaseIterable {
        /// Nobody's: the region takes the case's number as it is.
        case none
        /// The case platform's, which files the case with the region; the rating waits until the region knows it.
        case reference
        /// The gateway's: it files the case itself.
        case push
    }

    /// What a region knows a rating by.
    public enum Dedupe: String, Sendable, Hashable, CaseIterable {
        /// The id that was minted at capture.
        case id
        /// The case, the service and which rating of it this is.
        case `case`
        /// Nothing: a second sending counts twice.
        case nothing
    }

    /// What becomes of something the region may have no words for.
    public enum Unbound: String, Sendable, Hashable, CaseIterable {
        /// It goes without them.
        case plain
        /// It stays.
        case hold
    }

    /// What to do when it is not known whether a rating arrived.
    public enum OnUnknown: String, Sendable, Hashable, CaseIterable {
        /// Send it again: the region takes it once.
        case resend
        /// Ask the region whether it has it, and send it again only where it says that it has not.
        case query
        /// Leave it to an operator.
        case hold
    }

    /// How a 差评 goes up without a reason: a key gives none, and none is ever invented.
    public enum ReasonlessBad: String, Sendable, Hashable, CaseIterable {
        /// With the configured true sentence in place of a reason, because regions refuse it without one.
        case statement
        /// As it is.
        case send
        /// As with ``statement``, once it has waited for a reason.
        case hold
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
public import UplinkAPI

/// What an operator decides about a region, whatever carries the ratings there: read from the uplink's stanza.
public struct RegionSettings: Sendable, Hashable {
    /// How the region writes ratings down and answers: `profile` or `profile_file`.
    public var profile: RegionProfile
    /// The site's own profile, where it has one: the file is kept with an accepted configuration.
    public var profileFile: String?
    /// The profile's terms, with what the site chose otherwise.
    public var terms: RegionTerms
    /// What the site states in all its ratings, by the names the profile asks for: `site`.
    public var site: [String: String]
    /// The true sentence that stands for a reason the pad did not ask for: `reasonless_statement`.
    public var reasonlessStatement: String
    /// The files with the keys that encrypt and sign: `keys`.
    public var keys: KeyFiles

    /// The files with a site's keys.
    public struct KeyFiles: Sendable, Hashable {
        /// What ratings are encrypted with: the region's public key, or a shared one.
        public var encryption: String?
        /// The initial vector of a chained cipher, where the region gave one.
        public var vector: String?
        /// What calls are signed with.
        public var signature: String?

        /// Takes the paths.
        public init(encryption: String? = nil, vector: String? = nil, signature: String? = nil) {
            self.encryption = encryption
            self.vector = vector
            self.signature = signature
        }
    }

    /// What stands for a reason where nothing else is configured.
    public static let statement = "评价器按键评价，设备未采集原因"

    /// Takes a profile; everything else is as it says.
    public init(
        profile: RegionProfile = .national, site: [String: String] = [:], reasonlessStatement: String = statement,
        keys: KeyFiles = KeyFiles()
    ) {
        self.profile = profile
        terms = profile.terms
        self.site = site
        self.reasonlessStatement = reasonlessStatement
        self.keys = keys
    }

    /// What becomes of a rating of which no answer speaks.
    public var onUnknown: RegionTerms.OnUnknown { terms.onUnknown }

    /// Whether what the profile says is known; the status and `check` say if not.
    public var isVerified: Bool { profile.isVerified }

    /// The sentence that goes up in the place of a reason that nobody gave; `nil` where none does, as for every rating
    /// that came with a reason.
    public func systemText(for rating: OutgoingRecord) -> String? {
        saysStatement && rating.isReasonlessBad ? statementShown : nil
    }

    /// Whether the sentence is ever said: regions refuse a 差评 without a reason, a key gives none, and none is invented,
    /// so that the sentence says just that.
    var saysStatement: Bool { terms.reasonlessBad != .send && profile.fields.contains { $0.source == .text } }

    /// The sentence, as long as the region's field for it.
    var statementShown: String { String(reasonlessStatement.prefix(profile.shape.textCharacters)) }

    /// What the region takes at once; known before a connection, a certificate or a key is.
    public var limits: UplinkLimits {
        UplinkLimits(
            batchRecords: min(max(1, terms.batchRecords), Limits.batchRecords),
            leastInterval: terms.batchesPerSecond > 0 ? .seconds(1) / terms.batchesPerSecond : .zero,
            ratingsPerCase: terms.ratingsPerCase, takesUnrated: terms.unrated == .plain,
            takesUnmatched: terms.unbound == .plain,
            supplementAge: profile.calls.supplement == nil ? nil : terms.lateAfter,
            reasonlessHold: terms.reasonlessBad == .hold ? terms.reasonlessHold : nil,
            takesQuestionnaires: profile.calls.questionnaire != nil,
            invitationWait: profile.calls.invitation == nil ? nil : terms.invitationAfter)
    }

    /// Whether all that another has and this has not is a call that takes responses to questionnaires: that changes nothing for
    /// what is on its way, so that a running line can take it up.
    public func gainsOnlyQuestionnaires(in next: RegionSettings) -> Bool {
        guard profile.calls.questionnaire == nil, let call = next.profile.calls.questionnaire else { return false }
        var gained = self
        gained.profile.calls.questionnaire = call
        gained.profile.responseFields = next.profile.responseFields
        // What the file is called and says of itself is not what the region is told.
        gained.profileFile = next.profileFile
        gained.profile.name = next.profile.name
        gained.profile.version = next.profile.version
        gained.profile.isVerified = next.profile.isVerified
        return gained == next
    }

    /// The region's language, with times in the hall's zone, for profiles that neither encrypt nor sign.
    public func coding(zone: HallZone) -> any RegionCoding { coding(zone: zone, sealing: nil) }

    /// The region's language with something that encrypts and signs already made.
    public func coding(zone: HallZone, sealing: (any RegionSealing)?) -> any RegionCoding {
        ProfileCoding(self, zone: zone, sealing: sealing)
    }
}

extension RegionSettings {
    /// How records are encrypted, where the profile does so: the primitives are the application's to bring.
    public var encryption: SealingMethod? { profile.sealing.encryption }

    /// How calls are signed, where the profile does so.
    public var signature: SealingMethod? { profile.sealing.signature }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel

/// Sees whether 差评 stay in the hall more often than other ratings do, whoever or whatever keeps them there.
///
/// It looks at the newest ratings an uplink is to deliver and compares the held or parked share of 差评 with that of the
/// rest. Fewer than ``leastKept`` kept ratings say nothing, so that nobody can tell from the alarm what a single one
/// of them is (G9).
public actor WithholdingWatch {
    /// How many of the newest ratings are looked at.
    public static let newest = 2000
    /// The fewest held or parked ratings the alarm speaks of.
    public static let leastKept = 10
    /// How long an answer is good for; looking again costs a short read of the journal.
    public static let goodFor = Duration.seconds(60)

    private let uplink: UplinkName
    private let journal: any RatingJournal
    private var known: (isLopsided: Bool, at: MonotonicInstant)?

    /// Watches one uplink's ratings.
    public init(uplink: UplinkName, journal: any RatingJournal) {
        self.uplink = uplink
        self.journal = journal
    }

    /// Whether the held or parked share of 差评 exceeds that of the other levels. Throws what the journal throws.
    public func isLopsided(at now: MonotonicInstant) async throws(GatewayError) -> Bool {
        if let known, known.at.duration(to: now) < Self.goodFor { return known.isLopsided }
        let withholding = try await journal.withholding(for: uplink, amongNewest: Self.newest)
        known = (withholding.isLopsided, now)
        return withholding.isLopsided
    }
}

extension Withholding {
    /// Whether the kept share of 差评 exceeds that of the rest, where enough are kept to say so.
    var isLopsided: Bool {
        guard badKept + othersKept >= WithholdingWatch.leastKept else { return false }
        // Cross-multiplied, with an empty side counting as a share of nothing.
        return badKept * max(1, others) > othersKept * max(1, bad)
    }
}

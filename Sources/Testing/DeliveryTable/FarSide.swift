// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
public import JournalAPI
public import RatingModel
public import UplinkAPI

/// A region with the uplink to it, for the table of what is lost and doubled when either side is restarted.
public protocol FarSide: Sendable {
    /// The name its delivery states are kept under.
    var name: UplinkName { get }
    /// Opens the uplink anew, as a daemon that starts does.
    func openUplink() async throws -> any Uplink
    /// Lets go of an uplink that was opened; every call has returned.
    func closeUplink(_ uplink: any Uplink) async
    /// Takes the far side down and brings it up again, as hard as its declared durability allows.
    func restart() async throws
    /// What has arrived so far: every copy of a rating, by its id, before the region folds copies by id.
    func arrivals() async throws -> [RecordID]
    /// A rating on its way into the journal; poison is what this region refuses for good.
    func draft(_ number: Int, isPoison: Bool) -> RecordDraft
    /// What a daemon runs beside its forwarder for this kind of uplink; it is cancelled with the near side.
    func accompany(_ uplink: any Uplink, _ journal: any RatingJournal, wake: @escaping @Sendable () -> Void) async
}

extension FarSide {
    /// The sample of its number, poison or not: the coding tells them apart.
    public func draft(_ number: Int, isPoison: Bool) -> RecordDraft { UplinkSamples.draft(number, for: name) }
    /// Nothing.
    public func accompany(
        _ uplink: any Uplink, _ journal: any RatingJournal, wake: @escaping @Sendable () -> Void
    ) async {}
}

/// What a run of the table came to.
public struct DeliveryTableRow: Sendable, Hashable, CustomStringConvertible {
    /// Ratings that were recorded.
    public var recorded = 0
    /// Of them, poison.
    public var poison = 0
    /// Ratings that the journal counts as delivered.
    public var delivered = 0
    /// Ratings that the journal counts as parked.
    public var parked = 0
    /// Ratings that the journal counts as anything else.
    public var elsewhere = 0
    /// Ratings the journal counts as delivered, or that were no poison, and that the far side does not have.
    public var lost = 0
    /// Copies beyond the first, which the region folds by id.
    public var copies = 0
    /// Ratings the far side has and that were never recorded: what is left of duplicates after folding by id.
    public var foreign = 0
    /// How often the far side was restarted.
    public var farRestarts = 0
    /// How often the near side was ended in mid-stream and opened again.
    public var nearRestarts = 0
    /// From the first delivery to the last.
    public var duration = Duration.zero
    /// The region's words for what it refused, which the receipts keep.
    public var reasons: Set<String> = []

    /// A line of the table.
    public var description: String {
        "recorded \(recorded), poison \(poison), delivered \(delivered), parked \(parked), elsewhere \(elsewhere), "
            + "lost \(lost), copies folded by id \(copies), foreign \(foreign), far side restarted \(farRestarts), "
            + "near side \(nearRestarts), \(duration)"
    }
}

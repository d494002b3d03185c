// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import UplinkAPI

/// An uplink with a region that a conformance check can make misbehave, and either side of which it can restart.
public protocol UplinkFixture: Sendable {
    /// The uplink under test, which takes at least ten ratings at once; another one after ``restartNearSide()``.
    var uplink: any Uplink { get async }
    /// What this way to a region can tell apart.
    var traits: UplinkTraits { get }

    /// From now on the region does so, also after a restart.
    func behave(_ behaviour: RegionBehaviour) async throws
    /// How many ratings the region holds, each counted once, under whatever name the uplink asks.
    func storedRatings() async throws -> Int
    /// How many responses to questionnaires the region holds, each counted once; `nil` where that cannot be told.
    func storedResponses() async throws -> Int?
    /// How many invitations the region holds, each counted once; `nil` where that cannot be told.
    func storedInvitations() async throws -> Int?
    /// Ends the region, or what stands for it, as a crash does, and starts it again with what it stored; returns when
    /// it can be reached again.
    func restartFarSide() async throws
    /// Ends the uplink and opens another of the same name with the same settings, as a restart of the daemon does.
    func restartNearSide() async throws
    /// Why the far side of this kind of uplink can never behave so; `nil` where it can.
    ///
    /// What the suite expects instead is that ratings are accepted as by a region that behaves well. No kind can be
    /// excused from ``RegionBehaviour/well`` and ``RegionBehaviour/failing``.
    func impossible(_ behaviour: RegionBehaviour) -> String?
    /// Brings what was handed over to the region and its receipts back, where a person does that; else nothing.
    func carry() async throws
}

extension UplinkFixture {
    /// Those of a region that answers at once and knows what it holds.
    public var traits: UplinkTraits { UplinkTraits() }
    /// The far side can do everything.
    public func impossible(_ behaviour: RegionBehaviour) -> String? { nil }
    /// Nobody counts them.
    public func storedResponses() async throws -> Int? { nil }
    /// Nobody counts them.
    public func storedInvitations() async throws -> Int? { nil }
    /// Nobody carries anything.
    public func carry() async throws {}
}

/// What a way to a region can tell apart.
public struct UplinkTraits: Sendable, Hashable {
    /// Whether a rating that is held already is called a duplicate; a broker takes it again under the same id instead.
    public var tellsDuplicates: Bool
    /// Whether answers come only when somebody carried them: a batch is then put off or unknown until ``UplinkFixture/carry()``.
    public var isCarried: Bool
    /// How long it can take until ``UplinkFixture/storedRatings()`` counts what was accepted, as behind a broker.
    public var countingLag: Duration

    /// Those of a region that answers at once and knows what it holds.
    public init(tellsDuplicates: Bool = true, isCarried: Bool = false, countingLag: Duration = .zero) {
        self.tellsDuplicates = tellsDuplicates
        self.isCarried = isCarried
        self.countingLag = countingLag
    }
}

/// How a region behaves.
public enum RegionBehaviour: Sendable, Hashable, CaseIterable {
    /// It takes each rating once.
    case well
    /// It refuses every batch as a whole and stores nothing.
    case refusingWhole
    /// It refuses for good, and does not store, the first rating of the next batch; the others it takes.
    case rejectingOne
    /// It puts every rating off and stores nothing.
    case retrying
    /// It takes the next batch, and its answer does not speak of the batch's first rating.
    case silentOnOne
    /// It stores, and the answer is lost.
    case losingAnswers
    /// It answers with an error that says nothing of the ratings, or is not there, and stores nothing.
    case failing
    /// It ends the session in the middle of each exchange and stores nothing.
    case breakingSessions
    /// It takes each rating once and answers after about a second.
    case slow
    /// It does not answer for a minute.
    case silent
}

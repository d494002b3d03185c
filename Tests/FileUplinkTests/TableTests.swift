// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeliveryTable
import Glibc
import HallgateTesting
import JournalAPI
import RatingModel
import Synchronization
import Testing
import UplinkAPI

@testable import FileUplink

/// A desk that reads a stick all day as the far side of the table, and the look-out for its receipts at the hall.
private final class DeskFarSide: FarSide {
    static let objection = "the region takes no poison"

    let name = UplinkName("region")
    private let hall: BundleFixture
    private let store: String
    private let region: Mutex<SwiftRegion>

    init(_ hall: BundleFixture) throws {
        self.hall = hall
        store = hall.path + "/region.store"
        region = Mutex(try Self.open(hall, store))
    }

    private static func open(_ hall: BundleFixture, _ store: String) throws -> SwiftRegion {
        var region = try SwiftRegion(hall, store: store)
        region.objection = { String(decoding: $0, as: UTF8.self).hasSuffix(" poison") ? Self.objection : nil }
        return region
    }

    /// Reads the stick while the body runs.
    func whileOpen<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                while !Task.isCancelled {
                    do { try region.withLock { try $0.work() } } catch { Issue.record(error) }
                    try? await Task.sleep(for: .milliseconds(10))
                }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    func openUplink() async throws -> any Uplink {
        try hall.uplink(coding: LineCoding(poisonEvery: 1000)) { $0.every = .zero }
    }

    func closeUplink(_ uplink: any Uplink) async { await (uplink as? FileUplink)?.shutdown() }

    /// The desk goes down after it stored a bundle and before its receipt, and comes up with what its file holds.
    func restart() async throws {
        let before = region.withLock { region in
            region.answers = false
            return region.arrivals.count
        }
        let end = ContinuousClock.now + .seconds(30)
        while region.withLock({ $0.arrivals.count == before }), ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(2))
        }
        try region.withLock { $0 = try Self.open(hall, store) }
    }

    func arrivals() async throws -> [RecordID] { region.withLock { $0.arrivals } }

    /// As the daemon does it, at shorter intervals: where receipts have come, what awaits one is delivered again.
    func accompany(
        _ uplink: any Uplink, _ journal: any RatingJournal, wake: @escaping @Sendable () -> Void
    ) async {
        guard let uplink = uplink as? FileUplink else { return }
        var (isDue, reminder) = (true, ReceiptReminder())
        while !Task.isCancelled {
            if reminder.isDue(after: await uplink.lookForReceipts()) { isDue = true }
            if isDue, let moved = try? await journal.requeue(.unknown, for: name) {
                isDue = false
                if moved > 0 { wake() }
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}

@Suite(.serialized) struct TableTests {
    /// 2,000 ratings by default; `HALLGATE_RATINGS=100000` for the long form.
    private var ratings: Int { getenv("HALLGATE_RATINGS").flatMap { Int(String(cString: $0)) } ?? 2000 }

    @Test func aDeskRestartedInMidStreamLosesNothing() async throws {
        let desk = try DeskFarSide(BundleFixture())
        let row = try await desk.whileOpen {
            try await DeliveryTable(ratings: ratings, poisonEvery: 1000, limit: .seconds(120 + ratings / 50)).run(
                desk, directory: TestDirectory.make("journal"))
        }
        print("File, desk restarted: \(row)")
        #expect(row.lost == 0 && row.foreign == 0 && row.elsewhere == 0 && row.copies == 0)
        #expect(row.parked == row.poison && row.delivered == row.recorded - row.poison)
        #expect(row.reasons == [DeskFarSide.objection])
        #expect(row.farRestarts == 5 && row.nearRestarts == 5)
    }

    @Test func onePoisonAmongAThousandIsParkedAlone() async throws {
        let desk = try DeskFarSide(BundleFixture())
        let (others, row) = try await desk.whileOpen {
            try await DeliveryTable.poisonAmongAThousand(desk, directory: TestDirectory.make("journal"))
        }
        print("File, one poison among 1,000: the others in \(others), parked after \(row.duration)")
        #expect(row.delivered == 999 && row.parked == 1 && others < .seconds(5))
        #expect(row.reasons == [DeskFarSide.objection])
    }
}

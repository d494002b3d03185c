// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HallgateTesting
import JournalAPI
import Logging
import RatingDelivery
import RatingModel
import SystemClock
import Testing

@testable import HallgateApp
@testable import StandInRegion

/// A running hall with a running stand-in region that it delivers to.
struct HallWithRegion {
    let hall: RunningHall
    let region: StandInRegion

    var desk: RegionDesk { get throws { try #require(hall.gateway.desks.first) } }

    static func run(_ body: (HallWithRegion) async throws -> Void) async throws {
        try await run(showing: { _ in "" }, body)
    }

    /// Runs both; `pages` is a section of the hall's configuration.
    static func run(
        showing pages: (StandInRegion) -> String, where change: (inout StandInRegionConfiguration) -> Void = { _ in },
        _ body: (HallWithRegion) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "region-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let ca = try ThrowAwayCA(in: directory)
        var configuration = StandInRegionConfiguration(store: directory + "/region.db", tls: ca.serverTLS())
        change(&configuration)
        try await withStandInRegion(configuration) { region in
            try await RunningHall.run(
                devices: "driver: native, window: W3", pages(region),
                uplink:
                    "name: region, kind: https, profile: national, url: '\(region.evaluateURL)', ca: \(ca.authority), retry: {first: 50ms, most: 200ms}"
            ) { hall in try await body(HallWithRegion(hall: hall, region: region)) }
        }
    }

    /// Records ratings pressed now, delivers them, and answers their ids in order.
    func deliver(_ levels: [SatisfactionLevel]) async throws -> [RecordID] {
        let now = SystemClock().now()
        let drafts = levels.enumerated().map { index, level in
            let press = CapturedPress(
                key: PressKey(device: DeviceID("pad-1"), log: 7, sequence: UInt64(index + 1)),
                outcome: .rated(level, key: level.rawValue, label: level.label), prompt: nil, age: nil,
                lifetimeCount: nil, driver: "native", rawFrame: [])
            let rating = Rating(
                press: press, pressedAt: now, window: WindowID("W3"), session: nil,
                caseReference: CaseReference(projectNumber: "P\(index)", serviceNumber: "1"), staff: nil)
            return RecordDraft(
                id: PressReception.mintID(at: now), body: .rating(rating), recordedAt: now,
                deliveries: [UplinkName("region"): .pending])
        }
        for case .failed(let error) in try await hall.gateway.journal.record(drafts) { throw error }
        let forwarder = try #require(hall.gateway.forwarders.first).forwarder
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await forwarder.run() }
            let isDelivered = await eventually {
                (try? await hall.gateway.journal.conservation(for: UplinkName("region")).delivered)
                    == Int64(levels.count)
            }
            forwarder.stop()
            try await group.waitForAll()
            #expect(isDelivered)
        }
        return drafts.map(\.id)
    }

    /// A second desk of the uplink with its file somewhere, as a restart makes it.
    func desk(clock: any GatewayClock = SystemClock(), file directory: String) throws -> RegionDesk {
        let desk = try desk
        return RegionDesk(
            desk.name, coding: desk.coding, journal: hall.gateway.journal, clock: clock,
            zone: hall.gateway.configuration.hall.zone, settings: RegionDeskSettings(),
            file: MirrorFile(directory: directory, uplink: desk.name), logger: Logger(label: "test"), ask: desk.ask)
    }

    /// The hall's present day.
    var today: String { String(hall.gateway.configuration.hall.zone.text(of: SystemClock().now().wall).prefix(10)) }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import ControlSocket
import Foundation
import OperatorAPI
import RatingModel
import Reconciliation
import SystemClock
import Testing

@testable import HallgateApp
@testable import StandInRegion

/// The daily 对账 over the socket, with a real journal, a real line and the stand-in's own store.
@Suite(.timeLimit(.minutes(2))) struct ReconcileTests {
    @Test func `One rating removed there and one altered there are found, and nothing else`() async throws {
        try await HallWithRegion.run { both in
            let levels = SatisfactionLevel.allCases + SatisfactionLevel.allCases
            let ids = try await both.deliver(levels)
            let request = ReconcileRequest(date: both.today)
            let before = try await both.hall.client.reconcile(request)
            #expect(before.isClean && before.unsettled.isEmpty)
            #expect(before.counts.count == 5 && before.counts.allSatisfy { $0.delivered == 2 && $0.held == 2 })
            #expect(before.counts.allSatisfy { $0.window == "W3" && $0.channel == "5" })
            #expect(try await both.region.obey(.remove(ids[3].description)))
            #expect(try await both.region.obey(.alter(ids[9].description, satisfaction: "5")))
            let after = try await both.hall.client.reconcile(request)
            #expect(after.missing == [ids[3].description])
            #expect(after.altered == [.init(id: ids[9].description, parts: [.level])])
            #expect(after.unknown.isEmpty && after.unsettled.isEmpty && after.differences == 2)
            let status = try await both.hall.client.status()
            #expect(status.troubles.contains { $0.code == "reconcile.differences" })
            // A region that puts it right is believed.
            #expect(try await both.region.obey(.alter(ids[9].description, satisfaction: "1")))
            #expect(try await both.region.obey(.remove(ids[9].description)))
            let last = try await both.hall.client.reconcile(request)
            #expect(Set(last.missing) == [ids[3].description, ids[9].description] && last.altered.isEmpty)
        }
    }

    @Test func `The day before is compared by itself, and a difference is a trouble until it is gone`() async throws {
        try await HallWithRegion.run { both in
            let id = try await both.deliver([.satisfied])[0]
            let tomorrow = try both.desk(clock: ShiftedClock(hours: 36), file: both.hall.directory)
            await tomorrow.compareYesterday()
            #expect(await tomorrow.troubles.isEmpty)
            #expect(try await both.region.obey(.remove(id.description)))
            // It was compared, and is not compared again.
            await tomorrow.compareYesterday()
            #expect(await tomorrow.troubles.isEmpty)
            let other = try both.desk(clock: ShiftedClock(hours: 36), file: both.hall.directory)
            await both.region.inject(FaultRule(.unauthorized))
            await other.compareYesterday()
            #expect(await other.troubles.map(\.code) == ["reconcile.failed"])
            await both.region.clearFaults()
            let day = try #require(DayOfHall(both.today))
            _ = try await other.reconcile(day)
            #expect(await other.troubles.map(\.code) == ["reconcile.differences"])
        }
    }

    @Test(arguments: ["", "yesterday", "2026-02-30"]) func `What is no day is refused`(_ date: String) async throws {
        try await HallWithRegion.run { both in
            let error = await #expect(throws: GatewayError.self) {
                try await both.hall.client.reconcile(ReconcileRequest(date: date))
            }
            #expect(error?.code == "reconcile.date")
        }
    }

    @Test func `An uplink that is not there is refused`() async throws {
        try await HallWithRegion.run { both in
            let request = ReconcileRequest(date: both.today, uplink: "elsewhere")
            let error = await #expect(throws: GatewayError.self) { try await both.hall.client.reconcile(request) }
            #expect(error?.code == "reconcile.uplink" && error?.message.english.contains("region") == true)
        }
    }
}

/// The computer's clock, so many hours later.
private struct ShiftedClock: GatewayClock {
    let hours: Int64

    func now() -> CaptureTime {
        let now = SystemClock().now()
        return CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: now.wall.millisecondsSinceEpoch + hours * 3_600_000),
            monotonic: now.monotonic, boot: now.boot, isWallTrusted: true)
    }
}

@Suite struct DocumentedReconcilingTests {
    @Test func `the example is a configuration with the settings that it says`() throws {
        let here = String(describing: #filePath)
        let root = here.dropLast("Tests/HallgateAppTests/ReconcileTests.swift".count)
        let page = try String(
            contentsOfFile: root + "Sources/App/HallgateApp/Documentation.docc/Reconciling.md", encoding: .utf8)
        let example = try #require(
            page.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```").first)
        let reading = GatewayConfiguration.read(text: example)
        #expect(reading.diagnostics.map(\.message.english) == [])
        #expect(reading.configuration?.regionDesk == RegionDeskSettings(pollInterval: .seconds(300), reconcileHour: 3))
        let wrong = GatewayConfiguration.read(text: "region: {poll: 0s, reconcile_hour: 24}")
        #expect(wrong.diagnostics.count == 2)
    }
}

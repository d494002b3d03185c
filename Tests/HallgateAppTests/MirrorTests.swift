// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Foundation
import JournalAPI
import OperatorAPI
import RatingModel
import RegionMirror
import Testing

@testable import HallgateApp
@testable import StandInRegion

/// What a region lets the hall know, over a real line into the real journal.
@Suite(.timeLimit(.minutes(2))) struct MirrorTests {
    @Test func `A verdict lies beside its rating once, and the rating is as it was`() async throws {
        try await HallWithRegion.run { both in
            let id = try await both.deliver([.dissatisfied])[0]
            let journal = both.hall.gateway.journal
            let before = try #require(try await journal.entry(id))
            for notice: RegionNotice in [
                .verdict(id: id.description, number: "F1", outcome: "维持", text: "经核实"),
                .verdict(id: "01900000-0000-7000-8000-000000000000", number: "F2", outcome: "恶意", text: ""),
                .workOrder(number: "G1", id: id.description, state: "待整改", deadline: "2026-12-01"),
                .rate(scope: "大厅", period: "2026-11", value: "99.1%"),
                .indicators(version: "3", table: "levels: {}"),
            ] { #expect(try await both.region.obey(.notice(notice))) }
            let desk = try both.desk
            await desk.step()
            let verdicts = try await Self.verdicts(of: id, in: journal)
            #expect(verdicts.map(\.number) == ["F1"] && verdicts.map(\.outcome) == ["维持"])
            #expect(try await journal.entry(id) == before)
            #expect(try await journal.conservation(for: UplinkName("region")).delivered == 1)
            let mirror = try #require(try await both.hall.client.status().mirrors.first)
            #expect(mirror.workOrders.map(\.number) == ["G1"] && mirror.indicators == "3")
            #expect(mirror.rates.map(\.value) == ["99.1%"] && mirror.dropped == 0)
            // A desk that lost its file asks from the beginning, and puts nothing there twice.
            try await both.desk(file: both.hall.directory).step()
            #expect(try await Self.verdicts(of: id, in: journal).count == 1)
        }
    }

    @Test func `A restart goes on behind what was kept`() async throws {
        try await HallWithRegion.run { both in
            #expect(try await both.region.obey(.notice(.rate(scope: "大厅", period: "2026-10", value: "98%"))))
            let desk = try both.desk
            await desk.step()
            let directory = both.hall.gateway.configuration.journalDirectory
            let next = try both.desk(file: directory)
            #expect(await next.notices == desk.notices)
            #expect(await next.notices.cursor == "1")
            #expect(try await both.region.obey(.notice(.rate(scope: "大厅", period: "2026-10", value: "97%"))))
            await next.step()
            #expect(await next.notices.rates.map(\.value) == ["97%"])
            #expect(await next.notices.cursor == "2")
        }
    }

    @Test func `What is kept is read back whole`() throws {
        var notices = MirroredNotices()
        notices.cursor = "a\tb=c\n%"
        notices.dropped = 4
        notices.workOrders = [.init(number: "G\t1", rating: RecordID(high: 1, low: 2), state: "待 整改", deadline: "")]
        notices.rates = [.init(scope: "=", period: "%", value: "\n")]
        notices.indicators = .init(version: "2", table: Array("a: {}\nb: 1\n".utf8))
        let directory = "/tmp/hallgate-mirror-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let file = MirrorFile(directory: directory, uplink: UplinkName("a/b"))
        try file.save(notices)
        #expect(file.load() == notices)
    }

    private static func verdicts(of id: RecordID, in journal: any RatingJournal) async throws -> [RatingVerdict] {
        try await journal.entries(beside: id).compactMap {
            if case .verdict(let verdict) = $0.body { verdict } else { nil }
        }
    }
}

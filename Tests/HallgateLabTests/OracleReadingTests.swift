// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PadProtocol
import RatingModel
import SQLite
import StandInRegion
import Testing
import VirtualPads

@testable import HallgateLabApp

/// What the oracle reads: a pad's memory file written by a real pad, and the store of a real stand-in region.
@Suite struct OracleReadingTests {
    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = "/tmp/hallgate-oracle-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body(directory)
    }

    @Test func whatAPadPressedIsReadFromItsMemory() async throws {
        try await withDirectory { directory in
            let memory = "\(directory)/pad.memory"
            let rack = try PadRack(
                pads: [PadSettings(id: 0xA1, link: "\(directory)/pad", memoryPath: memory, newLog: 0xB0)], seed: 1)
            for level in 1...5 as ClosedRange<UInt8> { rack.press(pad: 0, key: level, level: level) }
            let deadline = ContinuousClock.now + .seconds(30)
            while rack.report.pressed < 5, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(2))
            }
            rack.stop()
            let facts = PressedFact.all(in: try PadMemoryContents.read(path: memory), cases: [:])
            #expect(facts.map(\.level) == SatisfactionLevel.allCases)
            #expect(facts.map(\.place.sequence) == [1, 2, 3, 4, 5])
            #expect(facts.allSatisfy { $0.place.log == 0xB0 && $0.device == "native-00000000000000a1" })
        }
    }

    @Test func whatArrivedIsReadFromTheRegionsStore() async throws {
        try await withDirectory { directory in
            let store = "\(directory)/region.db"
            // The region makes its own tables, so that this test fails where they change.
            try await withStandInRegion(StandInRegionConfiguration(store: store)) { _ in }
            let database = try Database(path: store, access: .write)
            try database.execute(
                """
                INSERT INTO receipts(id, device, log, sequence, projectNo, serviceNumber, assessNumber, satisfaction, pf, day,
                  received_at, body)
                VALUES ('one', 'native-00000000000000a1', 'b0', 1, 'P1', '1', 1, '5', '5', '2026-11-24', 0,
                        '{"satisfaction":"5"}'),
                       ('bare', NULL, NULL, NULL, 'P2', '1', 1, '3', '5', '2026-11-24', 0, '{"satisfaction":"3"}');
                INSERT INTO competing(id, device, log, sequence, projectNo, serviceNumber, assessNumber, satisfaction, pf,
                  day, received_at, body)
                VALUES ('two', 'native-00000000000000a1', 'b0', 1, 'P1', '1', 1, '5', '5', '2026-11-24', 0,
                        '{"satisfaction":"5"}');
                """)
            database.close()
            let facts = try DeliveredFact.all(inStore: store)
            #expect(facts.map(\.id).sorted() == ["bare", "one", "two"])
            #expect(facts.first { $0.id == "one" }?.place == PressPlace(log: 0xB0, sequence: 1))
            #expect(facts.first { $0.id == "one" }?.satisfaction == "5")
            #expect(facts.first { $0.id == "bare" }?.place == nil)
            #expect(facts.first { $0.id == "two" }?.isCompeting == true)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HallgateTesting
import JournalAPI
import Logging
import RatingModel
import RegionProfiles
import Testing
import UplinkAPI

@testable import HallgateApp

/// What a region says unasked, from its line's thread to the disk and to the desk.
@Suite(.timeLimit(.minutes(2))) struct NoticeInboxTests {
    private static let region = UplinkName("a/b")
    private static let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private let directory = FileManager.default.temporaryDirectory.appending(path: "inbox-\(UUID())").path()
    private let journal = MemoryJournal(uplinks: [region])
    private let coding = RegionSettings().coding(zone: .china)

    private func inbox() -> NoticeInbox {
        NoticeInbox(uplink: Self.region, directory: directory, logger: Self.quiet)
    }

    private func desk(_ inbox: NoticeInbox) -> RegionDesk {
        RegionDesk(
            Self.region, coding: coding, journal: journal, clock: HandClock(), zone: .china,
            settings: RegionDeskSettings(), file: MirrorFile(directory: directory, uplink: Self.region),
            logger: Self.quiet, inbox: inbox, ask: { _ throws(GatewayError) in RegionReply(body: []) })
    }

    private func put(_ notice: String, into inbox: NoticeInbox) throws -> Bool {
        let message = Array(#"{"success":true,"notices":[\#(notice)],"next":null}"#.utf8)
        return inbox.put(try coding.notices(in: RegionReply(body: message)), message)
    }

    private func verdict(_ number: String, of id: RecordID) -> String {
        #"{"kind":"verdict","id":"\#(id)","number":"\#(number)","outcome":"维持","text":"经核实"}"#
    }

    private func verdicts(of id: RecordID) async throws -> [String] {
        try await journal.entries(beside: id).compactMap {
            if case .verdict(let verdict) = $0.body { verdict.number } else { nil }
        }
    }

    private func keptFiles() -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: directory + "/notices-a%2Fb")) ?? []
    }

    /// The process ends between the acknowledgement and the record; the broker does not send it again.
    @Test func `what was acknowledged is recorded by the next start`() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let draft = UplinkSamples.draft(1, level: .dissatisfied, for: Self.region)
        _ = try await journal.record([draft])
        let first = inbox()
        for number in 1...11 { #expect(try put(verdict("F\(number)", of: draft.id), into: first)) }
        #expect(keptFiles().count == 11)
        // A later process numbers on, so that nothing takes the place of what is left.
        let second = inbox()
        let arrivedBefore = try put(verdict("F12", of: draft.id), into: second)
        #expect(arrivedBefore)
        let desk = desk(second)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await desk.run() }
            #expect(await eventually { (try? await verdicts(of: draft.id))?.count == 12 })
            let told = try? await verdicts(of: draft.id)
            #expect(told == (1...12).map { "F\($0)" })
            #expect(await eventually { keptFiles().isEmpty })
            group.cancelAll()
        }
    }

    @Test func `what cannot be kept is not taken up, and what is of the moment needs no disk`() throws {
        try Data().write(to: URL(filePath: directory))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let inbox = inbox()
        #expect(try !put(verdict("F1", of: RecordID(high: 1, low: 2)), into: inbox))
        #expect(try put(#"{"kind":"rated","projectNo":"P1","serviceNumber":"1"}"#, into: inbox))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import Foundation
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// Nothing follows from a decision that is not on disk.
@Suite struct DecisionRecordTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let full = GatewayError("journal.disk-full", LocalText("full", "满"), hint: LocalText("–", "–"))

    /// The same gateway over another journal.
    private func service(of hall: RunningHall, over journal: MemoryJournal) -> GatewayOperator {
        let gateway = Gateway(
            configuration: hall.gateway.configuration, clock: hall.gateway.clock, journal: journal, forwarders: [],
            reception: hall.gateway.reception, questionnaires: hall.gateway.questionnaires,
            supervision: hall.gateway.supervision, discovery: nil,
            pads: hall.gateway.pads, codes: hall.gateway.codes, hall: hall.gateway.hall,
            questionnairePages: hall.gateway.questionnairePages, ingest: hall.gateway.ingest,
            screenSigns: hall.gateway.screenSigns,
            startedAt: hall.gateway.startedAt, pressTasks: hall.gateway.pressTasks,
            deviceThreadTurns: hall.gateway.deviceThreadTurns, close: {})
        return GatewayOperator(
            gateway: gateway, reader: ConfigurationSource(path: hall.configuration), refused: nil, logger: quiet,
            accepted: AcceptedConfiguration(path: hall.directory + "/kept.yaml"))
    }

    private func decisions(_ journal: MemoryJournal) async throws -> [OperatorDecision] {
        try await journal.decisions(atMost: 99).compactMap { entry in
            if case .decision(let decision) = entry.body { decision } else { nil }
        }
    }

    @Test func `a level is shown, hardware confirmed and a file taken only once that is recorded`() async throws {
        try await RunningHall.run(devices: "driver: native, window: W3", "privacy: {reveal: true}") { hall in
            let journal = MemoryJournal()
            let service = service(of: hall, over: journal)
            let look = RevealRequest(tap: TapRequest(place: "W3"), user: "wang", reason: "complaint 12")
            try Data("hall: {name: 二}\n".utf8).write(to: URL(filePath: hall.configuration))

            await journal.fail(with: full)
            var codes: [String] = []
            do throws(GatewayError) { _ = try await service.reveal(look) } catch { codes.append(error.code) }
            do throws(GatewayError) {
                _ = try await service.confirm(ConfirmRequest(place: "W3", user: "li"))
            } catch { codes.append(error.code) }
            do throws(GatewayError) { _ = try await service.reload(by: "li") } catch { codes.append(error.code) }
            #expect(codes == Array(repeating: "journal.disk-full", count: 3))
            #expect(await service.configuration.hall.name != "二")
            #expect(await hall.gateway.supervision.paths(at: "W3").count == 1)
            #expect(!FileManager.default.fileExists(atPath: hall.directory + "/kept.yaml"))

            await journal.fail(with: nil)
            _ = try await service.reveal(look)
            _ = try await service.confirm(ConfirmRequest(place: "W3", user: "li"))
            _ = try await service.reload(by: "li")
            let kept = try await decisions(journal)
            #expect(kept.map(\.kind) == [.revealAllowed, .withdrawn, .confirmed, .revealed])
            #expect(kept.map(\.user) == ["li", "li", "li", "wang"])
            #expect(kept.last?.reason == "complaint 12" && kept.last?.line == hall.line)
            #expect(await service.configuration.hall.name == "二")
        }
    }

    @Test func `what was decided while the daemon was down is recorded at its start, and once`() async throws {
        try await RunningHall.run(devices: "driver: native, window: W3") { hall in
            let journal = MemoryJournal()
            let accepted = AcceptedConfiguration(path: hall.directory + "/kept.yaml")
            for _ in 0..<2 {
                let choice = try accepted.choose(ConfigurationSource(path: hall.configuration), logger: quiet)
                await service(of: hall, over: journal).recordStart(since: choice.previous)
                let kept = try await decisions(journal)
                #expect(kept.map(\.kind) == [.placed] && kept.first?.origin == .configuration)
                #expect(kept.first?.line == hall.line && kept.first?.user == nil)
            }
            // Whoever takes the kept copy away to hide a change is seen by that.
            try FileManager.default.removeItem(atPath: hall.directory + "/kept.yaml")
            let choice = try accepted.choose(ConfigurationSource(path: hall.configuration), logger: quiet)
            await service(of: hall, over: journal).recordStart(since: choice.previous)
            #expect(try await decisions(journal).count == 2)
        }
    }
}

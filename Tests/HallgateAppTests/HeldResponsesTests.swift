// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HallAPI
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingModel
import StandInRegion
import Testing

@testable import HallgateApp

/// Responses to questionnaires that a region has no call for yet.
@Suite(.timeLimit(.minutes(3))) struct HeldResponsesTests {
    private static let region = UplinkName("region")
    private static let whole: String = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Uplinks/RegionProfiles/Profiles/national.yaml")
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }()

    /// The national profile without what it says of questionnaires.
    private static let without = leavingOut(
        "  questionnaire:\n", upTo: "  rated:",
        of: leavingOut(
            "questionnaire_fields:", upTo: "headers:", of: whole))

    private static func leavingOut(_ begin: String, upTo end: String, of text: String) -> String {
        guard let first = text.firstRange(of: "\n" + begin), let last = text.firstRange(of: "\n" + end) else {
            return ""
        }
        return text.replacingCharacters(in: first.lowerBound..<last.lowerBound, with: "")
    }

    private static let questionnaire = """
        questionnaire: hall
        version: 1
        title: {zh-Hans: 大厅问卷}
        questions:
          - {id: effort, type: scale, text: {zh-Hans: 容易吗}, required: true}
        """

    /// A gateway that runs with a profile without the call, one response being held, and what writes the profile anew.
    private func withHeldResponse(
        _ body: (Gateway, GatewayOperator, _ write: (String) throws -> Void, StandInRegion) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "held-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory + "/journal", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(filePath: directory + "/" + name))
        }
        try write("hall.yaml", Self.questionnaire)
        try write("profile.yaml", Self.without)
        let authority = try ThrowAwayCA(in: directory)
        let tls = StandInRegionConfiguration.TLS(certificate: authority.serverCertificate, key: authority.serverKey)
        try await withStandInRegion(StandInRegionConfiguration(store: directory + "/region.db", tls: tls)) { region in
            try write(
                "gateway.yaml",
                """
                journal: {directory: \(directory)/journal}
                questionnaires: [{file: \(directory)/hall.yaml}]
                uplinks:
                  - {name: region, kind: https, profile_file: \(directory)/profile.yaml, url: '\(region.evaluateURL)', ca: \(authority.authority)}

                """)
            let source = ConfigurationSource(path: directory + "/gateway.yaml")
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let gateway = try await buildGateway(try source.read(), logger: logger)
            let service = GatewayOperator(
                gateway: gateway, reader: source, refused: nil, logger: logger,
                accepted: AcceptedConfiguration(path: nil))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await ForwarderService(forwarder: gateway.forwarders[0].forwarder).run() }
                _ = try await gateway.questionnaires.submit(Self.submission("one"), from: .init(.qrCode))
                #expect(try await counts(of: gateway) == Conservation(recorded: 1, held: [.questionnaire: 1]))
                try await body(gateway, service, { try write("profile.yaml", $0) }, region)
                group.cancelAll()
                while let result = await group.nextResult() { _ = result }
            }
            await gateway.close()
        }
    }

    private static func submission(_ number: String) -> QuestionnaireSubmission {
        QuestionnaireSubmission(
            questionnaire: "hall", version: 1, submission: number, answers: [.init(question: "effort", scale: 3)])
    }

    private func counts(of gateway: Gateway) async throws -> Conservation {
        try await gateway.journal.conservation(for: Self.region)
    }

    @Test func `a reload that brings the call sends what was held, and what comes then`() async throws {
        try await withHeldResponse { gateway, service, write, region in
            // The line is open and knows the old profile.
            _ = await gateway.forwarders[0].uplink.probe()
            try write(Self.whole)
            let report = try await service.reload()
            #expect(report.changes == ["uplinks.region: questionnaires"] && report.needsRestart.isEmpty)
            _ = try await gateway.questionnaires.submit(Self.submission("two"), from: .init(.qrCode))
            #expect(await eventually { (try? await counts(of: gateway))?.delivered == 2 })
            #expect(try await counts(of: gateway) == Conservation(recorded: 2, delivered: 2))
            #expect(try await service.reload().changes.isEmpty)
        }
    }

    @Test func `a profile that says more besides waits for a restart, and the responses with it`() async throws {
        try await withHeldResponse { gateway, service, write, _ in
            try write(Self.whole.replacing("\nbatch: 100\n", with: "\nbatch: 50\n"))
            let report = try await service.reload()
            #expect(report.changes.isEmpty && report.needsRestart == ["uplinks"])
            #expect(try await counts(of: gateway) == Conservation(recorded: 1, held: [.questionnaire: 1]))
        }
    }
}

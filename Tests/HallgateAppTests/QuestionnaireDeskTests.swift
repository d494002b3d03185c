// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import ControlSocket
import Foundation
import HallAPI
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingIntake
import RatingModel
import StandInRegion
import Testing

@testable import HallgateApp

/// Questionnaires from their file over the desk to a region.
@Suite(.timeLimit(.minutes(3))) struct QuestionnaireDeskTests {
    private static let file = """
        questionnaire: hall
        version: 2
        title: {zh-Hans: 大厅问卷}
        questions:
          - {id: effort, type: scale, text: {zh-Hans: 容易吗}, required: true, skip: [{is: 5, to: end}]}
          - {id: wish, type: text, text: {zh-Hans: 建议}}
        """

    private func submission(_ number: String, effort: Int64 = 3, wish: String? = "多设\"座椅\"") -> QuestionnaireSubmission
    {
        QuestionnaireSubmission(
            questionnaire: "hall", version: 2, submission: number,
            answers: [.init(question: "effort", scale: effort)]
                + (wish.map { [.init(question: "wish", text: $0)] } ?? []))
    }

    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "forms-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory + "/journal", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data(Self.file.utf8).write(to: URL(filePath: directory + "/hall.yaml"))
        try await body(directory)
    }

    @Test func `mistakes in a questionnaire are told at their place in its file`() async throws {
        try await withDirectory { directory in
            let text = Self.file.replacing("type: scale", with: "type: scales")
            try Data(text.utf8).write(to: URL(filePath: directory + "/bad.yaml"))
            let read = GatewayConfiguration.read(
                text: "questionnaires: [{file: \(directory)/bad.yaml}, {file: \(directory)/gone.yaml}]\n")
            #expect(read.configuration == nil)
            let lines = read.diagnostics.map(\.description)
            #expect(lines.contains { $0.hasPrefix("\(directory)/bad.yaml:5:24:") }, "\(lines)")
            #expect(lines.contains { $0.contains("there is no file") }, "\(lines)")
        }
    }

    /// The whole way, with an answer of the region that is lost on it.
    @Test func `answers reach the region once, with their channel, and why tells their way and not what was said`()
        async throws
    {
        try await withDirectory { directory in
            let authority = try ThrowAwayCA(in: directory)
            let tls = StandInRegionConfiguration.TLS(certificate: authority.serverCertificate, key: authority.serverKey)
            let setup = StandInRegionConfiguration(
                store: directory + "/region.db", tls: tls, faults: [FaultRule(.lostAnswer, limit: 1)])
            try await withStandInRegion(setup) { region in
                let text = """
                    journal: {directory: \(directory)/journal}
                    questionnaires: [{file: \(directory)/hall.yaml}]
                    uplinks:
                      - {name: region, kind: https, profile: national, url: '\(region.evaluateURL)', ca: \(authority.authority)}
                      - {name: office, kind: https, profile: zhejiang-style, url: '\(region.evaluateURL)', ca: \(authority.authority),
                         site: {areaCode: '150121', deptCode: '11150121MB0000000X'}}

                    """
                let read = GatewayConfiguration.read(text: text)
                let configuration = try #require(read.configuration, "\(read.diagnostics)")
                let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
                let gateway = try await buildGateway(configuration, logger: logger)
                let desk = gateway.questionnaires
                #expect(await desk.list().map(\.id) == ["hall"])
                let origin = QuestionnaireDesk.Origin(.qrCode, window: WindowID("A01"))
                let first = try await desk.submit(submission("one"), from: origin)
                let id = try #require(first.record)
                #expect(first == .recorded(id))
                #expect(try await desk.submit(submission("one"), from: origin) == .duplicate(of: id))
                _ = try await desk.submit(submission("two", effort: 5, wish: nil), from: .init(.phone))
                let service = GatewayOperator(
                    gateway: gateway, reader: ConfigurationSource(path: nil), refused: nil, logger: logger)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await ForwarderService(forwarder: gateway.forwarders[0].forwarder).run() }
                    let name = UplinkName("region")
                    #expect(
                        await eventually {
                            (try? await gateway.journal.conservation(for: name).delivered) == 2
                        })
                    let why = try await service.why(WhyRequest(id: "\(id)"))
                    #expect(why.kind == "questionnaire" && why.response?.channel == "qr" && why.response?.answers == 2)
                    #expect(why.deliveries.map(\.state) == ["held:questionnaire", "delivered"])
                    let shown = String(decoding: try JSONEncoder().encode(why), as: UTF8.self)
                    #expect(!shown.contains("座椅") && !shown.contains("effort"), "\(shown)")
                    let queue = try await service.queue(QueueRequest(uplink: "office", state: "held:questionnaire"))
                    #expect(queue.records.count == 2 && queue.records.first?.window == "A01")
                    #expect(try await service.verifyQueue().findings == [])
                    group.cancelAll()
                    while let result = await group.nextResult() { _ = result }
                }
                await gateway.close()
                let responses = try RegionStoreReader(path: directory + "/region.db").responses()
                #expect(Set(responses.map(\.answers)) == ["effort=3\nwish=多设\"座椅\"", "effort=5"])
                #expect(
                    Set(responses.map(\.pf)) == ["3", "6"] && responses.allSatisfy { $0.questionnaire == "hall 2" })
                let counts = try RegionStoreReader(path: directory + "/region.db").counts()
                #expect(counts.responses == 2 && counts.alteredResponses == 0 && counts.received == 0)
            }
        }
    }

    @Test func `what does not fit is refused and nothing is recorded`() async throws {
        try await withDirectory { directory in
            let read = GatewayConfiguration.read(text: "questionnaires: [{file: \(directory)/hall.yaml}]\n")
            let journal = MemoryJournal(uplinks: [ReceptionFixture.region])
            let desk = QuestionnaireDesk(
                try #require(read.configuration).questionnaires.map(\.questionnaire), journal: journal,
                intake: RatingIntake(journal: journal), clock: HandClock(),
                uplinks: [(ReceptionFixture.region, false)], wakeForwarders: {}, logger: Logger(label: "test"))
            var wrong: [(QuestionnaireSubmission, String)] = []
            var submission = submission("one")
            submission.version = 1
            wrong.append((submission, "questionnaire.outdated"))
            submission = self.submission("one")
            submission.questionnaire = "other"
            wrong.append((submission, "questionnaire.unknown"))
            wrong.append((self.submission("one", effort: 6), "questionnaire.invalid"))
            wrong.append((self.submission("one", effort: 5), "questionnaire.invalid"))
            wrong.append((self.submission(""), "questionnaire.invalid"))
            submission = self.submission("one")
            submission.answers.append(submission.answers[0])
            wrong.append((submission, "questionnaire.invalid"))
            submission.answers = [.init(question: "effort", choices: ["a"], scale: 3)]
            wrong.append((submission, "questionnaire.invalid"))
            for (each, code) in wrong {
                let error = await #expect(throws: GatewayError.self) {
                    try await desk.submit(each, from: .init(.qrCode))
                }
                #expect(error?.code == code)
            }
            #expect(await journal.status().lastSequence == 0)
            let id = try #require(try await desk.submit(self.submission("one"), from: .init(.terminal)).record)
            let other = try await desk.submit(self.submission("one", effort: 1), from: .init(.terminal))
            #expect(other == .refused(.otherAnswers(than: id)))
            let counts = try await journal.conservation(for: ReceptionFixture.region)
            #expect(counts.held == [.questionnaire: 1] && counts.holds && counts.recorded == 1)
        }
    }

    /// The page that sends it again does not know that another version is asked by now, or none.
    @Test func `a submission that was recorded is known whatever is asked by then`() async throws {
        try await withDirectory { directory in
            let read = GatewayConfiguration.read(text: "questionnaires: [{file: \(directory)/hall.yaml}]\n")
            let asked = try #require(read.configuration).questionnaires.map(\.questionnaire)
            let journal = MemoryJournal(uplinks: [ReceptionFixture.region])
            let desk = QuestionnaireDesk(
                asked, journal: journal, intake: RatingIntake(journal: journal), clock: HandClock(),
                uplinks: [(ReceptionFixture.region, true)], wakeForwarders: {}, logger: Logger(label: "test"))
            let id = try #require(try await desk.submit(submission("one"), from: .init(.qrCode)).record)
            try Data(Self.file.replacing("version: 2", with: "version: 3").utf8)
                .write(to: URL(filePath: directory + "/hall.yaml"))
            let reread = GatewayConfiguration.read(text: "questionnaires: [{file: \(directory)/hall.yaml}]\n")
            let newer = try #require(reread.configuration).questionnaires.map(\.questionnaire)
            for next in [newer, []] {
                await desk.apply(next)
                #expect(try await desk.submit(submission("one"), from: .init(.qrCode)) == .duplicate(of: id))
                let other = try await desk.submit(submission("one", effort: 1), from: .init(.qrCode))
                #expect(other == .refused(.otherAnswers(than: id)))
                let late = await #expect(throws: GatewayError.self) {
                    try await desk.submit(submission("two"), from: .init(.qrCode))
                }
                #expect(late?.code == (next.isEmpty ? "questionnaire.unknown" : "questionnaire.outdated"))
            }
            #expect(await journal.status().lastSequence == 1)
        }
    }
}

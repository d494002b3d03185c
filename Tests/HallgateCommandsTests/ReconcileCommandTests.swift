// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Foundation
import Logging
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateCommands

/// A daemon that knows two days: one with differences, one without.
private struct ComparingService: OperatorService {
    func status() async -> GatewayStatus { .sample }
    func metrics() async -> String { "" }
    func reload() async throws(GatewayError) -> ReloadReport { ReloadReport(changes: [], needsRestart: []) }
    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        SessionTicket(session: 1, promptedPads: 0)
    }

    func reconcile(_ request: ReconcileRequest) async throws(GatewayError) -> ReconciliationReport {
        let count = ReconciliationReport.Count(window: "W3", level: "满意", channel: "5", delivered: 2, held: 1)
        var report = ReconciliationReport(
            uplink: request.uplink ?? "region", date: request.date, counts: [count], missing: [], unknown: [],
            unsettled: ["id-4"], altered: [])
        guard request.date == "2026-11-24" else { return report }
        report.missing = ["id-1"]
        report.altered = [.init(id: "id-2", parts: [.level, .caseReference])]
        return report
    }
}

@Suite struct ReconcileCommandTests {
    /// Runs a command line against the service.
    private func run(_ arguments: [String], locale: String = "C") async throws -> (status: Int32, text: String) {
        let path = "/tmp/hallgate-\(UInt64.random(in: 0 ... .max)).sock"
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let console = RecordedConsole()
        let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
        return await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { isListening.finish() }
                try await ControlServer(path: path, service: ComparingService(), logger: logger).run {
                    isListening.yield()
                }
            }
            for await _ in listening { break }
            let status = await console.run(arguments + ["--socket", path], locale: locale)
            group.cancelAll()
            while (try? await group.next()) != nil {}
            return (status, console.output + console.errors)
        }
    }

    @Test func differencesAreListedByIDAndEndWithOne() async throws {
        let answer = try await run(["reconcile", "--date", "2026-11-24"])
        #expect(answer.status == 1)
        #expect(answer.text.contains("missing there: 1\n  id-1\n"))
        #expect(answer.text.contains("altered: 1\n  id-2  level, case\n"))
        #expect(answer.text.contains("not settled here yet: 1\n  id-4\n") && answer.text.contains("2 differences."))
        #expect(answer.text.contains("W3\t满意\t5\t2\t1"))
    }

    @Test func aCleanDayEndsWithZeroInBothLanguages() async throws {
        #expect(try await run(["reconcile", "--date", "2026-11-23"]).status == 0)
        let chinese = try await run(["reconcile", "--date", "2026-11-23", "--uplink", "省"], locale: "zh_CN.UTF-8")
        #expect(chinese.status == 0 && chinese.text.contains("没有差异") && chinese.text.contains("省，2026-11-23"))
    }

    @Test func jsonIsWhatTheDaemonSays() async throws {
        let answer = try await run(["reconcile", "--date", "2026-11-24", "--json"])
        let report = try JSONDecoder().decode(ReconciliationReport.self, from: Data(answer.text.utf8))
        #expect(
            answer.status == 1 && report.missing == ["id-1"] && report.altered.first?.parts == [.level, .caseReference])
    }

    @Test func aDayIsNeededAndADaemon() async throws {
        let console = RecordedConsole()
        #expect(await console.run(["reconcile"]) == 2)
        #expect(await console.run(["reconcile", "--date", "2026-11-24", "--socket", "/nonexistent/s"]) == 3)
    }
}

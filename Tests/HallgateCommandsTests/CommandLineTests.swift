// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import FoundationEssentials
@testable import HallgateCommands
import Logging
import OperatorAPI
import RatingModel
import Testing

/// Exit statuses and what goes to which stream.
struct CommandLineTests {
    @Test(arguments: [["--help"], ["--version"], ["help", "check"], []])
    func helpIsWell(_ arguments: [String]) async {
        let console = RecordedConsole()
        #expect(await console.run(arguments) == 0)
        #expect(!console.output.isEmpty)
        #expect(console.errors.isEmpty)
    }

    @Test(arguments: [
        ["bogus"], ["status", "--jso"], ["status", "extra"], ["check", "--config"], ["run", "--log-level", "loud"],
        ["status", "--json", "--metrics"],
    ])
    func wrongUsageIsTwo(_ arguments: [String]) async {
        let console = RecordedConsole()
        #expect(await console.run(arguments) == 2)
        #expect(console.output.isEmpty)
        #expect(console.errors.contains("Usage: hallgate"))
    }

    @Test(arguments: ["status", "reload"]) func noDaemonIsThree(_ command: String) async {
        let console = RecordedConsole()
        #expect(await console.run([command, "--socket", "/none/operator.sock"]) == 3)
        #expect(
            console.errors == """
                hallgate: no daemon answers at /none/operator.sock: No such file or directory
                  → start it with 'systemctl start hallgate', or name its socket with --socket

                """)
        let chinese = RecordedConsole()
        #expect(await chinese.run([command, "--socket", "/none/operator.sock"], locale: "zh_CN.UTF-8") == 3)
        #expect(chinese.errors.hasPrefix("hallgate: /none/operator.sock 没有守护进程应答：No such file or directory\n  → 请用"))
    }

    @Test func theSocketIsFoundInAConfigurationWithMistakes() async throws {
        try await withDirectory { directory in
            try write("control: {socket: /none/x.sock}\nnonsense: 1\n", to: directory + "/hall.yaml")
            let console = RecordedConsole()
            #expect(await console.run(["status", "--config", directory + "/hall.yaml"]) == 3)
            #expect(console.errors.contains("/none/x.sock"))
        }
    }

    @Test func aRunningDaemonIsAsked() async throws {
        try await withDirectory { directory in
            let path = directory + "/operator.sock"
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { isListening.finish() }
                    try await ControlServer(path: path, service: SampleService(), logger: logger).run {
                        isListening.yield()
                    }
                }
                for await _ in listening { break }
                let page = RecordedConsole()
                #expect(await page.run(["status", "--socket", path]) == 1)
                #expect(page.output == StatusPage(.sample, locale: "C", usesColor: false).text + "\n")
                let json = RecordedConsole()
                #expect(await json.run(["status", "--json", "--socket", path]) == 1)
                let decoded = try JSONDecoder().decode(GatewayStatus.self, from: Data(json.output.utf8))
                #expect(decoded == .sample)
                let metrics = RecordedConsole()
                #expect(await metrics.run(["status", "--metrics", "--socket", path]) == 0)
                #expect(metrics.output == "hallgate_well 0\n")
                let reload = RecordedConsole()
                #expect(await reload.run(["reload", "--socket", path]) == 1)
                #expect(reload.errors == "hallgate: refused: line 1\n  → correct it\n")
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    @Test func helpersAreLookedForLikeGitDoes() {
        let program = LabProgram(executable: "/opt/h/bin/hallgate", path: "/usr/bin::/bin")
        #expect(
            program.candidates == [
                "/opt/h/bin/hallgate-lab", "/opt/h/bin/../libexec/hallgate/hallgate-lab", "/usr/bin/hallgate-lab",
                "/bin/hallgate-lab",
            ])
        let error = LabProgram(executable: "/none/bin/hallgate", path: "").replaceProcess(with: ["demo"])
        #expect(error.code == "lab.missing")
        #expect(error.hint.english.contains("apt install hallgate-lab"))
    }
}

/// Answers with the sample, and refuses to reload.
private struct SampleService: OperatorService {
    func status() async -> GatewayStatus { .sample }
    func metrics() async -> String { "hallgate_well 0\n" }
    func reload() async throws(GatewayError) -> ReloadReport {
        throw GatewayError(
            "configuration.refused", LocalText("refused", "被拒绝"), cause: "line 1", hint: LocalText("correct it", "请更正"))
    }
    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        SessionTicket(session: 1, promptedPads: 0)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import HallgateApp

/// `hallgate`: the daemon, and the tools by which operators talk to it.
public enum Hallgate {
    /// Reads the command line, runs the command and ends the process; the executable does nothing else.
    public static func start() async -> Never {
        exit(await run(Array(CommandLine.arguments.dropFirst()), console: .standard))
    }

    /// Runs a command line without the program's name, and answers the exit status: 0 well, 1 unwell or refused,
    /// 2 usage, 3 daemon not reachable.
    static func run(_ arguments: [String], console: Console) async -> Int32 {
        do {
            switch try HallgateCommand.parseAsRoot(arguments) {
            case let command as any OperatorCommand: return try await command.run(console).rawValue
            case var command: try command.run()
            }
            return ExitStatus.well.rawValue
        } catch {
            let code = HallgateCommand.exitCode(for: error)
            let message = HallgateCommand.fullMessage(for: error)
            if code.isSuccess { console.write(message) } else if !message.isEmpty { console.complain(message) }
            return code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue
        }
    }
}

/// What a command's exit status says.
enum ExitStatus: Int32 {
    case well = 0
    case unwell = 1
    case usage = 2
    case unreachable = 3
}

/// A command of Hallgate's own: it says what it has to say on a console and answers its exit status.
protocol OperatorCommand: ParsableCommand {
    func run(_ console: Console) async throws -> ExitStatus
}

/// The root: without a command it shows the help.
struct HallgateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hallgate",
        abstract: say("The gateway between a hall's evaluator pads and the region.", "大厅评价器与上级“好差评”系统之间的网关。"),
        version: HallgateVersion.current,
        groupedSubcommands: [
            CommandGroup(name: say("Daemon", "守护进程"), subcommands: [RunCommand.self, CheckCommand.self]),
            CommandGroup(
                name: say("Operation", "运维"),
                subcommands: [
                    StatusCommand.self, ReloadCommand.self, DevicesCommand.self, QueueCommand.self, WhyCommand.self,
                    ReconcileCommand.self, QRCommand.self,
                ]),
            CommandGroup(
                name: say("Trial", "试用"),
                subcommands: [DemoCommand.self, RegionCommand.self, PadCommand.self]),
        ])
}

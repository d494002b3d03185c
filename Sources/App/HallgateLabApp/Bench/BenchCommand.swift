// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RatingModel

/// `hallgate-lab bench`: measures the daemon beside the limits of the machine it runs on.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures the daemon beside the limits of this machine.",
        subcommands: [PadsBenchCommand.self, DrainCommand.self, AnswerCommand.self, FillCommand.self])
}

/// `hallgate-lab bench pads`.
struct PadsBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pads",
        abstract: "Many pads at one press a second, then presses at the same moment.",
        discussion: """
            Runs the real daemon with pads on pseudo-terminals. In turns with it, and on the same machine, a bare loop \
            echoes frames on as many pseudo-terminals, and a single writer appends and calls fdatasync on the same \
            disk: those two are what a press must wait for at least. A third one echoes frames after a bare SQLite \
            commit of rows like a press's: nothing that keeps presses in such a database can be quicker. Presses belong to no session, so that nothing is \
            delivered meanwhile. The last line of the output is JSON; the exit status is 0 where every press was \
            acknowledged, whatever the times.
            """)

    @Option(help: "How many pads.")
    var pads = 256

    @Option(help: "How many seconds at one press a second and pad.")
    var seconds = 20

    @Option(help: "How many pads press at the same moment.")
    var burst = 64

    @Option(help: "How many times they do.")
    var bursts = 20

    @Option(help: "Where everything random starts.")
    var seed: UInt64 = 1

    @Flag(help: "Print the JSON line alone.")
    var json = false

    func validate() throws {
        guard (1...500).contains(pads) else { throw ValidationError("--pads takes 1 to 500") }
        guard (1...3600).contains(seconds) else { throw ValidationError("--seconds takes 1 to 3600") }
        guard (1...pads).contains(burst) else { throw ValidationError("--burst takes 1 to the number of pads") }
        guard (1...1000).contains(bursts) else { throw ValidationError("--bursts takes 1 to 1000") }
    }

    func run() async throws {
        let plan = PadsBench.Plan(pads: pads, seconds: seconds, burst: burst, bursts: bursts, seed: seed)
        do {
            let report = try await PadsBench.run(plan, programs: try Programs.beside())
            if !json { for line in report.summary(locale: operatorLocale()) { print(line) } }
            print(report.json)
            if !report.isWell { throw ExitCode(1) }
        } catch let error as GatewayError {
            Complaint.write(error)
            throw ExitCode(1)
        } catch let failure as DemoFailure {
            writeError("\(failure)\n")
            throw ExitCode(1)
        }
    }
}

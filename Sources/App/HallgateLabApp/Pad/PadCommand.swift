// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import RatingModel
import VirtualPads

/// `hallgate pad`: simulated pads, and the bench for real ones.
struct PadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pad", abstract: "Simulated pads, and tests of real ones.",
        subcommands: [PadSimulateCommand.self, PadCertifyCommand.self])
}

/// `hallgate pad simulate`: one pad on a pseudo-terminal, pressed by hand or by a script.
struct PadSimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Runs a virtual pad on a pseudo-terminal.",
        discussion: """
            At a terminal, 1 to 5 press a key, u pulls the plug, p plugs in again, q ends. Otherwise each line of the \
            standard input is a command: press N, unplug, plug, quit. What the pad does is written a line each.
            """)

    /// The kinds of pads there are.
    enum Driver: String, ExpressibleByArgument, CaseIterable {
        /// Speaks firmware-protocol.md.
        case native
    }

    @Option(help: "What the pad speaks.")
    var driver = Driver.native

    @Option(help: "Where the pad's line appears.")
    var link = "./hallgate-pad"

    @Option(help: "The file that is the pad's memory; without it, beside the link.")
    var memory: String?

    @Option(help: "The number on the pad's label.")
    var id: UInt64 = 1

    func run() async throws {
        let settings = PadSettings(
            id: id, link: link, memoryPath: memory ?? "\(link).memory", newLog: UInt64.random(in: 1 ... .max))
        let interruption = Interruption()
        let isTerminal = isatty(STDIN_FILENO) == 1
        let rack: PadRack
        do throws(PadError) {
            rack = try PadRack(pads: [settings], seed: id) { _, notice in
                if let text = notice.line { writeOutput(text + "\n") }
            }
        } catch {
            Complaint.write(
                GatewayError(
                    "lab.pad", LocalText("The pad could not be made", "无法创建虚拟评价器"), cause: "\(error)",
                    hint: LocalText("name a place that can be written with --link", "请用 --link 指定可写的位置")))
            throw ExitCode(1)
        }
        let keyboard = isTerminal ? KeyboardMode() : nil
        if isTerminal { writeError("1–5 press · u unplug · p plug in · q quit\n") }
        await withTaskGroup { group in
            group.addTask { await interruption.wait() }
            group.addTask { await obey(rack, isTerminal: isTerminal) }
            await group.next()
            group.cancelAll()
        }
        keyboard?.restore()
        rack.stop()
    }

    private func obey(_ rack: PadRack, isTerminal: Bool) async {
        var input = CommandInput(byKey: isTerminal)
        while let word = await input.next() {
            guard let command = PadScript(word) else {
                writeError("press N, unplug, plug or quit, not: \(word)\n")
                continue
            }
            switch command {
            case .press(let key): rack.press(pad: 0, key: key, level: key)
            case .unplug: rack.unplug(pad: 0)
            case .plug: rack.plugIn(pad: 0)
            case .quit: return
            }
        }
        // A script that ended leaves time for the thanks.
        let deadline = ContinuousClock.now + .seconds(5)
        while rack.report.unacknowledged > 0, ContinuousClock.now < deadline, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}

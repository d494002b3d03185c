// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import RatingModel

/// `hallgate demo`: shows on one computer that no press is lost, and proves it.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Presses ratings on simulated pads and checks that each reaches a stand-in region once.",
        discussion: """
            Runs the real daemon, pads on pseudo-terminals and a region over HTTPS on loopback. At the end the presses \
            in the pads' own memories are compared with the region's store. The last line of the output is JSON; the \
            exit status is 0 only where nothing was lost, doubled or altered.
            """)

    @Option(help: "How many pads.")
    var pads = 8

    @Option(help: "How many ratings to press; with --kills, at least.")
    var ratings = 200

    @Flag(help: "Unplug pads, disturb bytes, kill the daemon, take the region down and make it misbehave.")
    var faults = false

    @Option(help: "Kill the daemon so many times more, at random moments with a backlog.")
    var kills = 0

    @Option(help: "Where everything random starts.")
    var seed: UInt64 = 1

    @Flag(help: "Print the JSON line alone.")
    var json = false

    @Option(help: "Keep everything in this directory, which must be empty or new.")
    var keep: String?

    @Option(name: .customLong("window"), help: "The name of a window, once for each; others are numbered from A01.")
    var windows: [String] = []

    func validate() throws {
        guard (1...500).contains(pads) else { throw ValidationError("--pads takes 1 to 500") }
        guard (1...1_000_000).contains(ratings) else { throw ValidationError("--ratings takes 1 to 1000000") }
        guard (0...10_000).contains(kills) else { throw ValidationError("--kills takes 0 to 10000") }
        guard windows.count <= pads, Set(windows).count == windows.count else {
            throw ValidationError("--window takes each name once, and at most as many as there are pads")
        }
        for window in windows where window.isEmpty || !window.utf8.allSatisfy(DemoCommand.isPlain) {
            throw ValidationError("--window takes letters, digits, - and _")
        }
    }

    func run() async throws {
        let plan = DemoPlan(
            pads: pads, ratings: ratings, hasFaults: faults, kills: kills, seed: seed, windowNames: windows)
        let (site, report) = try await carryOut(plan)
        if !json { for line in report.summary(locale: operatorLocale()) { print(line) } }
        if report.isWell, keep == nil { site.remove() } else { writeError("kept: \(site.directory)\n") }
        print(report.json)
        if !report.isWell { throw ExitCode(1) }
    }

    /// Runs the plan; what stands in its way is told at the terminal, and an interrupted demo leaves nothing behind.
    private func carryOut(_ plan: DemoPlan) async throws -> (DemoSite, DemoReport) {
        do {
            let site = try DemoSite(directory: keep)
            do {
                return (site, try await Demo(plan: plan, site: site, programs: try Programs.beside()).run())
            } catch is Interrupted {
                if keep == nil { site.remove() }
                throw ExitCode(130)
            }
        } catch let error as GatewayError {
            Complaint.write(error)
            throw ExitCode(1)
        }
    }

    /// Names go into paths and YAML as they are.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// The programs of Hallgate, found from the one that runs.
enum Programs {
    static func beside() throws(GatewayError) -> DemoHall.Programs {
        guard let path = realpath("/proc/self/exe", nil) else {
            throw GatewayError(
                "lab.programs", LocalText("the path of this program is not known", "无法确定本程序的路径"),
                cause: String(cString: strerror(errno)), hint: LocalText("mount /proc", "请挂载 /proc"))
        }
        defer { free(path) }
        let own = String(cString: path)
        let directory = own.lastIndex(of: "/").map { String(own[..<$0]) } ?? "."
        // Installed, the lab is a helper in libexec/hallgate and the daemon a command in bin.
        let places = ["\(directory)/hallgate", "\(directory)/../../bin/hallgate"]
        let daemon = places.first { access($0, X_OK) == 0 } ?? places[0]
        return DemoHall.Programs(daemon: daemon, lab: own)
    }
}

/// How an error is told at the terminal.
enum Complaint {
    /// Message, cause and hint, a line each, in the operator's language.
    static func write(_ error: GatewayError) {
        let locale = operatorLocale()
        writeError("\(error.code): \(error.message.text(for: locale))\n")
        if let cause = error.cause { writeError("  \(cause)\n") }
        writeError("  → \(error.hint.text(for: locale))\n")
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser

/// `hallgate-lab`: simulated pads, the stand-in region, and the demo that runs the daemon between them.
///
/// The package of the daemon does not need it; `hallgate demo`, `hallgate pad` and `hallgate region` run it.
public struct HallgateLab: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "hallgate-lab",
        abstract: "Simulators, the stand-in region and the demo.",
        subcommands: [DemoCommand.self, PadCommand.self, RegionCommand.self, PagesCommand.self, BenchCommand.self])

    /// Made by the argument parser.
    public init() {}

    /// Reads the command line, runs the command and ends the process; the executable does nothing else.
    public static func start() async { await main() }
}

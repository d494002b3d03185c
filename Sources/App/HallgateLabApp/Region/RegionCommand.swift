// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser

/// `hallgate region`: the regional system's stand-in, for demonstrations, tests and integrators without a test region.
public struct RegionCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "region", abstract: "The stand-in regional system.",
        subcommands: [RegionServeCommand.self])

    /// The parser makes it.
    public init() {}
}

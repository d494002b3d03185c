// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RatingModel

/// A command that `hallgate-lab` carries out, with every argument as it came.
protocol LabCommand: OperatorCommand {
    var arguments: [String] { get }
}

extension LabCommand {
    func run(_ console: Console) async throws -> ExitStatus {
        let name = Self.configuration.commandName ?? Self._commandName
        console.complain(LabProgram.fromEnvironment.replaceProcess(with: [name] + arguments))
        return .unwell
    }
}

/// `hallgate demo`
struct DemoCommand: LabCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: say("Run pads, daemon and region on this computer and count.", "在本机演示评价器、守护进程和上级系统，并核对数量。"))
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

/// `hallgate region`
struct RegionCommand: LabCommand {
    static let configuration = CommandConfiguration(
        commandName: "region", abstract: say("Serve a stand-in for the region's system.", "运行上级系统的替身。"))
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

/// `hallgate pad`
struct PadCommand: LabCommand {
    static let configuration = CommandConfiguration(
        commandName: "pad", abstract: say("Simulate a pad, or certify one.", "模拟评价器，或检测评价器。"))
    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []
}

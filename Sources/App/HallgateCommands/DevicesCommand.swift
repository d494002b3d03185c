// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `hallgate devices`: the devices of the hall.
struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: say("See, find and learn the devices of the hall.", "查看、查找和学习大厅设备。"),
        subcommands: [DevicesInferCommand.self])
}

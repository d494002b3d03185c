// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import HallgateApp

/// Where the configuration is.
struct ConfigurationOptions: ParsableArguments {
    /// Where the Debian package keeps the configuration.
    static let defaultPath = "/etc/hallgate/hallgate.yaml"

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            say("The configuration file (default: \(defaultPath)).", "配置文件（默认 \(defaultPath)）。"), valueName: "file"))
    var given: String?

    /// The file that counts.
    var path: String { given ?? Self.defaultPath }
}

/// Which daemon to talk to.
struct DaemonOptions: ParsableArguments {
    @OptionGroup var configuration: ConfigurationOptions

    @Option(
        help: ArgumentHelp(
            say(
                "The daemon's control socket (default: the one in the configuration).",
                "守护进程的控制套接字（默认取自配置文件）。"), valueName: "path"))
    var socket: String?

    /// A client of that daemon.
    var client: ControlClient {
        ControlClient(path: socket ?? GatewayConfiguration.read(file: configuration.path).controlSocket)
    }
}

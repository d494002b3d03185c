// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import HallgateApp

/// Which daemon to ask about the queue, and in which role.
struct QueueOptions: ParsableArguments {
    @OptionGroup var daemon: DaemonOptions

    @Flag(
        help: ArgumentHelp(
            say("Ask on the auditor's socket; the daemon logs it.", "通过审计套接字查询；守护进程会记录。")))
    var auditor = false

    /// A client of the role's socket.
    var client: ControlClient { auditor ? auditing : daemon.client }

    /// A client of the auditor's socket.
    var auditing: ControlClient {
        ControlClient(path: daemon.socket ?? GatewayConfiguration.auditorSocket(file: daemon.configuration.path))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import HallgateApp
import RatingModel

/// Which daemon to ask about the queue, and in which role.
struct QueueOptions: ParsableArguments {
    @OptionGroup var daemon: DaemonOptions

    @Flag(
        help: ArgumentHelp(
            say("Ask on the auditor's socket; the daemon logs it.", "通过审计套接字查询；守护进程会记录。")))
    var auditor = false

    /// A client of the role's socket.
    var client: ControlClient { auditor ? auditing : daemon.client }

    /// Asks for a record's story and writes it, as `queue show` and `why` both do.
    func tellStory(of id: String, asJSON: Bool, _ console: Console) async throws(GatewayError) -> ExitStatus {
        let report = try await client.why(id)
        console.write(asJSON ? encodedJSON(report) : WhyPage(report, console).text)
        return .well
    }

    /// A client of the auditor's socket.
    var auditing: ControlClient {
        ControlClient(path: daemon.socket ?? GatewayConfiguration.auditorSocket(file: daemon.configuration.path))
    }
}

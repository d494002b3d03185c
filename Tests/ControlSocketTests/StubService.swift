// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import OperatorAPI
import RatingModel

/// A service that answers at once, refuses the window `none`, and keeps `slow` waiting until it is let go.
actor StubService: OperatorService {
    private(set) var sessions: [SessionRequest] = []
    /// Who asked for a reload by name.
    private(set) var reloaders: [String] = []
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false

    static let refusal = GatewayError(
        "session.unknown-window", LocalText("there is no window none", "没有窗口 none"), cause: "windows: A01",
        hint: LocalText("see 'windows' in the configuration", "请查看配置中的 'windows'"))

    /// Lets the requests for `slow` go, now and from now on.
    func letGo() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    func status() -> GatewayStatus {
        GatewayStatus(
            version: "1", hall: "土默特左旗政务服务中心", startedAtMilliseconds: 1, takenAtMilliseconds: 2, troubles: [],
            journal: .init(lastSequence: 3, chainHead: "sha256:00", bytesOnDisk: 4096), devices: [], uplinks: [])
    }

    func flags(_ request: FlagsRequest) -> FlagsReport {
        let device = request.sinceSeconds.map { "since \($0)" }
        return FlagsReport(flags: [
            .init(window: request.window, cause: "hasty-press", day: "2026-11-24", time: "14:03:11", device: device)
        ])
    }

    func metrics() -> String { "# HELP x\nhallgate_up 1\n" }

    func reload() throws(GatewayError) -> ReloadReport { ReloadReport(changes: ["window A02 added"], needsRestart: []) }

    func upload(_ request: UploadRequest) throws(GatewayError) -> UploadReport {
        UploadReport(received: request.offset + (Data(base64Encoded: request.data)?.count ?? 0))
    }

    func reload(by user: String) throws(GatewayError) -> ReloadReport {
        reloaders.append(user)
        return try reload()
    }

    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        guard request.window != "none" else { throw Self.refusal }
        if request.window == "slow", !isOpen { await withCheckedContinuation { waiting.append($0) } }
        sessions.append(request)
        return SessionTicket(session: UInt32(sessions.count), promptedPads: 1)
    }
}

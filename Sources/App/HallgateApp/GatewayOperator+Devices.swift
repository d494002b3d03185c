// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import JournalAPI
import Logging
import OperatorAPI
import RatingDelivery
import RatingModel

extension GatewayOperator {
    func devices() async -> [GatewayStatus.Device] { await status().devices }

    func devices(at place: String) async throws(GatewayError) -> [DeviceReport] {
        let paths = try await paths(at: place)
        var reports: [DeviceReport] = []
        for device in await devices() where paths.contains(device.path) {
            guard let tap = await gateway.supervision.tap(device.path, after: nil) else { continue }
            reports.append(DeviceReport(device: device, tap: tap, decisions: await decisions(about: device)))
        }
        return reports
    }

    func tap(_ request: TapRequest) async throws(GatewayError) -> TapPage {
        let path = try await onlyPath(at: request.place)
        guard let page = await gateway.supervision.tap(path, after: request.after) else {
            throw .noDevice(at: request.place)
        }
        return page
    }

    /// Levels are shown only where the configuration says so, and never before it is on disk who asked for them (G9).
    func reveal(_ request: RevealRequest) async throws(GatewayError) -> TapPage {
        let texts = [request.user, request.reason]
        guard texts.allSatisfy({ $0.contains { !$0.isWhitespace } && $0.utf8.count <= Limits.identifierBytes * 4 })
        else {
            throw .revealUnexplained
        }
        guard configuration.isRevealAllowed else {
            logger.warning(
                "levels were asked for and not shown",
                metadata: ["user": "\(request.user)", "place": "\(request.tap.place)"])
            throw .revealNotAllowed
        }
        let path = try await onlyPath(at: request.tap.place)
        let look = RevealLooks.Look(user: request.user, reason: request.reason, line: path)
        if !looks.cover(look, at: gateway.clock.now().monotonic) { try await record(look) }
        guard let page = await gateway.supervision.tap(path, after: request.tap.after, isRevealed: true) else {
            throw .noDevice(at: request.tap.place)
        }
        return page
    }

    private func record(_ look: RevealLooks.Look) async throws(GatewayError) {
        let place = await standing(at: look.line)
        try await record([
            OperatorDecision(
                .revealed, origin: .operatorSocket, user: look.user, line: look.line, window: place.window,
                device: place.device, reason: look.reason)
        ])
        looks.began(look, at: gateway.clock.now().monotonic)
        // Why is in the journal alone: a reason may speak of a level.
        logger.notice("levels on a line are shown", metadata: ["user": "\(look.user)", "path": "\(look.line)"])
    }

    /// What is on a line now: its window, and who is there.
    private func standing(at path: String) async -> (window: WindowID?, device: DeviceID?) {
        let device = await gateway.supervision.statuses().first { $0.path == path }
        return (device?.window.map { WindowID($0) }, device?.device.map { DeviceID($0) })
    }

    func identify(at place: String) async throws(GatewayError) -> IdentifyReport {
        _ = try await paths(at: place)
        let count = await gateway.supervision.identify(at: place)
        guard count > 0 else { throw .nobodyToIdentify(place) }
        return IdentifyReport(devices: count)
    }

    /// A window's rating may count for another person from here on, so it is on disk first who said so.
    func confirm(_ request: ConfirmRequest) async throws(GatewayError) -> ConfirmReport {
        let user = try checked(request.user)
        let path = try await onlyPath(at: request.place)
        let place = await standing(at: path)
        try await record([
            OperatorDecision(
                .confirmed, origin: .operatorSocket, user: user, line: path, window: place.window, device: place.device)
        ])
        guard await gateway.supervision.confirm(path: path) else { throw .noDevice(at: request.place) }
        logger.notice("hardware is confirmed in its place", metadata: ["user": "\(request.user)", "path": "\(path)"])
        return ConfirmReport(path: path)
    }

    /// What an unproven device pressed goes on its way, for each uplink that holds it, and it is recorded who said so.
    func approve(_ request: ApproveRequest) async throws(GatewayError) -> ApproveReport {
        let decision = OperatorDecision(
            .released, origin: .operatorSocket, user: try checked(request.user), device: DeviceID(request.device))
        let released = try await gateway.journal.release(
            DeviceID(request.device), for: gateway.forwarders.map(\.name), by: draft(decision))
        guard released > 0 else { throw .nothingQuarantined(request.device) }
        for each in gateway.forwarders { each.forwarder.wake() }
        logger.notice(
            "quarantined ratings are released",
            metadata: ["user": "\(request.user)", "device": "\(request.device)", "ratings": "\(released)"])
        return ApproveReport(released: released)
    }

    func flags(_ request: FlagsRequest) async throws(GatewayError) -> FlagsReport {
        try await gateway.reception.flags(request)
    }

    private func paths(at place: String) async throws(GatewayError) -> [String] {
        let paths = await gateway.supervision.paths(at: place)
        guard !paths.isEmpty else { throw .noDevice(at: place) }
        return paths
    }

    private func onlyPath(at place: String) async throws(GatewayError) -> String {
        let paths = try await paths(at: place)
        guard paths.count == 1, let path = paths.first else { throw .severalDevices(at: place, paths) }
        return path
    }
}

extension GatewayError {
    fileprivate static func severalDevices(at place: String, _ paths: [String]) -> GatewayError {
        GatewayError(
            "device.several", LocalText("several lines are at '\(place)'", "'\(place)' 有多条线路"),
            cause: paths.joined(separator: ", "), hint: LocalText("name one by its path", "请用路径指定其中一条"))
    }

    fileprivate static func nobodyToIdentify(_ place: String) -> GatewayError {
        GatewayError(
            "device.not-ready", LocalText("no device at '\(place)' is ready", "'\(place)' 没有就绪的设备"),
            hint: LocalText("see what it lacks: hallgate devices show \(place)", "请查看原因：hallgate devices show \(place)")
        )
    }

    fileprivate static let revealUnexplained = GatewayError(
        "privacy.unexplained", LocalText("levels are shown only to someone who says why", "须说明理由才能查看等级"),
        hint: LocalText("give --reason, it is recorded with your name", "请用 --reason 说明理由，理由和用户名会记录在案"))

    fileprivate static let revealNotAllowed = GatewayError(
        "privacy.not-allowed", LocalText("this gateway shows no levels", "本网关不允许查看等级"),
        hint: LocalText(
            "an auditor can set 'privacy: {reveal: true}' for the time of an examination",
            "审计员可在检查期间设置 'privacy: {reveal: true}'"))
}

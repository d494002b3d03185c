// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Logging
import OperatorAPI
import RatingModel
import WindowSessions

/// Answers the clerks' pages for a running gateway. It decides nothing: what a clerk does comes to the windows' sessions as
/// the keys of a panel and the business system's requests do, and is flagged as they are.
struct GatewayDesk: DeskService {
    let hall: GatewayHall
    let reception: PressReception
    /// Every line and how its device is.
    let devices: @Sendable () async -> [GatewayStatus.Device]
    let watch: KeyWatch
    let logger: Logger

    func desk(_ step: DeskStep, _ request: DeskRequest) async throws(GatewayError) -> DeskState {
        let window = WindowID(request.window)
        try await check(request, at: window)
        switch step {
        case .look: break
        case .ask: try await reception.ask(at: window)
        case .cancel: await reception.takeBack(at: window)
        case .pause: await reception.handle(.paused(window))
        case .resume: await reception.handle(.resumed(window))
        case .signIn:
            guard let staff = request.staff else { throw .badSessionRequest("staff is missing") }
            try CheckedSessionRequest.check([staff])
            try await reception.signIn(number: staff, at: window)
        }
        return await state(of: window)
    }

    private func check(_ request: DeskRequest, at window: WindowID) async throws(GatewayError) {
        let file = await hall.settings.desks.first { $0.window == window }?.keyFile
        try watch.check("desk", from: request.address, otherwise: .unknownDesk) {
            guard let file else { return false }
            return PadChannelKey.fits(request.key, file: file, of: "desk", window.value, logger: logger)
        }
        // A window that left the configuration is nobody's desk.
        try await reception.check(window)
    }

    private func state(of window: WindowID) async -> DeskState {
        let standing = await reception.deskStanding(at: window)
        let question: DeskState.Question =
            switch standing.answer {
            case nil: .none
            case .waiting: .waiting
            case .answered: .answered
            case .noAnswer: .noAnswer
            case .cancelled: .cancelled
            }
        let pads = await devices().filter(\.abilities.takesRatings).flatMap { device in
            device.places.filter { $0.window == window.value }.map { place in
                let name = device.device ?? device.path
                return DeskState.Pad(
                    name: place.address.map { "\(name) · \($0)" } ?? name,
                    isConnected: device.isWorking && !place.isAbsent)
            }
        }
        return DeskState(
            window: HallDescription.Window(id: window.value, name: await hall.name(of: window)),
            staff: standing.staff, isPaused: standing.isPaused, question: question,
            remainingSeconds: standing.remaining?.secondsCountedUp, pads: pads)
    }
}

extension GatewayError {
    fileprivate static let unknownDesk = GatewayError(
        "desk.unknown", LocalText("no desk of this window has this key", "没有使用该窗口和密钥的工位"),
        hint: LocalText(
            "compare the page's address with 'window' and 'key_file' under 'pages.desks'",
            "请将页面地址与 pages.desks 中的 window 和 key_file 核对"))

    static let unknownStaff = GatewayError(
        "desk.unknown-staff", LocalText("nobody has this number; nobody is signed in now", "没有此工号，窗口现在无人登录"),
        hint: LocalText("correct the number, or have it added under 'session.staff'", "请核对工号，或在 session.staff 中添加"))

    static let notAsked = GatewayError(
        "desk.not-asked", LocalText("the citizen was not asked: it could not be recorded", "未能请群众评价：无法保存"),
        hint: LocalText("try again; the log and 'hallgate status' say why", "请重试；日志和 'hallgate status' 会说明原因"))
}

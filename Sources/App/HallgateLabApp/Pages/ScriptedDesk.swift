// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import RatingModel

/// A desk at w3 without devices: it does what its clerk says, and becomes what a script says.
actor ScriptedDesk: DeskService {
    /// The only number that somebody has, beside the one who is there first.
    private static let staff = ["010306", "0017"]
    private static let key = "lab"
    private var state: DeskState
    private var isAway = false

    init() {
        state = DeskState(
            window: HallDescription.Window(id: "w3", name: "3号综合窗口"), staff: "010306", isPaused: false,
            question: .none,
            pads: [
                DeskState.Pad(name: "EV-2 0417", isConnected: true), DeskState.Pad(name: "pad-7", isConnected: false),
            ])
    }

    /// The window stands like this from now on.
    func become(_ state: DeskState) { self.state = state }

    /// The core goes away, or comes back.
    func setAway(_ away: Bool) { isAway = away }

    func desk(_ step: DeskStep, _ request: DeskRequest) throws(GatewayError) -> DeskState {
        if isAway { throw Self.error("web.core-away") }
        guard request.key == Self.key, request.window == state.window.id else { throw Self.error("desk.unknown") }
        switch step {
        case .look: break
        case .ask: (state.question, state.remainingSeconds, state.isPaused) = (.waiting, 10, false)
        case .cancel: if state.question == .waiting { (state.question, state.remainingSeconds) = (.cancelled, nil) }
        case .pause:
            if state.question == .waiting { (state.question, state.remainingSeconds) = (.cancelled, nil) }
            state.isPaused = true
        case .resume: state.isPaused = false
        case .signIn:
            state.staff = request.staff.flatMap { Self.staff.contains($0) ? $0 : nil }
            if state.staff == nil { throw Self.error("desk.unknown-staff") }
        }
        return state
    }

    private static func error(_ code: String) -> GatewayError {
        GatewayError(code, LocalText("The script says so", "脚本如此"), hint: LocalText("change the script", "请修改脚本"))
    }
}

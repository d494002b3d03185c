// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import RatingModel
import Synchronization

/// A hall whose journal is as slow as the test wants, with one screen that the test draws on.
final class StubHall: HallService {
    private struct State {
        var isSlow = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var submissions: [RatingSubmission] = []
        var windows = [HallDescription.Window(id: "A01", name: "综合窗口")]
        var screens: [AsyncStream<ScreenScene>.Continuation] = []
    }

    private let state = Mutex(State())

    var submissions: [RatingSubmission] { state.withLock { $0.submissions } }
    var waiting: Int { state.withLock { $0.waiting.count } }
    var screens: Int { state.withLock { $0.screens.count } }

    /// Gives the hall these windows.
    func build(_ windows: [HallDescription.Window]) { state.withLock { $0.windows = windows } }

    /// From now on what is submitted waits for ``commit()``.
    func slowDown() { state.withLock { $0.isSlow = true } }

    func commit() {
        let all = state.withLock { state in
            state.isSlow = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for each in all { each.resume() }
    }

    func draw(_ scene: ScreenScene) { for screen in state.withLock({ $0.screens }) { screen.yield(scene) } }
    func takeScreensAway() { for screen in state.withLock({ $0.screens }) { screen.finish() } }

    private static func refusal(_ code: String) -> GatewayError {
        GatewayError(code, LocalText("no", "无"), hint: LocalText("no", "无"))
    }

    func describeHall() async throws(GatewayError) -> HallDescription {
        HallDescription(
            name: "政务大厅", windows: state.withLock { $0.windows }, languages: [.chinese],
            indicators: [.dissatisfied: [.init(code: "213", text: "窗口人员业务不熟练", isBasic: false)]],
            isReasonRequiredForBad: true, realName: .anonymous, textLimit: 150,
            version: UInt64(state.withLock { $0.windows.count }))
    }

    func openPage(_ request: PageRequest) async throws(GatewayError) -> PageOpening {
        guard request.code == "good" else { throw Self.refusal("code.unreadable") }
        return PageOpening(window: nil, caseShown: "…42", expiresInSeconds: 60, isOneTime: true)
    }

    func submitRating(_ submission: RatingSubmission) async throws(GatewayError) -> SubmissionReceipt {
        await withCheckedContinuation { continuation in
            let isSlow = state.withLock { state in
                if state.isSlow { state.waiting.append(continuation) }
                return state.isSlow
            }
            if !isSlow { continuation.resume() }
        }
        state.withLock { $0.submissions.append(submission) }
        return SubmissionReceipt(receipt: "R-" + submission.submission)
    }

    func checkReceipt(_ request: ReceiptRequest) async throws(GatewayError) -> ReceiptState {
        guard request.receipt.hasPrefix("R-") else { throw Self.refusal("receipt.unknown") }
        return ReceiptState(progress: .delivered)
    }

    func checkKiosk(_ request: KioskRequest) async throws(GatewayError) {
        guard request.key == "k" else { throw .unknownKiosk }
    }

    func findVisit(_ search: KioskSearch) async throws(GatewayError) -> KioskCode {
        guard search.number == "B012" else {
            throw GatewayError("kiosk.too-fast", LocalText("no", "无"), hint: LocalText("no", "无"), retryAfterSeconds: 9)
        }
        return KioskCode(code: "visit")
    }

    func chooseWindow(_ choice: KioskChoice) async throws(GatewayError) -> KioskCode {
        KioskCode(code: choice.window ?? "hall")
    }

    func watchScreen(_ request: ScreenRequest) async throws(GatewayError) -> AsyncStream<ScreenScene> {
        guard request.key == "k" else { throw Self.refusal("screen.unknown") }
        let (scenes, continuation) = AsyncStream.makeStream(of: ScreenScene.self, bufferingPolicy: .bufferingNewest(1))
        continuation.yield(ScreenScene(kind: .idle))
        state.withLock { $0.screens.append(continuation) }
        return scenes
    }
}

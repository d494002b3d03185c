// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import RatingModel
import Synchronization

/// A hall that answers what a test told it, and keeps what it was asked.
final class FakeHall: HallService {
    struct State: Sendable {
        var hall = FakeHall.hall()
        var describeError: GatewayError?
        var opening: Result<PageOpening, GatewayError> = .success(
            PageOpening(
                window: .init(id: "w3", name: "3号窗口"), caseShown: "…0042", expiresInSeconds: 61, isOneTime: true))
        var submitError: GatewayError?
        var receipt: Result<ReceiptState, GatewayError> = .success(ReceiptState(progress: .recorded))
        var screenError: GatewayError?
        var scenes: [ScreenScene] = []
        var submissions: [RatingSubmission] = []
        var screens: [ScreenRequest] = []
        var found: Result<KioskCode, GatewayError> = .success(KioskCode(code: "FOUND-1"))
        var searches: [KioskSearch] = []
        var choices: [KioskChoice] = []
        var visit: Result<TerminalVisit, GatewayError> = .failure(.notOfSource)
        var terminals: [TerminalRequest] = []
    }

    let state: Mutex<State>

    init(_ change: (inout State) -> Void = { _ in }) {
        var state = State()
        change(&state)
        self.state = Mutex(state)
    }

    var submissions: [RatingSubmission] { state.withLock { $0.submissions } }

    func describeHall() throws(GatewayError) -> HallDescription {
        let (hall, error) = state.withLock { ($0.hall, $0.describeError) }
        if let error { throw error }
        return hall
    }

    func openPage(_ request: PageRequest) throws(GatewayError) -> PageOpening {
        try state.withLock { $0.opening }.get()
    }

    func submitRating(_ submission: RatingSubmission) throws(GatewayError) -> SubmissionReceipt {
        if let error = state.withLock({ $0.submitError }) { throw error }
        state.withLock { $0.submissions.append(submission) }
        return SubmissionReceipt(receipt: "7Q2M-41KD")
    }

    func checkReceipt(_ request: ReceiptRequest) throws(GatewayError) -> ReceiptState {
        try state.withLock { $0.receipt }.get()
    }

    func watchScreen(_ request: ScreenRequest) throws(GatewayError) -> AsyncStream<ScreenScene> {
        let (scenes, error) = state.withLock {
            $0.screens.append(request)
            return ($0.scenes, $0.screenError)
        }
        if let error { throw error }
        return AsyncStream { continuation in
            for scene in scenes { continuation.yield(scene) }
            continuation.finish()
        }
    }

    func checkKiosk(_ request: KioskRequest) throws(GatewayError) {
        if request != KioskRequest(kiosk: "k1", key: "secret") { throw .unknownKiosk }
    }

    func findVisit(_ search: KioskSearch) throws(GatewayError) -> KioskCode {
        state.withLock { $0.searches.append(search) }
        return try state.withLock { $0.found }.get()
    }

    func chooseWindow(_ choice: KioskChoice) throws(GatewayError) -> KioskCode {
        state.withLock { $0.choices.append(choice) }
        return try state.withLock { $0.found }.get()
    }

    func openTerminal(_ request: TerminalRequest) throws(GatewayError) -> TerminalVisit {
        state.withLock { $0.terminals.append(request) }
        return try state.withLock { $0.visit }.get()
    }

    static func hall() -> HallDescription {
        HallDescription(
            name: "青城政务大厅", windows: [.init(id: "w3", name: "3号窗口")],
            receiver: PageText([.chinese: "自治区好差评系统", .english: "the region"]),
            languages: [.chinese, .english],
            indicators: Dictionary(
                uniqueKeysWithValues: PageLevel.allCases.enumerated().map { index, level in
                    let indicators = (0..<5).map {
                        HallDescription.Indicator(
                            code: "\(5 - index)1\($0)", text: "理由\(index)之\($0)", isBasic: $0 < 3)
                    }
                    return (level, indicators)
                }),
            isReasonRequiredForBad: true, realName: .anonymous, textLimit: 150, version: 7)
    }

    static func error(_ code: String) -> GatewayError {
        GatewayError(code, LocalText("xyzzy words", "内部用语"), cause: "errno 28", hint: LocalText("xyzzy hint", "内部提示"))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import OperatorAPI
public import RatingModel

extension CoreLine {
    /// How long an answer of the core's memory may take, and one that waits for the disk.
    static let (memoryTime, diskTime) = (Duration.seconds(5), Duration.seconds(20))

    public func openPage(_ request: PageRequest) async throws(GatewayError) -> PageOpening {
        try await connection().call(HallMethod.openPage.rawValue, request, within: Self.memoryTime)
    }

    public func openTerminal(_ request: TerminalRequest) async throws(GatewayError) -> TerminalVisit {
        try await connection().call(HallMethod.openTerminal.rawValue, request, within: Self.memoryTime)
    }

    public func submitRating(_ submission: RatingSubmission) async throws(GatewayError) -> SubmissionReceipt {
        try await connection().call(HallMethod.submitRating.rawValue, submission, within: Self.diskTime)
    }

    public func checkReceipt(_ request: ReceiptRequest) async throws(GatewayError) -> ReceiptState {
        try await connection().call(HallMethod.checkReceipt.rawValue, request, within: Self.memoryTime)
    }

    public func watchScreen(_ request: ScreenRequest) async throws(GatewayError) -> AsyncStream<ScreenScene> {
        // Of the scenes that the screen has not drawn yet only the newest is worth drawing.
        let (scenes, continuation) = AsyncStream.makeStream(of: ScreenScene.self, bufferingPolicy: .bufferingNewest(1))
        let connection = try connection()
        let _: ScreenWatch = try await connection.call(
            HallMethod.watchScreen.rawValue, request, within: Self.memoryTime, isVital: true
        ) { watch in
            connection.add(continuation, watch: watch.watch)
            continuation.onTermination = { _ in connection.leave(watch: watch.watch) }
        }
        return scenes
    }

    public func checkKiosk(_ request: KioskRequest) async throws(GatewayError) {
        let _: NoneAtAll = try await connection().call(HallMethod.checkKiosk.rawValue, request, within: Self.memoryTime)
    }

    public func findVisit(_ search: KioskSearch) async throws(GatewayError) -> KioskCode {
        try await connection().call(HallMethod.findVisit.rawValue, search, within: Self.memoryTime)
    }

    public func chooseWindow(_ choice: KioskChoice) async throws(GatewayError) -> KioskCode {
        try await connection().call(HallMethod.chooseWindow.rawValue, choice, within: Self.memoryTime)
    }

    public func letIn(_ arrival: PadArrival) async throws(GatewayError) -> CarriedPad {
        let connection = try connection()
        let (events, continuation) = AsyncStream.makeStream(
            of: CarriedPad.Event.self, bufferingPolicy: .bufferingOldest(Self.waitingMessages))
        let name: PadConnectionName = try await connection.call(
            WebMethod.connect.rawValue, arrival, within: Self.memoryTime, isVital: true
        ) { connection.add(continuation, pad: $0.connection) }
        let pad = name.connection
        return CarriedPad(events: events) { text throws(GatewayError) in
            let _: NoneAtAll = try await connection.call(
                WebMethod.message.rawValue, PadMessage(connection: pad, text: text), within: Self.memoryTime)
        } leave: {
            connection.leave(pad: pad)
        }
    }
}

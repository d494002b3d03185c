// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import OperatorAPI
import RatingModel
import Synchronization
import Testing

@testable import ControlSocket

/// Lets one client in, and keeps what was asked of it; every answer is about the window or session it was asked about.
private final class StubRoles: BusinessDoor, BusinessOperations, DeskService {
    let asked = Mutex<[String]>([])

    private func note(_ words: String) { asked.withLock { $0.append(words) } }

    private static func refusal(_ code: String) -> GatewayError {
        GatewayError(code, LocalText("no", "无"), cause: "why", hint: LocalText("no", "无"))
    }

    func admit(_ caller: BusinessCaller) async throws(GatewayError) -> any BusinessOperations {
        guard caller == BusinessCaller(client: "queue", key: "k", address: "192.0.2.7") else {
            throw Self.refusal("business.unknown-client")
        }
        return self
    }

    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        note("open \(request.window) \(request.staff ?? "-")")
        return SessionTicket(session: 7, promptedPads: 1)
    }

    func prompt(_ request: PromptRequest) async throws(GatewayError) -> SessionTicket {
        note("prompt \(request.session) \(request.timeoutSeconds ?? 0)")
        return SessionTicket(session: request.session, promptedPads: 0)
    }

    func cancel(_ request: SessionName) async throws(GatewayError) -> SessionState {
        note("cancel \(request.session)")
        return SessionState(session: request.session, result: .cancelled)
    }

    func close(_ request: SessionName) async throws(GatewayError) -> SessionState {
        note("close \(request.session)")
        return SessionState(session: request.session, result: .answered)
    }

    func result(_ request: SessionName) async throws(GatewayError) -> SessionState {
        note("result \(request.session)")
        return SessionState(session: request.session, result: .waiting)
    }

    func code(_ request: SessionCodeRequest) async throws(GatewayError) -> SessionCode {
        note("code \(request.session) \(request.form?.rawValue ?? "-")")
        return SessionCode(session: request.session, owner: .hall, text: "https://h/r/1", expiresInSeconds: 60)
    }

    func pause(_ request: WindowName) async throws(GatewayError) -> WindowState {
        note("pause \(request.window)")
        return WindowState(window: request.window, isPaused: true)
    }

    func resume(_ request: WindowName) async throws(GatewayError) -> WindowState {
        note("resume \(request.window)")
        return WindowState(window: request.window, isPaused: false)
    }

    func callTicket(_ request: TicketCall) async throws(GatewayError) -> WindowState {
        note("ticket \(request.window) \(request.ticket ?? "-") \(request.waiting ?? -1)")
        return WindowState(window: request.window, isPaused: false, ticket: request.ticket)
    }

    func desk(_ step: DeskStep, _ request: DeskRequest) async throws(GatewayError) -> DeskState {
        guard request.key == "k" else { throw Self.refusal("desk.unknown") }
        note("\(step.rawValue) \(request.window) \(request.staff ?? "-") \(request.address ?? "-")")
        return DeskState(
            window: .init(id: request.window, name: "综合窗口"), isPaused: false, question: .none, pads: [])
    }
}

/// The business system and desks, from the web process's line to whoever looks at their keys.
@Suite(.timeLimit(.minutes(2))) struct WebRolesTests {
    private func withLine(
        _ body: @Sendable @escaping (_ line: CoreLine, StubRoles, _ path: String) async throws -> Void
    ) async throws {
        try await withSocketPath { path in
            let stub = StubRoles()
            let server = ControlServer(
                path: path, web: StubWeb(), hall: StubHall(), roles: WebRoles(business: stub, desks: stub),
                logger: quietLogger())
            try await whileServing(server) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let line = CoreLine(path: path, logger: quietLogger())
                    group.addTask { await line.run() }
                    let limit = ContinuousClock.now + .seconds(30)
                    while !line.isConnected, ContinuousClock.now < limit {
                        try? await Task.sleep(for: .milliseconds(5))
                    }
                    try await body(line, stub, path)
                    group.cancelAll()
                }
            }
        }
    }

    private static func code<Result>(_ call: () async throws(GatewayError) -> Result) async -> String? {
        do throws(GatewayError) {
            _ = try await call()
            return nil
        } catch { return error.code }
    }

    @Test func `every method of the business system arrives with its caller`() async throws {
        try await withLine { line, stub, _ in
            let business = try await line.admit(BusinessCaller(client: "queue", key: "k", address: "192.0.2.7"))
            let ticket = try await business.openSession(SessionRequest(window: "A01", staff: "0017"))
            #expect(ticket == SessionTicket(session: 7, promptedPads: 1))
            _ = try await business.prompt(PromptRequest(session: 7, timeoutSeconds: 20))
            #expect(try await business.cancel(SessionName(session: 7)).result == .cancelled)
            #expect(try await business.close(SessionName(session: 7)).result == .answered)
            #expect(try await business.result(SessionName(session: 7)).result == .waiting)
            #expect(try await business.code(SessionCodeRequest(session: 7, form: .svg)).expiresInSeconds == 60)
            #expect(try await business.pause(WindowName(window: "A01")).isPaused)
            #expect(try await business.resume(WindowName(window: "A01")).isPaused == false)
            #expect(try await business.callTicket(TicketCall(window: "A01", ticket: "B1", waiting: 7)).ticket == "B1")
            let asked = stub.asked.withLock { $0 }
            #expect(
                asked == [
                    "open A01 0017", "prompt 7 20", "cancel 7", "close 7", "result 7", "code 7 svg", "pause A01",
                    "resume A01",
                    "ticket A01 B1 7",
                ])
            #expect(asked.count == BusinessDoorMethod.allCases.count)
        }
    }

    @Test func `a wrong key reaches nothing`() async throws {
        try await withLine { line, stub, path in
            let stranger = try await line.admit(BusinessCaller(client: "queue", key: "x", address: "192.0.2.7"))
            let code = await Self.code { () async throws(GatewayError) in
                try await stranger.pause(WindowName(window: "A01"))
            }
            #expect(code == "business.unknown-client")
            let desk = await Self.code { () async throws(GatewayError) in
                try await line.desk(.ask, DeskRequest(window: "A01", key: "x"))
            }
            #expect(desk == "desk.unknown")
            let client = try RawClient(path)
            for method in BusinessDoorMethod.allCases {
                await client.send(
                    #"{"jsonrpc":"2.0","id":1,"method":"\#(method.rawValue)","params":{"window":"A01","session":1}}"#
                        + "\n")
                #expect(await client.line()?.contains("params.client is missing") == true)
            }
            #expect(stub.asked.withLock { $0.isEmpty })
        }
    }

    @Test(arguments: DeskStep.allCases) func `every step at a desk arrives`(_ step: DeskStep) async throws {
        try await withLine { line, stub, _ in
            let state = try await line.desk(
                step, DeskRequest(window: "A01", key: "k", staff: "0017", address: "192.0.2.7"))
            #expect(state.window.name == "综合窗口" && state.question == .none)
            #expect(stub.asked.withLock { $0 } == ["\(step.rawValue) A01 0017 192.0.2.7"])
        }
    }
}

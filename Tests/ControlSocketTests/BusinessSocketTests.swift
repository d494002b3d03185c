// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import OperatorAPI
import RatingModel
import Testing

/// The socket of the business system: who is let in, and what can be asked.
struct BusinessSocketTests {
    private static let key = "0123456789abcdef"
    private static let hello =
        #"{"jsonrpc":"2.0","id":1,"method":"authenticate","params":{"client":"queue","key":"\#(key)"}}"# + "\n"

    private func withBusiness(_ body: @Sendable @escaping (_ path: String) async throws -> Void) async throws {
        try await withSocketPath { path in
            let client = try #require(ControlClientKey(name: "queue", key: Self.key))
            let server = ControlServer(
                path: path, business: StubBusiness(), clients: [client], logger: quietLogger())
            try await whileServing(server) { try await body(path) }
        }
    }

    @Test func `Nothing is carried out before the client has shown its key`() async throws {
        try await withBusiness { path in
            let client = try RawClient(path)
            await client.send(#"{"jsonrpc":"2.0","id":7,"method":"version"}"# + "\n")
            let refusal = await client.line()
            #expect(
                refusal
                    == #"{"error":{"code":-32001,"message":"the first request of a connection is 'authenticate'"},"id":7,"jsonrpc":"2.0"}"#
            )
            await client.send(Self.hello + #"{"jsonrpc":"2.0","id":2,"method":"version"}"# + "\n")
            #expect(await client.line() == #"{"id":1,"jsonrpc":"2.0","result":{"client":"queue"}}"#)
            #expect(await client.line() == #"{"id":2,"jsonrpc":"2.0","result":{"version":"9"}}"#)
        }
    }

    @Test(arguments: [("queue", "0123456789abcdeX"), ("queue", "0123"), ("nobody", key), ("", "")])
    func `A client with a wrong key is hung up on`(_ name: String, _ key: String) async throws {
        try await withBusiness { path in
            let client = try RawClient(path)
            await client.send(
                #"{"jsonrpc":"2.0","id":1,"method":"authenticate","params":{"client":"\#(name)","key":"\#(key)"}}"#
                    + "\n"
                    + #"{"jsonrpc":"2.0","id":2,"method":"version"}"# + "\n")
            #expect(await client.line()?.contains("-32001") == true)
            #expect(await client.line() == nil)
        }
    }

    @Test func `A key that differs in any one place is another key`() throws {
        let key = "0123456789abcdefghijklmnop"
        let client = try #require(ControlClientKey(name: "queue", key: key))
        #expect(client.fits(key))
        for index in key.indices {
            for other in "0aAzZ~ " where other != key[index] {
                var wrong = key
                wrong.replaceSubrange(index...index, with: String(other))
                #expect(!client.fits(wrong), "\(wrong)")
            }
        }
    }

    @Test(arguments: ["status", "metrics", "reload", "session.level", "", "Version"])
    func `A method that is not in the list cannot be asked`(_ method: String) async throws {
        try await withBusiness { path in
            let client = try RawClient(path)
            await client.send(Self.hello + #"{"jsonrpc":"2.0","id":2,"method":"\#(method)"}"# + "\n")
            _ = await client.line()
            #expect(await client.line()?.contains(#""code":-32601"#) == true)
        }
    }

    @Test func `The operator's socket knows no method of the business system but opening a session`() async throws {
        try await withServer { path in
            let client = try RawClient(path)
            for method in ["authenticate", "version", "session.result", "window.pause", "ticket.call"] {
                await client.send(#"{"jsonrpc":"2.0","id":2,"method":"\#(method)","params":{}}"# + "\n")
                #expect(await client.line()?.contains(#""code":-32601"#) == true, "\(method)")
            }
        }
    }

    @Test func `Parameters that are missing are named`() async throws {
        try await withBusiness { path in
            let client = try RawClient(path)
            await client.send(Self.hello + #"{"jsonrpc":"2.0","id":2,"method":"session.result","params":{}}"# + "\n")
            _ = await client.line()
            let expected =
                #"{"error":{"code":-32602,"message":"params.session is missing"},"id":2,"jsonrpc":"2.0"}"#
            #expect(await client.line() == expected)
        }
    }

    @Test func `A group that is not there keeps the socket from being made`() async throws {
        try await withSocketPath { path in
            let server = ControlServer(
                path: path, business: StubBusiness(), clients: [], group: "no-such-group-here", logger: quietLogger())
            let error = await #expect(throws: GatewayError.self) { try await server.run() }
            #expect(error?.code == "control.no-group")
        }
    }
}

/// A business service that answers the same whatever it is asked.
private struct StubBusiness: BusinessService {
    func version() async -> VersionAnswer { VersionAnswer(version: "9") }
    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        SessionTicket(session: 1, promptedPads: 0)
    }
    func prompt(_ request: PromptRequest) async throws(GatewayError) -> SessionTicket {
        SessionTicket(session: request.session, promptedPads: 0)
    }
    func cancel(_ request: SessionName) async throws(GatewayError) -> SessionState { state(request) }
    func close(_ request: SessionName) async throws(GatewayError) -> SessionState { state(request) }
    func result(_ request: SessionName) async throws(GatewayError) -> SessionState { state(request) }
    func code(_ request: SessionCodeRequest) async throws(GatewayError) -> SessionCode {
        SessionCode(session: request.session, owner: .hall, text: "https://h/r/1", expiresInSeconds: 60)
    }
    func pause(_ request: WindowName) async throws(GatewayError) -> WindowState { window(request.window) }
    func resume(_ request: WindowName) async throws(GatewayError) -> WindowState { window(request.window) }
    func callTicket(_ request: TicketCall) async throws(GatewayError) -> WindowState { window(request.window) }

    private func state(_ name: SessionName) -> SessionState { SessionState(session: name.session, result: .waiting) }
    private func window(_ name: String) -> WindowState { WindowState(window: name, isPaused: false) }
}

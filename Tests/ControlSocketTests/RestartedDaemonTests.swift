// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import FoundationEssentials
import Glibc
import OperatorAPI
import RatingModel
import Testing

/// A daemon on a socket that outlives it: it stops between a client's connection and its answer, so often, and then is back.
private final class StoppingDaemon: Sendable {
    private let listener: Int32

    init(_ path: String) {
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        listen(listener, 8)
    }

    deinit { close(listener) }

    private func accepted() async -> Int32 {
        var client: Int32 = -1
        _ = await eventually {
            client = accept(listener, nil, nil)
            return client >= 0
        }
        return client
    }

    /// Stops for the first clients, answers the next one, and says whether one came.
    func run(stopping times: Int, status: String) async -> Bool {
        for _ in 0..<times { close(await accepted()) }
        let client = await accepted()
        guard client >= 0 else { return false }
        defer { close(client) }
        var request: [UInt8] = []
        _ = await eventually {
            var byte: UInt8 = 0
            while recv(client, &byte, 1, Int32(MSG_DONTWAIT)) == 1 { request.append(byte) }
            return request.last == UInt8(ascii: "\n")
        }
        let answer = Array(#"{"jsonrpc":"2.0","id":1,"result":\#(status)}"#.utf8) + [UInt8(ascii: "\n")]
        return answer.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } == answer.count
    }
}

@Suite struct RestartedDaemonTests {
    private static func status() async throws -> String {
        String(decoding: try JSONEncoder().encode(await StubService().status()), as: UTF8.self)
    }

    @Test func whoAsksWhileADaemonIsRestartedIsAnsweredByTheNext() async throws {
        let status = try await Self.status()
        try await withSocketPath { path in
            let daemon = StoppingDaemon(path)
            async let answered = daemon.run(stopping: 1, status: status)
            let told = try await ControlClient(path: path).status()
            #expect(told.hall == "土默特左旗政务服务中心")
            #expect(await answered)
        }
    }

    @Test func aDaemonThatStopsAgainAndAgainIsAnError() async throws {
        let status = try await Self.status()
        try await withSocketPath { path in
            let daemon = StoppingDaemon(path)
            async let answered = daemon.run(stopping: 2, status: status)
            let error = await #expect(throws: GatewayError.self) { try await ControlClient(path: path).status() }
            #expect(error?.code == "control.no-answer")
            // The third one, which the daemon waits for.
            _ = try await ControlClient(path: path).status()
            #expect(await answered)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import FoundationEssentials
import Glibc
import RatingModel
import Testing

/// Who may listen at a path.
struct SocketOwnershipTests {
    private func refusal(at path: String) async -> String? {
        do throws(GatewayError) {
            try await ControlServer(path: path, service: StubService(), logger: quietLogger()).run()
            return nil
        } catch {
            return error.code
        }
    }

    @Test func aSecondDaemonIsRefusedAndTheFirstGoesOn() async throws {
        try await withServer { path in
            #expect(await refusal(at: path) == "control.already-running")
            _ = try await ControlClient(path: path).status()
        }
    }

    @Test func whatAKilledDaemonLeftIsReplaced() async throws {
        try await withSocketPath { path in
            close(try boundSocket(at: path))
            let error = await #expect(throws: GatewayError.self) { try await ControlClient(path: path).status() }
            #expect(error?.cause == "Connection refused")
            let server = ControlServer(path: path, service: StubService(), logger: quietLogger())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                let isAnswered = await eventually { (try? await ControlClient(path: path).status()) != nil }
                #expect(isAnswered)
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    /// A socket that the service manager made: it is there before the daemon, during its restart, and after it.
    @Test func `a socket that was handed over is served and left as it is`() async throws {
        try await withSocketPath { path in
            let made = try listeningSocket(at: path)
            defer { close(made) }
            for round in 1...2 {
                // Who connects while no daemon runs waits for the next one.
                let early = try RawClient(path)
                await early.send(#"{"jsonrpc":"2.0","id":\#(round),"method":"status"}"# + "\n")
                let server = ControlServer(path: path, service: StubService(), logger: quietLogger())
                    .adopting(dup(made))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await server.run() }
                    // A loaded machine may take a while to start to listen.
                    var answer: String?
                    for _ in 0..<6 where answer == nil { answer = await early.line() }
                    #expect(answer?.contains("\"id\":\(round)") == true)
                    _ = try await ControlClient(path: path).status()
                    group.cancelAll()
                    try await group.waitForAll()
                }
                var facts = stat()
                #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o640)
                #expect(!FileManager.default.fileExists(atPath: path + ".lock"))
            }
        }
    }

    private func listeningSocket(at path: String) throws -> Int32 {
        let descriptor = try boundSocket(at: path)
        try #require(chmod(path, 0o640) == 0 && listen(descriptor, 8) == 0)
        return descriptor
    }

    private func boundSocket(at path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0)
        return descriptor
    }

    @Test func aFileThatIsNoSocketStays() async throws {
        try await withSocketPath { path in
            try Data("precious".utf8).write(to: URL(filePath: path))
            #expect(await refusal(at: path) == "control.not-a-socket")
            let kept = try Data(contentsOf: URL(filePath: path))
            #expect(kept == Data("precious".utf8))
        }
    }

    @Test func pathsThatCannotBeAreRefused() async throws {
        #expect(await refusal(at: "relative.sock") == "control.bad-path")
        #expect(await refusal(at: "/tmp/" + String(repeating: "x", count: 120)) == "control.bad-path")
        #expect(await refusal(at: "/proc/none/operator.sock") == "control.cannot-listen")
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import FoundationEssentials
import Glibc
import OperatorAPI
import RatingModel
import Synchronization
import Testing

/// Client and server together.
struct ControlSocketTests {
    @Test func everyMethodComesBackAsItWent() async throws {
        let service = StubService()
        try await withServer(service: service) { path in
            let client = ControlClient(path: path)
            let (status, expected) = (try await client.status(), await service.status())
            #expect(status == expected)
            let metrics = try await client.metrics()
            #expect(metrics == "# HELP x\nhallgate_up 1\n")
            let report = try await client.reload()
            #expect(report == ReloadReport(changes: ["window A02 added"], needsRestart: []))
            #expect(await service.reloaders.isEmpty)
            #expect(try await client.reload(by: "王") == report)
            #expect(await service.reloaders == ["王"])
            let request = SessionRequest(
                window: "A01", projectNumber: "P/\"1\"\n", serviceNumber: "S", staff: "张三", timeoutSeconds: 30)
            let ticket = try await client.openSession(request)
            #expect(ticket == SessionTicket(session: 1, promptedPads: 1))
            #expect(await service.sessions == [request])
        }
    }

    /// Base 64 of FF is all slashes, which JSON may write in two bytes each: no piece is longer on the line.
    @Test func `a file goes in pieces that fit into a line`() async throws {
        try await withServer { path in
            let heard = Mutex([Int]())
            let bytes = [UInt8](repeating: 0xFF, count: 2 * UploadRequest.mostBytes + 5)
            try await ControlClient(path: path).upload(bytes, name: "f") { count in heard.withLock { $0.append(count) }
            }
            let most = UploadRequest.mostBytes
            #expect(heard.withLock { $0 } == [most, 2 * most, 2 * most + 5])
        }
    }

    @Test func aRefusalComesBackWhole() async throws {
        try await withServer { path in
            await #expect(throws: StubService.refusal) {
                try await ControlClient(path: path).openSession(SessionRequest(window: "none"))
            }
        }
    }

    @Test func manyTasksShareAConnection() async throws {
        let service = StubService()
        try await withServer(service: service) { path in
            let connection = try await ControlClient(path: path).connect()
            let numbers = try await withThrowingTaskGroup(of: UInt32.self) { group in
                for number in 0..<500 {
                    group.addTask { try await connection.openSession(SessionRequest(window: "W\(number)")).session }
                }
                return try await group.reduce(into: Set<UInt32>()) { $0.insert($1) }
            }
            #expect(numbers.count == 500)
            #expect(await service.sessions.count == 500)
            await connection.close()
            #expect(!connection.isOpen)
        }
    }

    @Test func manyClientsAreServedAtOnce() async throws {
        let service = StubService()
        try await withServer(service: service) { path in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        _ = try await ControlClient(path: path).openSession(SessionRequest(window: "slow"))
                    }
                }
                group.addTask { _ = try await ControlClient(path: path).status() }
                try await group.next()
                await service.letGo()
                try await group.waitForAll()
            }
            #expect(await service.sessions.count == 100)
        }
    }

    @Test func noDaemonIsAnErrorWithAHint() async throws {
        try await withSocketPath { path in
            let error = await #expect(throws: GatewayError.self) { try await ControlClient(path: path).status() }
            #expect(error?.code == "control.unreachable")
            #expect(error?.cause == "No such file or directory")
        }
    }

    @Test func aDaemonThatDoesNotAnswerIsAnError() async throws {
        let service = StubService()
        try await withServer(service: service) { path in
            let client = ControlClient(path: path, timeout: .milliseconds(50))
            let error = await #expect(throws: GatewayError.self) {
                try await client.openSession(SessionRequest(window: "slow"))
            }
            #expect(error?.code == "control.no-answer")
            await service.letGo()
        }
    }

    @Test func aDaemonThatGoesFailsEveryCall() async throws {
        let (connections, connected) = AsyncStream.makeStream(of: ControlConnection.self)
        try await withServer { path in
            connected.yield(try await ControlClient(path: path).connect())
            connected.finish()
        }
        for await connection in connections {
            let error = await #expect(throws: GatewayError.self) { try await connection.status() }
            #expect(error?.code == "control.no-answer")
        }
    }

    @Test func flagsAreAskedForByWindowAndAge() async throws {
        try await withServer { path in
            let flags = try await ControlClient(path: path).flags(FlagsRequest(window: "A01", sinceSeconds: 60)).flags
            #expect(flags.map(\.window) == ["A01"] && flags.map(\.device) == ["since 60"])
            #expect(try await ControlClient(path: path).flags(FlagsRequest()).flags.map(\.window) == [nil])
        }
    }

    @Test func theSocketIsForOwnerAndGroupAndGoesWithTheServer() async throws {
        try await withSocketPath { path in
            let server = ControlServer(path: path, service: StubService(), logger: quietLogger())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                #expect(await eventually { (try? await ControlClient(path: path).status()) != nil })
                var facts = stat()
                #expect(lstat(path, &facts) == 0)
                #expect(facts.st_mode & 0o7777 == 0o660)
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }
}

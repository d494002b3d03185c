// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Glibc
import RatingModel
import Testing

@testable import DeviceLoop
@testable import TCPTransport

/// Tests on real sockets run one after another.
@Suite(.serialized) enum Live {}

/// Sends one byte when the line is opened, answers every byte with itself, and `command` with 1,000 bytes.
struct MirrorDriver: DeviceDriver {
    static let name = "mirror"
    let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: true)

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened: [.send([0x4F])]
        case .received(let bytes): [.send(bytes), .observed(.garbage(bytes: bytes.count))]
        case .command: [.send([UInt8](repeating: 0x43, count: 1000))]
        case .timer, .recorded, .refused: []
        }
    }
}

/// The reason a line was closed with.
func end(of connection: any DeviceConnection) async -> String? {
    for await output in connection.outputs {
        if case .closed(let reason) = output { return reason }
    }
    return nil
}

extension Live {
    @Suite(.timeLimit(.minutes(3))) struct Connecting {
        private func line(_ port: UInt16) -> DeviceLine {
            DeviceLine(path: "127.0.0.1:\(port)", baud: 9600, kind: .tcp)
        }

        private func error(_ line: DeviceLine, patience: TCPPatience = TCPPatience()) async throws -> GatewayError? {
            let transport = TCPTransport(loop: try DeviceLoop(), patience: patience)
            return await #expect(throws: GatewayError.self) {
                _ = try await transport.open(line, driver: MirrorDriver())
            }
        }

        @Test func `a driver talks to the far side of the server`() async throws {
            let server = try TestServer()
            let transport = TCPTransport(loop: try DeviceLoop())
            let connection = try await transport.open(line(server.port), driver: MirrorDriver())
            let client = try await server.accept()
            #expect(await client.read(exactly: 1) == [0x4F])
            let all = Array(UInt8.min...UInt8.max)
            client.write(all)
            #expect(await client.read(exactly: 256) == all, "raw TCP changes no byte")
            await connection.close()
        }

        @Test func `a port that nobody listens on refuses`() async throws {
            let port = try TestServer().port
            let error = try await error(line(port))
            #expect(error?.code == "device.refused")
            #expect(error?.hint.english.contains("port") == true)
        }

        @Test func `a name without an address is unknown`() async throws {
            let error = try await error(DeviceLine(path: "a..b:4001", baud: 9600, kind: .tcp))
            #expect(error?.code == "device.unknown-host")
        }

        /// A full queue of connections drops every further one, as a host without power drops them all.
        @Test func `a server that does not answer is given up in time`() async throws {
            let server = try TestServer(backlog: 0)
            var fillers: [Int32] = []
            defer { for filler in fillers { close(filler) } }
            for _ in 0..<4 {
                let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
                fillers.append(filler)
                var address = TestServer.loopback(server.port)
                _ = withUnsafePointer(to: &address) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                    }
                }
            }
            let start = ContinuousClock.now
            let error = try await error(line(server.port), patience: TCPPatience(connecting: .milliseconds(200)))
            #expect(error?.code == "device.unreachable")
            #expect(ContinuousClock.now - start >= .milliseconds(200))
        }

        @Test func `a caller who is cancelled waits no longer`() async throws {
            let server = try TestServer(backlog: 0)
            let transport = TCPTransport(loop: try DeviceLoop(), patience: TCPPatience(connecting: .seconds(60)))
            let target = line(server.port)
            let start = ContinuousClock.now
            await withTaskGroup(of: Void.self) { group in
                // Some of them connect, which the queue has room for; the others would wait for a minute.
                for _ in 0..<6 { group.addTask { _ = try? await transport.open(target, driver: MirrorDriver()) } }
                try? await Task.sleep(for: .milliseconds(50))
                group.cancelAll()
            }
            #expect(ContinuousClock.now - start < .seconds(30))
        }

        @Test func `the kernel watches over a connection`() async throws {
            let server = try TestServer()
            let target = line(server.port)
            let connector = Connector(line: target, server: try ServerAddress(target), patience: TCPPatience())
            let socket = try connector.connect()
            let tcp = Int32(IPPROTO_TCP)
            for (level, name, value) in [
                (tcp, TCP_NODELAY, 1), (SOL_SOCKET, SO_KEEPALIVE, 1), (tcp, TCP_KEEPIDLE, 10), (tcp, TCP_KEEPINTVL, 5),
                (tcp, TCP_KEEPCNT, 3), (tcp, TCP_USER_TIMEOUT, 20_000),
            ] {
                var found: Int32 = 0
                var size = socklen_t(4)
                #expect(getsockopt(socket.number, level, name, &found, &size) == 0)
                #expect(found == value, "option \(name)")
            }
            #expect(fcntl(socket.number, F_GETFD) & FD_CLOEXEC != 0)
            #expect(fcntl(socket.number, F_GETFL) & O_NONBLOCK != 0)
        }
    }

    @Suite(.timeLimit(.minutes(3))) struct Losing {
        private let loop: DeviceLoop
        private let transport: TCPTransport
        private let server: TestServer
        private let line: DeviceLine

        init() throws {
            loop = try DeviceLoop()
            transport = TCPTransport(loop: loop)
            server = try TestServer()
            line = DeviceLine(path: "127.0.0.1:\(server.port)", baud: 9600, kind: .tcp)
        }

        @Test func `a server that hangs up ends the line after what it sent`() async throws {
            let connection = try await transport.open(line, driver: MirrorDriver())
            let client = try await server.accept()
            client.write([1, 2, 3])
            client.finish()
            var outputs: [DeviceOutput] = []
            for await output in connection.outputs { outputs.append(output) }
            #expect(outputs == [.observed(.garbage(bytes: 3)), .closed(reason: "hang-up")])
        }

        @Test func `a server that breaks off ends the line and no other`() async throws {
            let connection = try await transport.open(line, driver: MirrorDriver())
            let client = try await server.accept()
            let other = try await transport.open(line, driver: MirrorDriver())
            let otherClient = try await server.accept()
            #expect(await client.read(exactly: 1) == [0x4F])
            client.breakOff()
            #expect(await end(of: connection) == "Connection reset by peer")
            otherClient.write([9])
            #expect(await otherClient.read(exactly: 2) == [0x4F, 9])
            await other.close()
        }

        @Test func `a driver that writes to a closed far side ends its line, not the process`() async throws {
            for _ in 0..<20 {
                var ends: [Int32] = [-1, -1]
                let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
                try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
                close(ends[1])
                let connection = try await loop.attach(OwnedDescriptor(ends[0]), driver: MirrorDriver())
                #expect(await end(of: connection) == "hang-up")
            }
        }

        @Test func `a server that takes no bytes ends its line alone`() async throws {
            let connection = try await transport.open(line, driver: MirrorDriver())
            let client = try await server.accept()
            // The kernel's two buffers hold a few megabytes; then the bound of the queue is met.
            for _ in 0..<30_000 {
                if await loop.openLines == 0 { break }
                await connection.handle(.command(.identify))
            }
            #expect(await end(of: connection)?.hasPrefix("the device takes no bytes") == true)
            client.hangUp()
        }

        @Test(arguments: [true, false]) func `a server that vanished without a word is noticed`(isSpokenTo: Bool)
            async throws
        {
            let patience = TCPPatience(
                idle: .seconds(1), interval: .seconds(1), questions: 2, unacknowledged: .seconds(2))
            let transport = TCPTransport(loop: loop, patience: patience)
            let connection = try await transport.open(line, driver: MirrorDriver())
            let client = try await server.accept()
            #expect(await client.read(exactly: 1) == [0x4F])
            try client.vanish()
            if isSpokenTo { await connection.handle(.command(.identify)) }
            #expect(await end(of: connection) == "Connection timed out")
        }

        @Test func `lines that fail and lines that end leave no descriptor behind`() async throws {
            let descriptors = { () throws -> Int in
                let directory = try #require(opendir("/proc/self/fd"))
                defer { closedir(directory) }
                var count = 0
                while readdir(directory) != nil { count += 1 }
                return count
            }
            let closed = DeviceLine(path: "127.0.0.1:\(try TestServer().port)", baud: 9600, kind: .tcp)
            let before = try descriptors()
            for _ in 0..<200 {
                _ = try? await transport.open(closed, driver: MirrorDriver())
                let connection = try await transport.open(line, driver: MirrorDriver())
                try await server.accept().hangUp()
                _ = await end(of: connection)
            }
            #expect(try await eventually { try descriptors() < before + 100 })
        }
    }
}

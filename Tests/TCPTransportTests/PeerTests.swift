// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import FoundationEssentials
import Glibc
import HallgateTesting
import NativePad
import RatingModel
import Testing
import VirtualPads

@testable import TCPTransport

extension Live {
    /// Serial servers written by others: socat as a raw one, pyserial's port manager as one of RFC 2217.
    @Suite(.timeLimit(.minutes(3))) struct Peers {
        private let directory = FileManager.default.temporaryDirectory.path + "hallgate-tcp-\(UUID().uuidString)"
        private let loop: DeviceLoop
        private let transport: TCPTransport

        init() throws {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            loop = try DeviceLoop()
            transport = TCPTransport(loop: loop)
        }

        /// Opens the line as soon as the server listens.
        private func open(_ line: DeviceLine, _ driver: any DeviceDriver) async throws -> any DeviceConnection {
            var connection: (any DeviceConnection)?
            let isOpen = await eventually {
                connection = try? await transport.open(line, driver: driver)
                return connection != nil
            }
            try #require(isOpen, "the server never listened")
            return try #require(connection)
        }

        private func server(_ terminal: PseudoTerminal) async throws -> (process: PeerProcess, line: DeviceLine) {
            let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            let script = tests.deletingLastPathComponent().appending(path: "Servers/rfc2217_server.py").path()
            // The system's Python, which the Debian package of pyserial belongs to.
            let process = try PeerProcess("/usr/bin/python3", [script, terminal.link])
            let port = try await process.line()
            return (process, DeviceLine(path: "127.0.0.1:\(port)", baud: 57_600, kind: .rfc2217))
        }

        @Test func `a pad behind socat presses, is thanked, and outlives a restart of the server`() async throws {
            let settings = PadSettings(
                id: 0x51, link: directory + "/pad", memoryPath: directory + "/memory", newLog: 0x77)
            let rack = try PadRack(pads: [settings], seed: 1)
            defer { rack.stop() }
            let port = try TestServer().port
            let line = DeviceLine(path: "127.0.0.1:\(port)", baud: 115_200, kind: .tcp)
            for round in 1...3 {
                let server = try PeerProcess.socat(port: port, terminal: settings.link)
                let connection = try await open(line, NativePadDriver())
                // From the second round on a press waits in the pad that was made while no server was there.
                if round == 1 { rack.press(pad: 0, key: 1, level: 1) }
                presses: for await output in connection.outputs {
                    switch output {
                    case .press(let press):
                        #expect(press.key.sequence == UInt64(round))
                        await connection.handle(.recorded(press.key))
                        break presses
                    case .closed(let reason):
                        Issue.record("closed: \(reason)")
                        break presses
                    default: break
                    }
                }
                #expect(await eventually { rack.report.unacknowledged == 0 }, "round \(round)")
                server.end()
                #expect(await end(of: connection) != nil)
                let error = await #expect(throws: GatewayError.self) {
                    try await transport.open(line, driver: NativePadDriver())
                }
                #expect(error?.code == "device.refused")
                rack.press(pad: 0, key: 2, level: 2)
                #expect(await eventually { rack.report.pressed == round + 1 })
            }
        }

        @Test func `a port behind RFC 2217 is set and passes every byte`() async throws {
            let terminal = try PseudoTerminal(link: directory + "/port")
            let (process, line) = try await server(terminal)
            let connection = try await open(line, MirrorDriver())
            #expect(await terminal.read(exactly: 1) == [0x4F], "the driver began")
            var settings = termios()
            let descriptor = Glibc.open(terminal.link, O_RDWR | O_NOCTTY)
            defer { close(descriptor) }
            #expect(tcgetattr(descriptor, &settings) == 0)
            #expect(cfgetospeed(&settings) == speed_t(B57600))
            #expect(settings.c_cflag & tcflag_t(CSIZE | PARENB | CSTOPB) == tcflag_t(CS8))
            let all = (0..<3).flatMap { _ in Array(UInt8.min...UInt8.max) }
            await terminal.write(all)
            #expect(await terminal.read(exactly: all.count) == all)
            await connection.close()
            process.end()
        }

        @Test func `a server of RFC 2217 serves the line again after it hung up`() async throws {
            let terminal = try PseudoTerminal(link: directory + "/port")
            let (process, line) = try await server(terminal)
            for _ in 0..<3 {
                let connection = try await open(line, MirrorDriver())
                #expect(await terminal.read(exactly: 1) == [0x4F])
                await connection.close()
            }
            let connection = try await open(line, MirrorDriver())
            #expect(await terminal.read(exactly: 1) == [0x4F])
            process.end()
            #expect(await end(of: connection) != nil)
        }

        @Test func `a raw server is no server of RFC 2217, and the line says so`() async throws {
            let server = try TestServer()
            let line = DeviceLine(path: "127.0.0.1:\(server.port)", baud: 9600, kind: .rfc2217)
            let connection = try await transport.open(line, driver: MirrorDriver())
            let client = try await server.accept()
            #expect(await client.read(exactly: 12) == TelnetOptions.opening)
            client.write([0x50, 0x01])
            #expect(await end(of: connection)?.contains("use line: tcp") == true)
        }
    }
}

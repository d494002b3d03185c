// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import DeviceAPI
import DeviceLoop
import Glibc
import HallgateTesting
import RatingModel
import Testing

@testable import SerialTransport

extension Live {
    @Suite(.timeLimit(.minutes(5))) struct SerialPorts {
        @Test func aLineIsRawAtItsSpeed() async throws {
            let bench = try Bench()
            for baud in [9600, 115_200, 921_600, 250_000, 12_345] {
                let descriptor = try SerialPort.open(DeviceLine(path: bench.pad.link, baud: baud))
                var settings = termios()
                #expect(tcgetattr(descriptor.number, &settings) == 0)
                let shape = tcflag_t(CSIZE | PARENB | CSTOPB) | tcflag_t(CRTSCTS)
                #expect(settings.c_cflag & shape == tcflag_t(CS8))
                #expect(settings.c_lflag == 0 && settings.c_iflag == 0 && settings.c_oflag == 0)
                var speed: UInt32 = 0
                #expect(hallgate_line_speed(descriptor.number, &speed) == 0)
                #expect(Int(speed) == baud)
                #expect(fcntl(descriptor.number, F_GETFD) & FD_CLOEXEC != 0)
            }
        }

        @Test func whatWaitedInTheLineIsThrownAway() async throws {
            let bench = try Bench()
            let keeper = open(bench.pad.link, O_RDWR | O_NOCTTY)
            defer { close(keeper) }
            await bench.pad.write(ByteDriver.report(1))
            let connection = try await bench.open()
            await bench.pad.write(ByteDriver.report(2))
            var outputs = connection.outputs.makeAsyncIterator()
            #expect(await outputs.next() == .press(ByteDriver.press(2)))
        }

        @Test func aSecondOpenIsTurnedAwayWithAHint() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            let error = await #expect(throws: GatewayError.self) { try await bench.open() }
            #expect(error?.code == "device.busy")
            #expect(error?.hint.english.contains("brltty") == true)
            #expect(error?.hint.english.contains("ModemManager") == true)
            await connection.close()
            _ = try await bench.open()
        }

        @Test func aPathWithoutADeviceSaysSo() async throws {
            let bench = try Bench()
            bench.pad.unplug()
            let error = await #expect(throws: GatewayError.self) { try await bench.open() }
            #expect(error?.code == "device.missing")
        }

        @Test func onlyTerminalsAreOpened() async throws {
            let bench = try Bench()
            let fifo = bench.directory.path + "/fifo"
            #expect(mkfifo(fifo, 0o600) == 0)
            for path in [bench.directory.path, fifo, "/dev/null"] {
                let line = DeviceLine(path: path, baud: 9600)
                let error = await #expect(throws: GatewayError.self) {
                    try await bench.transport.open(line, driver: ByteDriver())
                }
                #expect(error?.code == "device.not-a-terminal", "\(path)")
            }
        }

        @Test(arguments: [0, -9600, 49, 4_000_001, .max, .min])
        func aSpeedThatNoLineHasIsRefused(baud: Int) async throws {
            let bench = try Bench()
            let line = DeviceLine(path: bench.pad.link, baud: baud)
            let error = await #expect(throws: GatewayError.self) {
                try await bench.transport.open(line, driver: ByteDriver())
            }
            #expect(error?.code == "device.bad-speed")
        }

        @Test func missingPermissionNamesTheGroup() throws {
            // The system's answer is given, because the tests may run as root, whom nothing is forbidden.
            let error = SerialPort.failure(DeviceLine(path: "/dev/null", baud: 9600), EACCES)
            #expect(error.code == "device.no-permission")
            #expect(error.hint.english.contains("group root"))
        }

        @Test func failedOpensLeakNoDescriptor() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            try await expectNoLeak(cycles: 1000) { _ in
                await #expect(throws: GatewayError.self) { try await bench.open() }
            }
            await connection.close()
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import RatingModel
import SerialTransport
import Testing

@testable import DeviceLoop

extension Live {
    @Suite(.timeLimit(.minutes(5))) struct Latency {
        /// 64 pads press at once, again and again: each press is answered, and the times are printed.
        @Test func sixtyFourPadsAreAllAnswered() async throws {
            let pads = 64
            let rounds = 20
            let directory = try ScratchDirectory()
            let loop = try DeviceLoop()
            let transport = SerialTransport(loop: loop)
            var terminals: [PseudoTerminal] = []
            var connections: [any DeviceConnection] = []
            for number in 0..<pads {
                let terminal = try PseudoTerminal(link: directory.path + "/pad\(number)")
                terminals.append(terminal)
                let line = DeviceLine(path: terminal.link, baud: 115_200)
                connections.append(try await transport.open(line, driver: ByteDriver()))
            }
            let times = await withTaskGroup(of: [Duration].self) { group in
                for connection in connections {
                    group.addTask {
                        for await case .press(let press) in connection.outputs {
                            await connection.handle(.recorded(press.key))
                        }
                        return []
                    }
                }
                for terminal in terminals {
                    group.addTask { await Self.rounds(rounds, on: terminal) }
                }
                var all: [Duration] = []
                for await times in group {
                    all += times
                    if all.count >= pads * rounds { await loop.shutdown() }
                }
                return all.sorted()
            }
            try #require(times.count == pads * rounds)
            print(
                "64 pads, \(times.count) presses: p50 \(times[times.count / 2]), p99 \(times[times.count * 99 / 100])")
            #expect(times[times.count / 2] < .seconds(5))
        }

        private static func rounds(_ count: Int, on terminal: PseudoTerminal) async -> [Duration] {
            var times: [Duration] = []
            for round in 1...UInt32(count) {
                let start = ContinuousClock.now
                await terminal.write(ByteDriver.report(round))
                guard await terminal.read(exactly: 5).count == 5 else { break }
                times.append(ContinuousClock.now - start)
            }
            return times
        }
    }
}

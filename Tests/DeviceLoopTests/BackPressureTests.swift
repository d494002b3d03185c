// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import RatingModel
import SerialTransport
import Synchronization
import Testing

@testable import DeviceLoop

extension Live {
    @Suite(.timeLimit(.minutes(5))) struct BackPressure {
        /// 1 MB with 20,000 presses while nobody takes any: the flood waits in the device, then everything arrives.
        @Test func aFloodWaitsInTheDeviceAndLosesNothing() async throws {
            let bench = try Bench()
            let taken = Mutex(0)
            let connection = try await bench.open(
                ByteDriver { event in
                    if case .received(let bytes) = event { taken.withLock { $0 += bytes.count } }
                })
            let presses = UInt32(20_000)
            let report = { (sequence: UInt32) in ByteDriver.report(sequence) + ByteDriver.padding(48) }
            let pad = bench.pad
            async let sent = pad.write((1...presses).flatMap(report), limit: .seconds(40))
            #expect(await eventually { taken.withLock { $0 } >= OutputQueue.most * 53 })
            try await Task.sleep(for: .milliseconds(50))
            let most = OutputQueue.most * 53 + DeviceLoop.readBytes
            #expect(taken.withLock { $0 } <= most, "the line is left alone while the queue is full")

            var next = UInt32(0)
            for await output in connection.outputs {
                next += 1
                // Without the macro, which would take most of the time of 200,000 comparisons.
                guard case .press(let press) = output, press.key.sequence == UInt64(next) else { break }
                if next == presses { break }
            }
            #expect(next == presses)
            #expect(await sent == Int(presses) * 53)
            await connection.close()
        }

        @Test func anotherLineIsServedWhileOneIsFlooded() async throws {
            let bench = try Bench()
            let flooded = try await bench.open()
            let other = try PseudoTerminal(link: bench.directory.path + "/other")
            let line = DeviceLine(path: other.link, baud: 9600)
            let connection = try await bench.transport.open(line, driver: ByteDriver())
            await bench.pad.write([UInt8](repeating: UInt8(ascii: "P"), count: 20_000), limit: .milliseconds(100))
            await other.write(ByteDriver.report(3))
            var outputs = connection.outputs.makeAsyncIterator()
            #expect(await outputs.next() == .press(ByteDriver.press(3)))
            await flooded.close()
        }

        @Test func garbageIsCountedTogetherAndDoesNotStopTheLine() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            await bench.pad.write([UInt8](repeating: 0, count: 100_000))
            await bench.pad.write(ByteDriver.report(5))
            var garbage = 0
            for await output in connection.outputs {
                if case .observed(.garbage(let bytes)) = output { garbage += bytes }
                if case .press(let press) = output {
                    #expect(press.key.sequence == 5)
                    break
                }
            }
            #expect(garbage == 100_000)
        }

        @Test func aHangUpIsSeenWhileTheLineIsLeftAlone() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            await bench.pad.write((1...2000).flatMap { ByteDriver.report($0) }, limit: .milliseconds(200))
            // What the loop has not read when the plug is pulled, the kernel throws away.
            #expect(await eventually { await !connection.recentTraffic().isEmpty })
            bench.pad.unplug()
            #expect(await eventually { await bench.loop.openLines == 0 })
            var last = UInt64(0)
            var end: DeviceOutput?
            for await output in connection.outputs {
                if case .press(let press) = output {
                    #expect(press.key.sequence == last + 1)
                    last = press.key.sequence
                }
                end = output
            }
            #expect(last >= UInt64(OutputQueue.most))
            #expect(end == .closed(reason: "hang-up"))
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import RatingModel
import Testing

@testable import DeviceLoop

extension Live {
    @Suite(.timeLimit(.minutes(5))) struct HangUps {
        @Test func aPulledPlugClosesTheDescriptorAtOnce() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            var outputs = connection.outputs.makeAsyncIterator()
            bench.pad.unplug()
            #expect(await outputs.next() == .closed(reason: "hang-up"))
            #expect(await bench.loop.openLines == 0)
            #expect(await outputs.next() == nil)
            // A line that is gone takes everything in silence.
            await connection.handle(.recorded(ByteDriver.press(1).key))
            await connection.close()
        }

        @Test func aThousandReplugsLeakNothingAndLoseNothing() async throws {
            let bench = try Bench()
            bench.pad.unplug()
            try await expectNoLeak(cycles: 1000) { number in
                let cycle = UInt32(number)
                try bench.pad.plug()
                let connection = try await bench.open()
                await bench.pad.write(ByteDriver.report(cycle))
                var outputs = connection.outputs.makeAsyncIterator()
                try #require(await outputs.next() == .press(ByteDriver.press(cycle)), "cycle \(cycle)")
                bench.pad.unplug()
                try #require(await outputs.next() == .closed(reason: "hang-up"), "cycle \(cycle)")
            }
            #expect(await bench.loop.openLines == 0)
        }

        @Test func pressesPutOutBeforeTheHangUpAreStillTaken() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            await bench.pad.write((1...20).flatMap { ByteDriver.report($0) })
            #expect(await eventually { await connection.recentTraffic().reduce(0) { $0 + $1.bytes.count } == 100 })
            bench.pad.unplug()
            #expect(await eventually { await bench.loop.openLines == 0 })
            var sequences: [UInt64] = []
            for await case .press(let press) in connection.outputs { sequences.append(press.key.sequence) }
            #expect(sequences == Array(1...20))
        }

        @Test func aConnectionThatIsLetGoClosesItsLine() async throws {
            let bench = try Bench()
            do { _ = try await bench.open() }
            #expect(await eventually { await bench.loop.openLines == 0 })
        }

        @Test func finishingReadsNoMoreButStillWrites() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            await bench.pad.write(ByteDriver.report(1))
            #expect(await eventually { await !connection.recentTraffic().isEmpty })
            await connection.finish()
            await bench.pad.write(ByteDriver.report(2))
            var outputs = connection.outputs.makeAsyncIterator()
            #expect(await outputs.next() == .press(ByteDriver.press(1)))
            await connection.handle(.recorded(ByteDriver.press(1).key))
            #expect(await bench.pad.read(exactly: 5) == [UInt8(ascii: "A"), 0, 0, 0, 1])
            #expect(await outputs.next() == .closed(reason: "the gateway reads no more"))
            #expect(await outputs.next() == nil)
            await connection.close()
            #expect(await bench.loop.openLines == 0)
        }

        @Test func cancellationEndsTheWaitForOutputs() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in connection.outputs {} }
                group.addTask { try? await Task.sleep(for: .milliseconds(20)) }
                await group.next()
                group.cancelAll()
            }
            await connection.close()
            #expect(await bench.loop.openLines == 0)
        }

        @Test func aDriverCanCloseItsLineAndNothingItPutOutIsLost() async throws {
            let bench = try Bench()
            let actions: [DriverAction] = [.close(reason: "enough"), .press(ByteDriver.press(9)), .send([1])]
            let connection = try await bench.open(ByteDriver(onOpen: actions))
            var outputs = connection.outputs.makeAsyncIterator()
            #expect(await outputs.next() == .press(ByteDriver.press(9)))
            #expect(await outputs.next() == .closed(reason: "enough"))
            #expect(bench.pad.read().isEmpty)
        }

        @Test func shutdownClosesEveryLineAndTakesNoNewOne() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            await bench.loop.shutdown()
            var outputs = connection.outputs.makeAsyncIterator()
            #expect(await outputs.next() == .closed(reason: "the gateway stops"))
            await #expect(throws: GatewayError.self) { try await bench.open() }
        }

        @Test func aLoopThatIsLetGoEndsItsThread() async throws {
            try await expectNoLeak(cycles: 500) { _ in _ = try DeviceLoop() }
        }
    }
}

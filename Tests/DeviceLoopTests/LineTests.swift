// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Glibc
import HallgateTesting
import RatingModel
import Synchronization
import Testing

@testable import DeviceLoop

extension Live {
    @Suite(.timeLimit(.minutes(5))) struct Lines {
        @Test func aPressComesThroughAndIsThankedFor() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            await bench.pad.write(ByteDriver.report(41))
            var outputs = connection.outputs.makeAsyncIterator()
            #expect(await outputs.next() == .press(ByteDriver.press(41)))
            await connection.handle(.recorded(ByteDriver.press(41).key))
            #expect(await bench.pad.read(exactly: 5) == [UInt8(ascii: "A"), 0, 0, 0, 41])
            await connection.close()
            #expect(await outputs.next() == .closed(reason: "closed by the gateway"))
            #expect(await outputs.next() == nil)
        }

        @Test func everyByteArrivesAloneOrTogether() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            var outputs = connection.outputs.makeAsyncIterator()
            for byte in ByteDriver.report(7) {
                await bench.pad.write([byte])
                try await Task.sleep(for: .milliseconds(2))
            }
            await bench.pad.write((8...20).flatMap { ByteDriver.report($0) })
            for sequence in UInt32(7)...20 { #expect(await outputs.next() == .press(ByteDriver.press(sequence))) }
        }

        @Test func bytesThatATerminalWouldInterpretArriveAsTheyAre() async throws {
            let bench = try Bench()
            let received = Mutex<[UInt8]>([])
            let connection = try await bench.open(
                ByteDriver { event in
                    if case .received(let bytes) = event { received.withLock { $0 += bytes } }
                })
            let all = Array(UInt8.min...UInt8.max)
            await bench.pad.write(all)
            #expect(await eventually { received.withLock { $0.count } == 256 })
            #expect(received.withLock { $0 } == all)
            #expect(bench.pad.read().isEmpty, "nothing is echoed")
            await connection.close()
        }

        @Test func driversRunOnTheLoopsThreadOnly() async throws {
            let bench = try Bench()
            let threads = Mutex<[String]>([])
            let connection = try await bench.open(
                ByteDriver(onOpen: [.setTimer(.poll, after: .milliseconds(5))]) { _ in
                    threads.withLock { $0.append(currentThreadName()) }
                })
            await bench.pad.write(ByteDriver.report(1))
            await connection.handle(.command(.identify))
            #expect(await eventually { threads.withLock { $0.count } >= 4 }, "opened, received, command, timer")
            #expect(threads.withLock { Set($0) } == ["device-loop"])
            #expect(currentThreadName() != "device-loop")
        }

        @Test func timersFireOnceAtTheirTimeAndNotAfterTheyAreCancelled() async throws {
            let bench = try Bench()
            let fired = Mutex<[DriverTimer: [ContinuousClock.Instant]]>([:])
            let start = ContinuousClock.now
            let actions: [DriverAction] = [
                .setTimer(.answer, after: .milliseconds(60)), .setTimer(.poll, after: .milliseconds(20)),
                .setTimer(.keepAlive, after: .milliseconds(30)), .cancelTimer(.keepAlive),
                .setTimer(.answer, after: .milliseconds(40)),
            ]
            let connection = try await bench.open(
                ByteDriver(onOpen: actions) { event in
                    if case .timer(let timer) = event { fired.withLock { $0[timer, default: []].append(.now) } }
                })
            #expect(await bench.pad.read(exactly: 2) == Array("TT".utf8))
            try await Task.sleep(for: .milliseconds(60))
            let times = fired.withLock { $0 }
            #expect(times[.keepAlive] == nil)
            #expect(times[.poll]?.count == 1 && times[.answer]?.count == 1)
            #expect(times[.poll].map { $0[0] - start >= .milliseconds(20) } == true)
            #expect(times[.answer].map { $0[0] - start >= .milliseconds(40) } == true)
            await connection.close()
        }

        @Test func anIdleLoopNeverWakes() async throws {
            let bench = try Bench()
            let thread = Mutex("")
            let connection = try await bench.open(ByteDriver { _ in thread.withLock { $0 = currentThreadPath() } })
            await bench.pad.write(ByteDriver.report(1))
            var outputs = connection.outputs.makeAsyncIterator()
            _ = await outputs.next()
            // The thread may still be on its way back to sleep, so several looks are taken; polling would fail them all.
            var before = 0
            let isQuiet = try await eventually(.seconds(5)) {
                before = try switches(of: thread.withLock { $0 })
                try await Task.sleep(for: .milliseconds(300))
                return try switches(of: thread.withLock { $0 }) == before
            }
            #expect(isQuiet)
            await bench.pad.write(ByteDriver.report(2))
            #expect(await outputs.next() == .press(ByteDriver.press(2)))
            #expect(try await eventually { try switches(of: thread.withLock { $0 }) > before }, "the count counts")
        }

        @Test func trafficIsKeptForTheOperatorWithinItsBound() async throws {
            let bench = try Bench()
            let connection = try await bench.open()
            var outputs = connection.outputs.makeAsyncIterator()
            for sequence in UInt32(1)...100 {
                await bench.pad.write(ByteDriver.report(sequence))
                _ = await outputs.next()
                await connection.handle(.recorded(ByteDriver.press(sequence).key))
            }
            let records = await connection.recentTraffic()
            #expect(records.count == TrafficRing.most)
            #expect(records.last?.direction == .sent)
            #expect(records.last?.bytes == [UInt8(ascii: "A"), 0, 0, 0, 100])
            let totals = await connection.totals()
            #expect(totals.received == 500 && totals.sent == 500, "reports and acknowledgements of five bytes each")
            #expect(zip(records, records.dropFirst()).allSatisfy { $0.at <= $1.at })
        }

        @Test func whatTheDeviceDoesNotTakeIsKeptInOrder() async throws {
            let bench = try Bench()
            let blocks = (0..<12).map { block in [UInt8](repeating: UInt8(block), count: 1000) }
            let connection = try await bench.open(ByteDriver(onOpen: blocks.map { .send($0) }))
            #expect(await bench.pad.read(exactly: 12_000) == blocks.flatMap { $0 })
            await connection.close()
        }

        @Test func aDeviceThatTakesNothingIsClosedWithTheReason() async throws {
            let bench = try Bench()
            let connection = try await bench.open(
                ByteDriver(onOpen: (0..<64).map { _ in .send([UInt8](repeating: 0x55, count: 1000)) }))
            var outputs = connection.outputs.makeAsyncIterator()
            guard case .closed(let reason) = await outputs.next() else {
                Issue.record("the line was not closed")
                return
            }
            #expect(reason.hasPrefix("the device takes no bytes"))
            #expect(await bench.loop.openLines == 0)
        }
    }
}

/// The name the kernel knows the calling thread by.
func currentThreadName() -> String { text(of: "/proc/thread-self/comm").filter { $0 != "\n" } }

/// Where the kernel tells of the calling thread.
func currentThreadPath() -> String {
    var bytes = [CChar](repeating: 0, count: 64)
    let count = readlink("/proc/thread-self", &bytes, bytes.count)
    return "/proc/" + String(decoding: bytes[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// How often a thread went to sleep by itself.
func switches(of thread: String) throws -> Int {
    let line = text(of: thread + "/status").split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") }
    return try #require(line?.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) })
}

private func text(of path: String) -> String {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
}

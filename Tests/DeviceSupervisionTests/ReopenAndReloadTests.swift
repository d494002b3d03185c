// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceSupervision
import HallgateTesting
import OperatorAPI
import RatingModel
import Testing

@Suite(.timeLimit(.minutes(5))) struct ReopenAndReloadTests {
    @Test func aMissingPadIsLookedForOnceASecondAtMost() async throws {
        let bench = Bench()
        try await bench.run([assignment("/pad")]) {
            for _ in 0..<40 {
                try #require(await bench.clock.waitForSleepers(1))
                #expect(bench.clock.sleepers.next.map { $0 <= .seconds(1) } == true)
                let attempts = bench.transport.attempts("/pad")
                bench.clock.advance(by: .seconds(1))
                try #require(await eventually { bench.transport.attempts("/pad") == attempts + 1 })
            }
            #expect(await bench.status().state == .absent)
            #expect(await bench.status().detail == "there is no device at /pad")
            try #require(await bench.clock.waitForSleepers(1))
            bench.transport.plug("/pad")
            bench.clock.advance(by: .seconds(1))
            #expect(await bench.transport.connection("/pad") != nil)
        }
    }

    @Test func aReplugIsTakenUpAgainAndEachPressCounts() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        try await bench.run([assignment("/pad")]) {
            for cycle in 1...100 {
                let connection = try #require(await bench.transport.connection("/pad", ordinal: cycle))
                connection.emit(.identified(identity()))
                connection.emit(.press(press(UInt64(cycle))))
                try #require(await connection.waitForEvents { $0 == [.recorded(press(UInt64(cycle)).key)] })
                bench.transport.unplug("/pad")
                try #require(await bench.clock.waitForSleepers(1))
                bench.transport.plug("/pad")
                bench.clock.advance(by: .milliseconds(100))
            }
            #expect(await eventually { await bench.status().connections == 101 })
            #expect(await bench.status().recorded == 100)
        }
    }

    @Test func stoppingDoesNotWaitForTheBackOff() async throws {
        let bench = Bench()
        try await bench.run([assignment("/pad")]) { _ = await bench.clock.waitForSleepers(1) }
        #expect(bench.clock.sleepers.count == 0)
    }

    @Test func aReloadKeepsWhatDidNotChange() async throws {
        let bench = Bench()
        for path in ["/same", "/moved", "/faster", "/gone", "/new"] { bench.transport.plug(path) }
        let before = [assignment("/same"), assignment("/moved"), assignment("/faster"), assignment("/gone")]
        try await bench.run(before) {
            for path in ["/same", "/moved", "/faster", "/gone"] {
                let connection = try #require(await bench.transport.connection(path))
                connection.emit(.identified(identity(path)))
                connection.emit(.press(press(1, device: path)))
                #expect(await connection.waitForEvents { $0.count == 1 })
            }
            bench.receiver.greet(with: [.pause])
            await bench.supervision.apply([
                assignment("/new"), assignment("/same"), assignment("/moved", window: "B02"),
                assignment("/faster", baud: 115_200),
            ])
            let moved = try #require(await bench.transport.connection("/moved"))
            #expect(await moved.waitForEvents { $0.last == .command(.pause) }, "it is told what the new window asks")
            #expect(try await #require(bench.transport.connection("/faster", ordinal: 2)).line.baud == 115_200)
            #expect(await bench.transport.connection("/new") != nil)
            #expect(await eventually { bench.transport.connections("/gone")[0].isOpen == false })
            #expect(bench.transport.connections("/same").count == 1 && bench.transport.connections("/moved").count == 1)
            #expect(bench.transport.connections("/same")[0].isOpen && moved.isOpen)
            #expect(bench.transport.connections("/gone").count == 1)

            let statuses = await bench.supervision.statuses()
            #expect(statuses.map(\.path) == ["/new", "/same", "/moved", "/faster"])
            #expect(statuses.map(\.window) == ["A01", "A01", "B02", "A01"])
            #expect(statuses.map(\.recorded) == [0, 1, 1, 1], "counters survive")
            moved.emit(.press(press(2, device: "/moved")))
            #expect(await eventually { bench.receiver.sources.last?.window == WindowID("B02") })
        }
    }

    @Test func aLineIsNotOpenedAnewBeforeItsPredecessorIsClosed() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        bench.receiver.hold(true)
        try await bench.run([assignment("/pad")]) {
            let first = try #require(await bench.transport.connection("/pad"))
            first.emit(.press(press(1)))
            #expect(await eventually { bench.receiver.received.count == 1 })
            await bench.supervision.apply([assignment("/pad", driver: "other")])
            let isTooEarly = await eventually(.milliseconds(100)) { bench.transport.attempts("/pad") > 1 }
            #expect(!isTooEarly)
            bench.receiver.hold(false)
            #expect(await bench.transport.connection("/pad", ordinal: 2) != nil)
            #expect(!first.isOpen)
            #expect(first.events == [.recorded(press(1).key)], "the press in hand was finished and thanked for")
            #expect(await bench.status().driver == "other")
        }
    }

    @Test func aPathThatComesTwiceIsOpenedOnce() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        try await bench.run([assignment("/pad"), assignment("/pad", window: "B02")]) {
            #expect(await bench.transport.connection("/pad") != nil)
            #expect(await bench.supervision.statuses().map(\.window) == ["A01"])
        }
        #expect(bench.transport.connections("/pad").count == 1)
    }

    @Test func applyingAfterTheEndDoesNothing() async throws {
        let bench = Bench()
        try await bench.run([]) {}
        bench.transport.plug("/pad")
        await bench.supervision.apply([assignment("/pad")])
        #expect(await bench.supervision.statuses().isEmpty)
    }
}

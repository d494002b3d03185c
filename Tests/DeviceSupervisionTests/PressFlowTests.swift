// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceSupervision
import HallgateTesting
import OperatorAPI
import RatingModel
import Testing

@Suite(.timeLimit(.minutes(5))) struct PressFlowTests {
    @Test func aDeviceThatLeavesItsAddressIsLostToItsWindowUntilItIsBack() async throws {
        let bench = Bench()
        bench.transport.plug("/bus")
        let bus = DeviceAssignment(
            line: DeviceLine(path: "/bus", baud: 9600), window: nil,
            addresses: [1: WindowID("A01"), 2: WindowID("A02")],
            driverName: "none", makeDriver: { NoDriver() })
        bench.receiver.greet(with: [.pause])
        try await bench.run([bus]) {
            let connection = try #require(await bench.transport.connection("/bus"))
            connection.emit(.identified(identity()))
            #expect(await connection.waitForEvents { $0.count == 2 })
            connection.emit(.observed(.absent(2)))
            #expect(await eventually { bench.receiver.lost.map(\.window) == [WindowID("A02")] })
            #expect(await bench.status().places.map(\.isAbsent) == [false, true])
            #expect(await bench.status().workingWindows == ["A01"])
            #expect(await bench.supervision.command(.resume, window: WindowID("A02")) == 0, "nobody was told")
            connection.emit(.observed(.present(2)))
            #expect(await connection.waitForEvents { $0.last == .command(.pause, at: 2) && $0.count == 4 })
            #expect(await bench.supervision.command(.resume, window: WindowID("A02")) == 1)
        }
    }

    @Test func aPressIsRecordedThenThankedFor() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        try await bench.run([assignment("/pad")]) {
            let connection = try #require(await bench.transport.connection("/pad"))
            connection.emit(.identified(identity()))
            connection.emit(.press(press(1)))
            #expect(await connection.waitForEvents { $0 == [.recorded(press(1).key)] })
            #expect(bench.receiver.sources == [PressSource(path: "/pad", window: WindowID("A01"))])
            let status = await bench.status()
            #expect(status.state == .ready && status.device == "pad-1" && status.recorded == 1)
            #expect(status.connections == 1 && status.detail == nil && status.model == "HG-5 1.0")
        }
    }

    @Test func aRefusedPressIsToldToTheDeviceAndTheOperator() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        bench.receiver.refuse(with: diskFull)
        try await bench.run([assignment("/pad")]) {
            let connection = try #require(await bench.transport.connection("/pad"))
            connection.emit(.press(press(1)))
            #expect(await connection.waitForEvents { $0 == [.refused(press(1).key)] })
            let status = await bench.status()
            #expect(status.refused == 1 && status.detail == "the disk is full")
        }
    }

    @Test func pressesOfOneLineWaitForEachOtherAndLinesDoNot() async throws {
        let bench = Bench()
        bench.transport.plug("/one")
        bench.transport.plug("/two")
        bench.receiver.hold(true)
        try await bench.run([assignment("/one"), assignment("/two")]) {
            let one = try #require(await bench.transport.connection("/one"))
            let two = try #require(await bench.transport.connection("/two"))
            one.emit(.press(press(1)))
            one.emit(.press(press(2)))
            #expect(await eventually { bench.receiver.received.count == 1 })
            two.emit(.press(press(1, device: "pad-2")))
            #expect(await eventually { bench.receiver.received.count == 2 })
            #expect(bench.receiver.received == [press(1).key, press(1, device: "pad-2").key])
            bench.clock.advance(by: .seconds(3))
            #expect(await bench.supervision.progress().oldestInHand == .seconds(3))
            bench.receiver.hold(false)
            #expect(await one.waitForEvents { $0 == [.recorded(press(1).key), .recorded(press(2).key)] })
            #expect(await eventually { await bench.supervision.progress().oldestInHand == nil })
            #expect(await bench.supervision.progress().outputsTaken == 3)
        }
    }

    @Test func aPadPulledOutInMidPressStillHasItsPressRecorded() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        bench.receiver.hold(true)
        try await bench.run([assignment("/pad")]) {
            let connection = try #require(await bench.transport.connection("/pad"))
            connection.emit(.press(press(1)))
            #expect(await eventually { bench.receiver.received.count == 1 })
            bench.transport.unplug("/pad")
            bench.receiver.hold(false)
            #expect(await eventually { await bench.status().recorded == 1 })
            #expect(connection.events.isEmpty, "nobody is there to be thanked")
            #expect(await eventually { await bench.status().state == .absent })
            #expect(await bench.status().detail == "unplugged")
        }
    }

    @Test func stoppingRecordsEveryPressThatWasRead() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        bench.receiver.hold(true)
        var connection: ScriptedConnection?
        try await bench.run([assignment("/pad")]) {
            connection = await bench.transport.connection("/pad")
            for sequence in UInt64(1)...50 { connection?.emit(.press(press(sequence))) }
            #expect(await eventually { bench.receiver.received.count == 1 })
            bench.supervision.stop()
            bench.receiver.hold(false)
        }
        #expect(bench.receiver.received == (1...50).map { press($0).key })
        #expect(connection?.events == (1...50).map { .recorded(press($0).key) }, "and thanks for each")
        #expect(connection?.isOpen == false)
    }

    @Test func cancellationFinishesThePressInHand() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        bench.receiver.hold(true)
        let connection = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await bench.supervision.run() }
            await bench.supervision.apply([assignment("/pad")])
            let connection = try #require(await bench.transport.connection("/pad"))
            connection.emit(.press(press(1)))
            #expect(await eventually { bench.receiver.received.count == 1 })
            group.cancelAll()
            bench.receiver.hold(false)
            return connection
        }
        #expect(connection.events == [.recorded(press(1).key)])
        #expect(!connection.isOpen)
        #expect(await bench.status().recorded == 1)
    }

    @Test func observationsAreCountedAndNeverShowALevel() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        try await bench.run([assignment("/pad")]) {
            let connection = try #require(await bench.transport.connection("/pad"))
            connection.emit(.identified(identity()))
            connection.emit(.press(press(1)))
            connection.emit(.observed(.garbage(bytes: 7)))
            connection.emit(.observed(.silent))
            #expect(await eventually { await bench.status().state == .silent })
            let status = await bench.status()
            #expect(status.badFrames == 7)
            #expect(!"\(status)".contains("满意"))
            connection.emit(.observed(.answering))
            #expect(await eventually { await bench.status().state == .ready })
        }
    }
}

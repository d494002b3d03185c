// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceSupervision
import HallgateTesting
import OperatorAPI
import RatingModel
import Testing

@Suite(.timeLimit(.minutes(5))) struct GreetingTests {
    let prompt = DeviceCommand.prompt(5, timeout: .seconds(10))

    @Test func aDeviceThatSaysWhoItIsIsToldWhatItsWindowAsks() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        bench.receiver.greet(with: [.setTime(WallTime(millisecondsSinceEpoch: 1)), prompt])
        try await bench.run([assignment("/pad")]) {
            let connection = try #require(await bench.transport.connection("/pad"))
            #expect(await bench.status().state == .greeting)
            #expect(bench.receiver.greeted.isEmpty)
            connection.emit(.identified(identity()))
            #expect(
                await connection.waitForEvents {
                    $0 == [.command(.setTime(WallTime(millisecondsSinceEpoch: 1))), .command(prompt)]
                })
            #expect(bench.receiver.greeted == [PressSource(path: "/pad", window: WindowID("A01"))])
        }
    }

    @Test func aCommandReachesTheReadyPadsOfItsWindowOnly() async throws {
        let bench = Bench()
        let paths = ["/a", "/b", "/other", "/greeting", "/hall"]
        for path in paths { bench.transport.plug(path) }
        let assignments = paths.map { path in
            assignment(path, window: path == "/other" ? "B01" : path == "/hall" ? nil : "A01")
        }
        try await bench.run(assignments + [assignment("/absent")]) {
            for path in paths where path != "/greeting" {
                try #require(await bench.transport.connection(path)).emit(.identified(identity(path)))
            }
            #expect(await eventually { await bench.supervision.statuses().count { $0.state == .ready } == 4 })
            #expect(await bench.supervision.command(prompt, window: WindowID("A01")) == 2)
            #expect(await bench.supervision.command(prompt, window: WindowID("Z99")) == 0)
            for path in paths {
                let events = try #require(await bench.transport.connection(path)).events
                #expect(events == (["/a", "/b"].contains(path) ? [.command(prompt)] : []), "\(path)")
            }
        }
    }

    @Test func aDisplayIsToldAndIsNoPadThatWasAsked() async throws {
        let bench = Bench()
        for path in ["/pad", "/display", "/hall"] { bench.transport.plug(path) }
        let display = DeviceAssignment(
            line: DeviceLine(path: "/display", baud: 9600), window: WindowID("A01"), driverName: "none",
            makeDriver: { NoDriver(capabilities: .init(thanks: .none, keepsLog: false, prompts: false, levels: [])) })
        try await bench.run([assignment("/pad"), display, assignment("/hall", window: nil)]) {
            for path in ["/pad", "/display", "/hall"] {
                try #require(await bench.transport.connection(path)).emit(.identified(identity(path)))
            }
            #expect(await eventually { await bench.supervision.statuses().allSatisfy { $0.state == .ready } })
            #expect(await bench.supervision.command(prompt, window: WindowID("A01")) == 1)
            let code = DeviceCommand.show(.qrCode("https://h/r/c", lifetime: .seconds(60)))
            #expect(await bench.supervision.command(code, window: nil) == 1)
            for (path, told) in [("/pad", prompt), ("/display", prompt), ("/hall", code)] {
                #expect(try #require(await bench.transport.connection(path)).events == [.command(told)], "\(path)")
            }
        }
    }

    /// What stands where another device belongs is greeted as one of a waiting area, and shows citizens nothing.
    @Test func aStrangerIsShownNothing() async throws {
        let bench = Bench()
        let node = DiscoveredDevice(
            node: "/dev/ttyUSB0", kind: .serial, vendor: 0x1A86, product: 0x7523, serial: "S1", interface: "00",
            portPath: "p1")
        let other = DiscoveredDevice(
            node: "/dev/ttyUSB0", kind: .serial, vendor: 0x1A86, product: 0x7523, serial: "S2", interface: "00",
            portPath: "p1")
        let line = DeviceAssignment(
            line: DeviceLine(match: DeviceMatch(port: "p1"), baud: 9600, kind: .serial), window: WindowID("A01"),
            driverName: "none", makeDriver: { NoDriver() })
        bench.transport.plug("/dev/ttyUSB0")
        bench.receiver.greet(with: [
            .setTime(WallTime(millisecondsSinceEpoch: 1)), .show(.qrCode("c", lifetime: .seconds(9))),
            .openPage(url: "https://h"), .closePage,
        ])
        try await bench.run([line]) {
            await bench.supervision.take(.rescanned([node]))
            try #require(await bench.transport.connection("/dev/ttyUSB0")).emit(.identified(identity("a")))
            #expect(await eventually { await bench.status().state == .ready })
            await bench.supervision.take(.rescanned([]))
            bench.transport.unplug("/dev/ttyUSB0")
            #expect(await eventually { await bench.status().state == .absent })
            bench.transport.plug("/dev/ttyUSB0")
            await bench.supervision.take(.rescanned([other]))
            let connection = try #require(await bench.transport.connection("/dev/ttyUSB0", ordinal: 2))
            connection.emit(.identified(identity("b")))
            #expect(
                await connection.waitForEvents {
                    $0 == [.command(.setTime(WallTime(millisecondsSinceEpoch: 1)))]
                })
            #expect(bench.receiver.greeted.last?.window == nil)
        }
    }

    /// A prompt that comes while the greeting is being put together must not be overtaken by an older one in it.
    @Test func aCommandDuringTheGreetingFollowsIt() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        bench.receiver.greet(with: [.prompt(4, timeout: .seconds(10))])
        bench.receiver.holdGreeting(true)
        try await bench.run([assignment("/pad")]) {
            let connection = try #require(await bench.transport.connection("/pad"))
            connection.emit(.identified(identity()))
            #expect(await eventually { !bench.receiver.greeted.isEmpty })
            #expect(await bench.supervision.command(prompt, window: WindowID("A01")) == 1)
            bench.receiver.holdGreeting(false)
            #expect(
                await connection.waitForEvents {
                    $0 == [.command(.prompt(4, timeout: .seconds(10))), .command(prompt)]
                })
        }
    }

    @Test func twoLinesWithOneIdentityBothWorkAndAreReported() async throws {
        let bench = Bench()
        bench.transport.plug("/a")
        bench.transport.plug("/b")
        try await bench.run([assignment("/a"), assignment("/b")]) {
            let first = try #require(await bench.transport.connection("/a"))
            let second = try #require(await bench.transport.connection("/b"))
            first.emit(.identified(identity(log: 1)))
            // The place is its own who is there first; the other would have moved there when it goes.
            #expect(await eventually { await bench.status(0).state == .ready })
            second.emit(.identified(identity(log: 2)))
            #expect(await eventually { await !bench.supervision.troubles().isEmpty })
            let trouble = try #require(await bench.supervision.troubles().first)
            #expect(trouble.code == "device.same-identity")
            #expect(trouble.message.contains("/a, /b") && trouble.messageChinese.contains("/a、/b"))
            #expect(await bench.status(0).detail == "device.same-identity: also on /b")
            #expect(await bench.status(1).detail == "device.same-identity: also on /a")
            first.emit(.press(press(1, log: 1)))
            second.emit(.press(press(1, log: 2)))
            #expect(await first.waitForEvents { $0 == [.recorded(press(1, log: 1).key)] })
            #expect(await second.waitForEvents { $0 == [.recorded(press(1, log: 2).key)] })
            bench.transport.unplug("/b")
            #expect(await eventually { await bench.supervision.troubles().isEmpty })
            #expect(await bench.status(0).detail == nil)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import DeviceLoop
import DeviceSupervision
import Foundation
import HallgateTesting
import Logging
import OperatorAPI
import RatingModel
import Synchronization
import Testing

@testable import HallgateApp

/// Lines that a test speaks on: every open runs the driver that listens, on the kind of line that is named.
private final class SpokenLines: DeviceTransport {
    private let state = Mutex([String: any DeviceDriver]())
    private let clock = ContinuousClock.now

    private struct Open: DeviceConnection {
        let outputs: AsyncStream<DeviceOutput>
        let continuation: AsyncStream<DeviceOutput>.Continuation
        func handle(_ event: DriverEvent) async {}
        func close() async { continuation.finish() }
    }

    func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        var driver = driver
        _ = driver.handle(.opened(nonce: 1), at: MonotonicInstant(nanoseconds: 0))
        state.withLock { $0[line.path] = driver }
        let (outputs, continuation) = AsyncStream.makeStream(of: DeviceOutput.self)
        return Open(outputs: outputs, continuation: continuation)
    }

    /// Says something on a line, once it is open.
    func say(_ bytes: [UInt8], on path: String) async {
        while !Task.isCancelled {
            let isOpen = state.withLock { state -> Bool in
                guard var driver = state[path] else { return false }
                let now = MonotonicInstant(nanoseconds: Int64(clock.duration(to: .now) / .nanoseconds(1)))
                _ = driver.handle(.received(bytes), at: now)
                state[path] = driver
                return true
            }
            if isOpen { return }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// Learning pads of every kind on lines whose hardware udev describes; the bytes are those of domain descriptions, not
/// of any driver.
@Suite(.timeLimit(.minutes(3))) struct LearnKindsTests {
    private let hall = "windows: [{id: W1}, {id: W2}]\n"

    private func withHall(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "learn-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data(hall.utf8).write(to: URL(filePath: directory + "/hall.yaml"))
        try await body(directory)
    }

    private func request(_ directory: String) -> LearnRequest {
        var request = LearnRequest(configurationPath: directory + "/hall.yaml")
        request.windows = ["W1"]
        request.patience = .seconds(40)
        return request
    }

    /// Learns while `say` goes on saying what a person does who presses again and again.
    private func learn(
        _ request: LearnRequest, on devices: [DiscoveredDevice], through transport: any DeviceTransport,
        plugged: [DiscoveredDevice] = [], saying say: @escaping @Sendable () async -> Void
    ) async throws -> LearnOutcome {
        let (events, continuation) = AsyncStream.makeStream(of: DiscoveryEvent.self)
        continuation.yield(.rescanned(devices))
        for device in plugged { continuation.yield(.appeared(device)) }
        let session = LearnSession(request, grabbing: transport, sharing: transport) { _ in }
        return try await withThrowingTaskGroup(of: LearnOutcome?.self) { group in
            group.addTask { try await session.run(events) }
            group.addTask {
                while !Task.isCancelled {
                    await say()
                    try? await Task.sleep(for: .milliseconds(300))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let outcome = try await group.next() { if let outcome { return outcome } }
            throw CancellationError()
        }
    }

    /// Writes what was learned beside the configuration, and answers with the device as `run` would use it.
    private func accepted(_ outcome: LearnOutcome, _ directory: String) throws -> GatewayConfiguration.Device {
        guard case .learned(let learned) = outcome else { throw GatewayError.nobodyPressed }
        _ = try DropIn.write(learned.stanza, name: "learned", beside: directory + "/hall.yaml")
        let reading = GatewayConfiguration.read(file: directory + "/hall.yaml")
        #expect(reading.diagnostics.filter { $0.severity == .error } == [], "\(learned.stanza.yaml)")
        return try #require(reading.configuration?.devices.first)
    }

    /// The levels that the learned driver makes of what the device sends.
    private func levels(_ device: GatewayConfiguration.Device, _ reads: [[UInt8]]) -> [SatisfactionLevel] {
        var driver = device.driver.make()
        var now = MonotonicInstant(nanoseconds: 0)
        _ = driver.handle(.opened(nonce: 1), at: now)
        return reads.flatMap { read -> [DriverAction] in
            now = now.advanced(by: .seconds(3))
            return driver.handle(.received(read), at: now)
        }.compactMap { action in
            if case .press(let press) = action, case .rated(let level, _, _) = press.outcome { level } else { nil }
        }
    }

    private func adapter(_ node: String, serial: String? = nil) -> DiscoveredDevice {
        DiscoveredDevice(
            node: node, kind: .serial, vendor: 0x1A86, product: 0x7523, serial: serial, interface: "00",
            kernelDriver: "ch341", portPath: "pci-0000:00:14.0-usb-0:2:1.0")
    }

    // The queue bus: rating 3 from address 1, rating 2 from address 6.
    private static let first: [UInt8] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x11, 0x03, 0x15, 0x16]
    private static let sixth: [UInt8] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x06, 0x11, 0x02, 0x19, 0x16]

    @Test func `pads of a queue bus by their addresses, on a real terminal, and the gateway takes their presses`()
        async throws
    {
        try await withHall { directory in
            let terminal = try PseudoTerminal(link: directory + "/ttyUSB0")
            let loop = try DeviceLoopForTests()
            var request = self.request(directory)
            request.windows = ["W2", "W1"]
            let outcome = try await learn(request, on: [adapter(terminal.link)], through: loop.transport) {
                await terminal.write(Self.sixth)
                try? await Task.sleep(for: .milliseconds(100))
                await terminal.write(Self.first)
            }
            await loop.stop()
            let device = try accepted(outcome, directory)
            #expect(device.line.match == DeviceMatch(port: "pci-0000:00:14.0-usb-0:2:1.0"))
            // A pseudo-terminal passes bytes at any speed, so the first one that was tried is as good as another.
            #expect(device.driver.name == "queue-bus")
            #expect(device.addresses.count == 2 && Set(device.addresses.keys) == [1, 6])
            try await run(device, on: terminal, directory)
        }
    }

    /// Runs a gateway of what was learned, the line named by its path as udev's match would find it.
    private func run(_ device: GatewayConfiguration.Device, on terminal: PseudoTerminal, _ directory: String)
        async throws
    {
        var configuration = try #require(GatewayConfiguration.read(file: directory + "/hall.yaml").configuration)
        configuration.journalDirectory = directory + "/journal"
        configuration.devices = [device]
        configuration.devices[0].line = DeviceLine(path: terminal.link, baud: 9600)
        let gateway = try await buildGateway(
            configuration, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        async let running: Void = gateway.supervision.run()
        let acknowledgement: [UInt8] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x01, 0x03, 0x05, 0x16]
        var heard: [UInt8] = []
        let end = ContinuousClock.now + .seconds(30)
        while !heard.suffix(200).contains(acknowledgement), ContinuousClock.now < end {
            await terminal.write(Self.first)
            heard += await terminal.read(exactly: 10, limit: .seconds(2))
        }
        let status = await gateway.supervision.statuses().first
        gateway.supervision.stop()
        await running
        await gateway.close()
        #expect(heard.contains(acknowledgement), "thanked once it was on disk")
        #expect(status?.recorded ?? 0 >= 1)
    }

    @Test func `a serial scanner by its port`() async throws {
        try await withHall { directory in
            let terminal = try PseudoTerminal(link: directory + "/ttyUSB0")
            let loop = try DeviceLoopForTests()
            let outcome = try await learn(
                self.request(directory), on: [adapter(terminal.link, serial: "SC0042")], through: loop.transport
            ) { await terminal.write(Array("]Q1TICKET-0042\r".utf8)) }
            await loop.stop()
            let device = try accepted(outcome, directory)
            #expect(device.line.match == DeviceMatch(serial: "SC0042") && device.driver.name == "scanner")
            #expect(device.window == WindowID("W1"))
        }
    }

    @Test func `what no driver understands is kept, whatever the speed`() async throws {
        try await withHall { directory in
            let terminal = try PseudoTerminal(link: directory + "/ttyUSB0")
            let loop = try DeviceLoopForTests()
            var request = self.request(directory)
            request.patience = .seconds(4)
            let outcome = try await learn(request, on: [adapter(terminal.link)], through: loop.transport) {
                await terminal.write([0xAA, 0x55, 0x01, 0x02, 0x03, 0x06])
            }
            await loop.stop()
            guard case .notUnderstood(let captures) = outcome, let best = captures.first else {
                Issue.record("\(outcome)")
                return
            }
            #expect(captures.count > 1, "another speed was tried once nothing was understood")
            #expect(best.path == terminal.link && best.text.contains("\n< AA 55 01 02 03 06"))
        }
    }

    // MARK: Keyboards and HID devices, by recorded events

    /// `struct input_event` of a 64-bit kernel: a key down or up, and the end of the packet.
    private static func key(_ code: UInt16, _ value: UInt8) -> [UInt8] {
        [UInt8](repeating: 0, count: 16) + [1, 0, UInt8(code & 0xFF), UInt8(code >> 8), value, 0, 0, 0]
            + [UInt8](repeating: 0, count: 24)
    }

    private static func typed(_ codes: [UInt16]) -> [UInt8] { codes.flatMap { key($0, 1) + key($0, 0) } }

    private let keyboard = DiscoveredDevice(
        node: "/dev/input/event7", kind: .evdev, vendor: 0x04D9, product: 0x1702, serial: "KB01", interface: "00",
        portPath: "pci-0000:00:14.0-usb-0:3:1.0", typesDigits: true)

    @Test func `a keyboard that is plugged in while learning, with enter behind its digits`() async throws {
        try await withHall { directory in
            let lines = SpokenLines()
            let outcome = try await learn(self.request(directory), on: [], through: lines, plugged: [keyboard]) {
                await lines.say(Self.typed([3, 28]), on: "/dev/input/event7")
                try? await Task.sleep(for: .seconds(1))
            }
            let device = try accepted(outcome, directory)
            #expect(device.line.kind == .evdev && device.line.match == DeviceMatch(serial: "KB01"))
            #expect(device.driver.name == "keyboard")
            #expect(levels(device, [Self.typed([3, 28]), Self.typed([6])]) == [.satisfied], "only with enter")
        }
    }

    @Test func `a keyboard whose digits are its own is told what they mean`() async throws {
        try await withHall { directory in
            let lines = SpokenLines()
            let say: @Sendable () async -> Void = {
                // 9 and then 7, as KEY_9 and KEY_7.
                await lines.say(Self.typed([10]), on: "/dev/input/event7")
                try? await Task.sleep(for: .seconds(1))
                await lines.say(Self.typed([8]), on: "/dev/input/event7")
            }
            let error = await #expect(throws: GatewayError.self, "no level is guessed") {
                try await learn(self.request(directory), on: [], through: lines, plugged: [keyboard], saying: say)
            }
            #expect(error?.code == "learn.keys-needed")
            var guided = self.request(directory)
            guided.keys = [.verySatisfied, .dissatisfied]
            let outcome = try await learn(guided, on: [], through: lines, plugged: [keyboard], saying: say)
            let device = try accepted(outcome, directory)
            let made = levels(device, [Self.typed([10]), Self.typed([8]), Self.typed([2])])
            #expect(Set(made) == [.verySatisfied, .dissatisfied] && made.count == 2)
        }
    }

    @Test func `a HID pad whose keys are pressed from the best level on`() async throws {
        try await withHall { directory in
            let lines = SpokenLines()
            let pad = DiscoveredDevice(
                node: "/dev/hidraw4", kind: .hidraw, vendor: 0x1209, product: 1, serial: "HID0001", interface: "00",
                portPath: "pci-0000:00:14.0-usb-0:4:1.0", usagePage: 0xFF00)
            var request = self.request(directory)
            request.keys = [.verySatisfied, .satisfied, .dissatisfied]
            let outcome = try await learn(request, on: [pad], through: lines) {
                for value: UInt8 in [0x10, 0x20, 0x40] {
                    await lines.say([2, 0, value, 0, 0, 0, 0, 0], on: "/dev/hidraw4")
                    await lines.say([2, 0, 0, 0, 0, 0, 0, 0], on: "/dev/hidraw4")
                }
            }
            let device = try accepted(outcome, directory)
            #expect(device.line.kind == .hidraw && device.line.match == DeviceMatch(serial: "HID0001"))
            #expect(device.driver.name == "hid")
            let still: [UInt8] = [2, 0, 0, 0]
            #expect(
                levels(device, [[2, 0, 0x40, 0], still, [2, 0, 0x10, 0], still, [2, 0, 0x20, 0]])
                    == [.dissatisfied, .verySatisfied, .satisfied])
        }
    }

    @Test func `a pad behind a serial server given by its address`() async throws {
        try await withHall { directory in
            let lines = SpokenLines()
            var request = self.request(directory)
            request.addresses = ["192.0.2.7:4001"]
            let outcome = try await learn(request, on: [], through: lines) {
                await lines.say(Self.first, on: "192.0.2.7:4001")
            }
            let device = try accepted(outcome, directory)
            #expect(device.line == DeviceLine(path: "192.0.2.7:4001", baud: 9600, kind: .tcp))
            #expect(device.addresses == [1: WindowID("W1")])
        }
    }
}

/// The transports that ship, on a loop that the test ends.
private struct DeviceLoopForTests {
    private let loop: DeviceLoop
    let transport: any DeviceTransport

    init() throws {
        loop = try DeviceLoop()
        transport = LineTransports(loop: loop)
    }

    func stop() async { await loop.shutdown() }
}

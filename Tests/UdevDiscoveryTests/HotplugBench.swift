// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import DeviceSupervision
import Glibc
import HallgateTesting
import Logging
import NativePad
import RatingModel
import SerialTransport
import Synchronization
import SystemClock
import Testing
import VirtualPads

@testable import UdevDiscovery

/// Keeps what was recorded, each press once, as the journal does.
final class Ledger: PressReceiver {
    private struct State {
        var windows: [PressKey: WindowID?] = [:]
        var repeats = 0
    }

    private let state = Mutex(State())

    func receive(_ press: CapturedPress, from source: PressSource) async -> PressDisposition {
        state.withLock { state in
            if state.windows[press.key] != nil {
                state.repeats += 1
            } else {
                state.windows[press.key] = .some(source.window)
            }
        }
        return .recorded
    }

    func receive(_ key: StaffKey, from source: PressSource) async {}
    func receive(_ code: ScannedCode, from source: PressSource) async {}
    func greeting(for source: PressSource) async -> [DeviceCommand] { [] }

    /// How many different presses there are.
    var count: Int { state.withLock { $0.windows.count } }
    /// How often a press came again after its thanks was lost.
    var repeats: Int { state.withLock { $0.repeats } }

    /// The windows that a pad's presses were recorded for, in the order of its log; `nil` is no window.
    func windows(ofPad pad: DeviceID) -> [WindowID?] {
        state.withLock { state in
            state.windows.filter { $0.key.device == pad }.sorted { $0.key.sequence < $1.key.sequence }.map(\.value)
        }
    }

    /// The sequence numbers of a pad's presses, in order.
    func sequences(ofPad pad: DeviceID) -> [UInt64] {
        state.withLock { $0.windows.keys.filter { $0.device == pad }.map(\.sequence).sorted() }
    }
}

/// What the pads noticed of themselves.
final class PadNotebook: Sendable {
    private let figures = Mutex<[Int: (pressed: Int, acknowledged: Int)]>([:])

    func take(_ pad: Int, _ notice: PadNotice) {
        figures.withLock { figures in
            switch notice {
            case .pressed: figures[pad, default: (0, 0)].pressed += 1
            case .acknowledged: figures[pad, default: (0, 0)].acknowledged += 1
            default: break
            }
        }
    }

    func pressed(_ pad: Int) -> Int { figures.withLock { $0[pad]?.pressed ?? 0 } }
    func acknowledged(_ pad: Int) -> Int { figures.withLock { $0[pad]?.acknowledged ?? 0 } }
}

/// Opens the testbed's nodes by their real paths.
///
/// umockdev redirects `/dev/…` by itself, but answers a terminal's ioctls with ENOTTY on what it opened, and the
/// terminals behind the nodes are real. Everything else is the transport that ships.
struct TestbedTransport: DeviceTransport {
    let serial: SerialTransport
    let root: String

    func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        try await serial.open(DeviceLine(path: root + line.path, baud: line.baud, kind: line.kind), driver: driver)
    }
}

/// Real pads behind real terminals, whose adapters umockdev plugs in and pulls out, under the real supervision.
final class HotplugBench {
    let bed: Testbed
    let discovery: UdevDiscovery
    let ledger = Ledger()
    let notebook = PadNotebook()
    let supervision: DeviceSupervision
    private let loop: DeviceLoop
    private let rack: PadRack
    private let links: [String]

    init(pads: Int) async throws {
        bed = try Testbed()
        let root = bed.root
        links = (0..<pads).map { root + "/pads/\($0)" }
        let settings = links.enumerated().map { index, link in
            PadSettings(
                id: UInt64(index + 1), link: link, memoryPath: link + ".memory", newLog: UInt64(index + 100),
                capacity: 64)
        }
        rack = try PadRack(pads: settings, seed: 1, onNotice: { [notebook] in notebook.take($0, $1) })
        loop = try DeviceLoop()
        supervision = DeviceSupervision(
            transport: TestbedTransport(serial: SerialTransport(loop: loop), root: root), receiver: ledger,
            clock: SystemClock(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        discovery = try UdevDiscovery()
        bed.listener = discovery.thread.monitorDescriptor
        for pad in links.indices { try await cut(pad) }
    }

    deinit {
        rack.stop()
        for link in links { unlink(link + ".memory") }
    }

    /// Runs the supervision of the assignments, fed by udev, around `body`.
    func run(_ matches: [(match: DeviceMatch, window: String)], _ body: () async throws -> Void) async throws {
        let (supervision, discovery) = (supervision, discovery)
        async let running: Void = supervision.run()
        async let feeding: Void = Self.feed(discovery, to: supervision)
        await supervision.apply(
            matches.map { match, window in
                DeviceAssignment(
                    line: DeviceLine(match: match, baud: 115_200, kind: .serial), window: WindowID(window),
                    driverName: NativePadDriver.name, makeDriver: { NativePadDriver() })
            })
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        discovery.stop()
        supervision.stop()
        await running
        await feeding
        #expect(await loop.openLines == 0)
        try result.get()
    }

    private static func feed(_ discovery: UdevDiscovery, to supervision: DeviceSupervision) async {
        for await event in discovery.events { await supervision.take(event) }
    }

    /// What a pad's presses are recorded under.
    func name(ofPad pad: Int) -> DeviceID {
        let digits = String(pad + 1, radix: 16)
        return DeviceID("native-" + String(repeating: "0", count: 16 - digits.count) + digits)
    }

    /// Gives a pad power and line, behind an adapter that gets the node.
    func plug(_ adapter: MockAdapter, node: String, pad: Int) async throws {
        rack.plugIn(pad: pad)
        try #require(await eventually { access(links[pad], F_OK) == 0 })
        var name = [CChar](repeating: 0, count: 128)
        let length = readlink(links[pad], &name, name.count - 1)
        let terminal = String(decoding: name.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        try await bed.plug(adapter, node: node, terminal: terminal)
    }

    /// Pulls a pad and its adapter out.
    func unplug(node: String, pad: Int) async throws {
        try await cut(pad)
        await bed.unplug(node: node)
    }

    private func cut(_ pad: Int) async throws {
        rack.unplug(pad: pad)
        try #require(await eventually { access(links[pad], F_OK) != 0 })
    }

    /// What the operator would see, for a test that failed.
    var picture: String {
        get async {
            "\(await supervision.statuses()) \(await supervision.troubles()) \(await supervision.unassigned())"
        }
    }

    /// A citizen presses a key.
    func press(pad: Int) { rack.press(pad: pad, key: 1, level: 5) }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Glibc
import HallgateTesting
import RatingModel
import SerialTransport
import Synchronization
import Testing

@testable import DeviceLoop

/// A driver for tests: `P` and four bytes of sequence are a press, `I` says who it is, `_` is nothing, any other is garbage.
///
/// A recorded press is answered with `A` and its sequence, a prompt with `Q`; a timer that runs out sends `T`.
struct ByteDriver: DeviceDriver {
    static let name = "bytes"
    let capabilities = DeviceCapabilities(thanks: .afterCommit, keepsLog: true, prompts: true)

    /// What the driver does when the line is opened.
    var onOpen: [DriverAction] = []
    /// Called with every event, on whatever thread it comes.
    var probe: (@Sendable (DriverEvent) -> Void)?
    private var partial: [UInt8] = []

    init(onOpen: [DriverAction] = [], probe: (@Sendable (DriverEvent) -> Void)? = nil) {
        self.onOpen = onOpen
        self.probe = probe
    }

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        probe?(event)
        switch event {
        case .opened: return onOpen
        case .received(let bytes): return bytes.flatMap { take($0) }
        case .timer: return [.send([UInt8(ascii: "T")])]
        case .recorded(let key):
            return [.send([UInt8(ascii: "A")] + Self.bytes(UInt32(truncatingIfNeeded: key.sequence)))]
        case .refused: return [.send([UInt8(ascii: "N")])]
        case .command(.prompt, _): return [.send([UInt8(ascii: "Q")])]
        case .command(.pause, _): return [.close(reason: "told to")]
        case .command: return []
        }
    }

    private mutating func take(_ byte: UInt8) -> [DriverAction] {
        if !partial.isEmpty {
            partial.append(byte)
            guard partial.count == 5 else { return [] }
            defer { partial = [] }
            return [.press(Self.press(partial[1...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }))]
        }
        switch byte {
        case UInt8(ascii: "P"):
            partial = [byte]
            return []
        case UInt8(ascii: "I"):
            return [.identified(DeviceIdentity(device: DeviceID("bytes"), log: 7, model: "test", firmware: "1"))]
        case UInt8(ascii: "_"): return []
        default: return [.observed(.garbage(bytes: 1))]
        }
    }

    /// The bytes with which a pad reports a press.
    static func report(_ sequence: UInt32) -> [UInt8] { [UInt8(ascii: "P")] + bytes(sequence) }

    /// Bytes that mean nothing.
    static func padding(_ count: Int) -> [UInt8] { [UInt8](repeating: UInt8(ascii: "_"), count: count) }

    /// The press those bytes stand for.
    static func press(_ sequence: UInt32) -> CapturedPress {
        CapturedPress(
            key: PressKey(device: DeviceID("bytes"), log: 7, sequence: UInt64(sequence)),
            outcome: .rated(.satisfied, key: 2, label: "满意"), prompt: nil, age: nil, lifetimeCount: nil, driver: name,
            rawFrame: report(sequence))
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}

/// Tests on real lines run one after another, because some count what the whole process holds.
@Suite(.serialized) enum Live {}

/// A directory of its own for one test, removed when it is let go.
final class ScratchDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/hallgate-loop-XXXXXX".utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        for name in (try? names(in: path)) ?? [] where name != "." && name != ".." { unlink(path + "/" + name) }
        rmdir(path)
    }
}

/// The names in a directory, `.` and `..` among them.
func names(in path: String) throws -> [String] {
    let directory = try #require(opendir(path))
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        names.append(
            withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            })
    }
    return names
}

/// How many descriptors this process holds.
func openDescriptors() throws -> Int { try names(in: "/proc/self/fd").count }

/// Repeats something and expects that it leaves no descriptor behind.
///
/// Tests of other targets run in the same process, so the count moves by itself; a leak in each of many cycles moves
/// it by far more.
func expectNoLeak(cycles: Int, _ body: (Int) async throws -> Void) async throws {
    let before = try openDescriptors()
    for cycle in 1...cycles { try await body(cycle) }
    #expect(try await eventually { try openDescriptors() < before + cycles / 2 }, "descriptors were leaked")
}

/// Waits, at most `limit`, until the condition holds; answers whether it does.
func eventually(_ limit: Duration = .seconds(30), _ condition: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while try await !condition() {
        if ContinuousClock.now > deadline { return false }
        try? await Task.sleep(for: .milliseconds(1))
    }
    return true
}

/// A pad on a pseudo-terminal, the loop, and the transport between them.
struct Bench {
    let directory: ScratchDirectory
    let loop: DeviceLoop
    let transport: SerialTransport
    let pad: PseudoTerminal

    init() throws {
        directory = try ScratchDirectory()
        loop = try DeviceLoop()
        transport = SerialTransport(loop: loop)
        pad = try PseudoTerminal(link: directory.path + "/pad")
    }

    var line: DeviceLine { DeviceLine(path: pad.link, baud: 115_200) }

    func open(_ driver: ByteDriver = ByteDriver()) async throws -> LoopConnection {
        try #require(try await transport.open(line, driver: driver) as? LoopConnection)
    }
}

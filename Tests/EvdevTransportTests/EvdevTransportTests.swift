// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import Glibc
import RatingModel
import Synchronization
import Testing

@testable import EvdevTransport

/// Keeps what each read gave.
struct EventDriver: DeviceDriver {
    static let name = "events"
    let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false)
    let probe: @Sendable ([UInt8]) -> Void

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        if case .received(let bytes) = event { probe(bytes) }
        return []
    }
}

@Suite(.serialized, .timeLimit(.minutes(3))) struct EvdevTransportTests {
    private func line(_ path: String) -> DeviceLine { DeviceLine(path: path, baud: 9600, kind: .evdev) }

    /// A key of `struct input_event`: two 64-bit words of time, then type, code and value, little-endian.
    private func key(_ code: UInt8, isDown: Bool) -> [UInt8] {
        [UInt8](repeating: 0, count: 16) + [0x01, 0x00, code, 0x00, isDown ? 1 : 0, 0, 0, 0]
    }

    @Test func `a driver gets whole events`() async throws {
        let loop = try DeviceLoop()
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        let device = ends[1]
        defer { close(device) }
        let received = Mutex<[[UInt8]]>([])
        let connection = try await loop.attach(
            OwnedDescriptor(ends[0]), driver: EventDriver { bytes in received.withLock { $0.append(bytes) } })
        // The most that the kernel gives in a read of 512 bytes: 21 events.
        let full = (0..<21).flatMap { key(UInt8($0), isDown: true) }
        let reads = [key(3, isDown: true), full, key(3, isDown: false)]
        for bytes in reads { #expect(write(device, bytes, bytes.count) == bytes.count) }
        let deadline = ContinuousClock.now.advanced(by: .seconds(20))
        while received.withLock({ $0.count }) < 3, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(received.withLock { $0 } == reads)
        await connection.close()
    }

    @Test(arguments: ["/dev/null", "/", "/proc/self/status", "/dev/ptmx"])
    func `what is no input device is not opened`(path: String) async throws {
        let transport = EvdevTransport(loop: try DeviceLoop())
        let error = await #expect(throws: GatewayError.self) {
            try await transport.open(line(path), driver: EventDriver { _ in })
        }
        #expect(error?.code == "device.not-an-input")
        #expect(error?.hint.english.contains("/dev/input/") == true)
    }

    @Test func `a node that is not there is missing`() async throws {
        let transport = EvdevTransport(loop: try DeviceLoop())
        let error = await #expect(throws: GatewayError.self) {
            try await transport.open(line("/dev/input/event-none"), driver: EventDriver { _ in })
        }
        #expect(error?.code == "device.missing")
    }

    @Test func `a device that someone else has grabbed says how to find them`() {
        let error = EvdevNode.failure(line("/dev/input/event3"), EBUSY)
        #expect(error.code == "device.grabbed")
        #expect(error.hint.english.contains("fuser -v /dev/input/event3"))
        #expect(error.hint.chinese.contains("fuser -v /dev/input/event3"))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import Glibc
import RatingModel
import Synchronization
import Testing

@testable import HIDTransport

/// Keeps every event apart, and answers each report with itself in as many reports as its first byte says.
struct ReportDriver: DeviceDriver {
    static let name = "reports"
    let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false)
    let probe: @Sendable ([UInt8]) -> Void

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        guard case .received(let bytes) = event else { return [] }
        probe(bytes)
        return (0..<(bytes.first ?? 0)).map { .send([$0] + bytes) }
    }
}

/// Two ends of a socket that keeps the boundaries of what is written, as a HID node does.
func packetPair() throws -> (OwnedDescriptorBox, Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
    return (OwnedDescriptorBox(ends[0]), ends[1])
}

/// Hands one descriptor over.
struct OwnedDescriptorBox {
    let number: Int32
    init(_ number: Int32) { self.number = number }
    var taken: OwnedDescriptor { OwnedDescriptor(number) }
}

/// Writes a packet; answers whether it went whole.
@discardableResult
func put(_ packet: [UInt8], to descriptor: Int32) -> Bool { write(descriptor, packet, packet.count) == packet.count }

/// Reads a packet within a time; `nil` where none comes, empty where the far side is closed.
func packet(from descriptor: Int32, within milliseconds: Int32 = 20_000) -> [UInt8]? {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, milliseconds) > 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = read(descriptor, &bytes, bytes.count)
    return count >= 0 ? Array(bytes[..<count]) : []
}

/// Waits, at most 20 seconds, until the condition holds; answers whether it does.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now.advanced(by: .seconds(20))
    while try await !condition() {
        if ContinuousClock.now > deadline { return false }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return true
}

@Suite(.serialized, .timeLimit(.minutes(3))) struct HIDTransportTests {
    private let line = DeviceLine(path: "/dev/hidraw0", baud: 9600, kind: .hidraw)

    @Test func `reports keep their boundaries both ways`() async throws {
        let loop = try DeviceLoop()
        let (node, device) = try packetPair()
        defer { close(device) }
        let received = Mutex<[[UInt8]]>([])
        let writer = try ReportWriter.start(on: node.number, of: line)
        let connection = try await loop.attach(
            node.taken, reports: writer, driver: ReportDriver { bytes in received.withLock { $0.append(bytes) } })
        // Three reports that lie there together are still three.
        let reports: [[UInt8]] = [[3, 0xAA], [0, 1, 2, 3, 4, 5, 6], [1] + [UInt8](repeating: 0x55, count: 63)]
        for report in reports { #expect(put(report, to: device)) }
        #expect(await eventually { received.withLock { $0.count } == 3 })
        #expect(received.withLock { $0 } == reports)
        for expected in [[0, 3, 0xAA], [1, 3, 0xAA], [2, 3, 0xAA], [0] + reports[2]] {
            #expect(packet(from: device) == expected)
        }
        await connection.close()
    }

    @Test func `what was sent is written before the line is closed`() async throws {
        let loop = try DeviceLoop()
        let (node, device) = try packetPair()
        defer { close(device) }
        let writer = try ReportWriter.start(on: node.number, of: line)
        let connection = try await loop.attach(node.taken, reports: writer, driver: ReportDriver { _ in })
        #expect(put([200, 9], to: device))
        #expect(packet(from: device) == [0, 200, 9])
        await connection.close()
        for number in UInt8(1)..<200 { #expect(packet(from: device) == [number, 200, 9]) }
        #expect(packet(from: device) == [], "then both descriptors are closed")
    }

    @Test func `a device that takes no reports ends its own line alone`() async throws {
        let loop = try DeviceLoop()
        let (node, device) = try packetPair()
        defer { close(device) }
        let writer = try ReportWriter.start(on: node.number, of: line)
        let connection = try await loop.attach(node.taken, reports: writer, driver: ReportDriver { _ in })
        let other = try packetPair()
        defer { close(other.1) }
        let otherConnection = try await loop.attach(
            other.0.taken, reports: try ReportWriter.start(on: other.0.number, of: line),
            driver: ReportDriver { _ in })
        let isDone = Mutex(false)
        async let reason = Self.end(of: connection, isDone)
        // Nobody reads the device's end: its queue fills, then the writer's, and the loop goes on.
        #expect(
            await eventually {
                put([255] + [UInt8](repeating: 1, count: 60), to: device)
                return isDone.withLock { $0 }
            })
        #expect(await reason == "the device takes no reports")
        #expect(put([1, 7], to: other.1))
        #expect(packet(from: other.1) == [0, 1, 7])
        await otherConnection.close()
    }

    private static func end(of connection: LoopConnection, _ isDone: borrowing Mutex<Bool>) async -> String? {
        for await case .closed(let reason) in connection.outputs {
            isDone.withLock { $0 = true }
            return reason
        }
        return nil
    }

    @Test func `a pulled plug ends the line and frees its descriptors`() async throws {
        let loop = try DeviceLoop()
        let before = try descriptors()
        for _ in 0..<100 {
            let (node, device) = try packetPair()
            let writer = try ReportWriter.start(on: node.number, of: line)
            let connection = try await loop.attach(node.taken, reports: writer, driver: ReportDriver { _ in })
            close(device)
            for await output in connection.outputs { #expect(output == .closed(reason: "hang-up")) }
        }
        #expect(try await eventually { try descriptors() < before + 50 })
    }

    private func descriptors() throws -> Int {
        let directory = try #require(opendir("/proc/self/fd"))
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        return count
    }

    @Test(arguments: ["/dev/null", "/", "/proc/self/status", "/dev/ptmx"])
    func `what is no HID node is not opened`(path: String) async throws {
        let transport = HIDTransport(loop: try DeviceLoop())
        let error = await #expect(throws: GatewayError.self) {
            try await transport.open(
                DeviceLine(path: path, baud: 9600, kind: .hidraw), driver: ReportDriver { _ in })
        }
        #expect(error?.code == "device.not-a-hid")
        #expect(error?.hint.english.contains("/dev/hidraw") == true)
    }

    @Test func `a node that is not there is missing`() async throws {
        let transport = HIDTransport(loop: try DeviceLoop())
        let error = await #expect(throws: GatewayError.self) {
            try await transport.open(
                DeviceLine(path: "/dev/hidraw-none", baud: 9600, kind: .hidraw), driver: ReportDriver { _ in })
        }
        #expect(error?.code == "device.missing")
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import Glibc
import Logging
import RatingModel
import Synchronization
import Testing

@testable import RelayTransport

/// Pads that connect in, and the lines they are given.
@Suite(.timeLimit(.minutes(1))) struct RelayTransportTests {
    private static let line = DeviceLine(path: "pad-1", baud: 0, kind: .web)
    private let time = Time()
    private let exchange: PadExchange
    private let loop: DeviceLoop
    private let transport: RelayTransport

    init() throws {
        exchange = PadExchange(logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })) {
            [time] in time.now
        }
        exchange.expect([ExpectedPad(name: "pad-1") { $0 == "key-1" }, ExpectedPad(name: "pad-2") { $0 == "key-2" }])
        loop = try DeviceLoop()
        transport = RelayTransport(loop: loop, exchange: exchange)
    }

    private func admit(_ address: String = "192.0.2.7") async throws -> (connection: UInt64, far: FarEnd) {
        let (connection, descriptor) = try await exchange.admit("pad-1", key: "key-1", address: address)
        return (connection, FarEnd(descriptor))
    }

    @Test func `a line is missing until its pad has connected in`() async throws {
        let error = await #expect(throws: GatewayError.self) {
            try await transport.open(Self.line, driver: EchoDriver())
        }
        #expect(error?.code == "device.missing")
        let (_, far) = try await admit()
        let connection = try await transport.open(Self.line, driver: EchoDriver())
        #expect(await far.read(1) == [0x4F], "the driver began")
        far.write([1, 2, 3])
        #expect(await far.read(3) == [1, 2, 3])
        #expect(await connection.traffic().records.count == 3)
        // It is given to one line only.
        await #expect(throws: GatewayError.self) { try await transport.open(Self.line, driver: EchoDriver()) }
    }

    @Test(arguments: [("pad-1", "key-2"), ("pad-2", "key-1"), ("pad-3", "key-1"), ("", ""), ("pad-1", "")])
    func `a pad without its key is not let in`(_ name: String, _ key: String) async throws {
        let error = await #expect(throws: GatewayError.self) {
            try await exchange.admit(name, key: key, address: "192.0.2.7")
        }
        #expect(error?.code == "web.unknown-pad")
    }

    @Test func `a pad that the configuration has no more is not let in`() async throws {
        exchange.expect([])
        await #expect(throws: GatewayError.self) { try await admit() }
    }

    @Test func `what a pad sent before its line was opened, and before it went, is read`() async throws {
        let (connection, far) = try await admit()
        far.write([7, 8])
        let line = try await transport.open(Self.line, driver: EchoDriver())
        #expect(await far.read(3) == [0x4F, 7, 8])
        far.write([9])
        exchange.gone(connection)
        far.close()
        var (read, reason) = (0, "")
        for await output in line.outputs {
            if case .observed(.garbage(let bytes)) = output { read += bytes }
            if case .closed(let why) = output { reason = why }
        }
        #expect(read == 3 && !reason.isEmpty)
        #expect(await loop.openLines == 0)
    }

    @Test func `a pad that went before its line was opened is not opened`() async throws {
        let (connection, far) = try await admit()
        exchange.gone(connection)
        #expect(await far.isEnded)
        await #expect(throws: GatewayError.self) { try await transport.open(Self.line, driver: EchoDriver()) }
    }

    @Test func `the newest pad of a name takes the place of the one before`() async throws {
        let (first, firstFar) = try await admit()
        let line = try await transport.open(Self.line, driver: EchoDriver())
        let (second, secondFar) = try await admit("192.0.2.8")
        #expect(await firstFar.isEnded)
        #expect(exchange.endReason(of: first) == "replaced")
        #expect(exchange.endReason(of: second) == "closed")
        var outputs = line.outputs.makeAsyncIterator()
        #expect(await outputs.next() == .closed(reason: "closed by the gateway"))
        // The end of the first says nothing of the second.
        exchange.gone(first)
        _ = try await transport.open(Self.line, driver: EchoDriver())
        #expect(await secondFar.read(1) == [0x4F])
        // One that waits is replaced as well.
        let (_, third) = try await admit()
        let (_, fourth) = try await admit()
        #expect(await third.isEnded)
        _ = try await transport.open(Self.line, driver: EchoDriver())
        #expect(await fourth.read(1) == [0x4F])
    }

    @Test func `two pads of one name are seen, and one that comes back is not`() async throws {
        var ends: [FarEnd] = []
        for round in 0..<4 {
            #expect(exchange.contested.isEmpty)
            ends.append(try await admit("192.0.2.\(round % 2)").far)
            time.pass(.seconds(61))
        }
        for round in 0..<4 {
            time.pass(.seconds(5))
            ends.append(try await admit("192.0.2.\(round % 2)").far)
        }
        #expect(exchange.contested.map(\.name) == ["pad-1"])
        #expect(exchange.contested.first?.addresses == ["192.0.2.0", "192.0.2.1"])
        time.pass(.seconds(301))
        #expect(exchange.contested.isEmpty)
    }

    @Test func `refusals are told at most once in ten seconds, with their number`() {
        var count = RefusalCount()
        let start = ContinuousClock.now
        #expect(count.note(at: start) == 1)
        for _ in 0..<99 { #expect(count.note(at: start.advanced(by: .seconds(9))) == nil) }
        #expect(count.note(at: start.advanced(by: .seconds(10))) == 100)
    }

    @Test func `pads that come and go leave no line open`() async throws {
        var earlier: FarEnd?
        for round in 0..<300 {
            let (connection, far) = try await admit()
            // Whoever did not say that it went is replaced.
            if let earlier { #expect(await earlier.isEnded, "round \(round)") }
            if round % 3 == 0 { _ = try await transport.open(Self.line, driver: EchoDriver()) }
            if round % 5 == 0 { exchange.gone(connection) }
            if round % 7 == 0 { far.close() }
            earlier = round % 5 == 0 || round % 7 == 0 ? nil : far
        }
        let (last, far) = try await admit()
        exchange.gone(last)
        #expect(await far.isEnded)
        var open = await loop.openLines
        for _ in 0..<500 where open > 0 {
            try await Task.sleep(for: .milliseconds(10))
            open = await loop.openLines
        }
        #expect(open == 0)
    }
}

/// A clock that a test moves.
private final class Time: Sendable {
    private let moment = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { moment.withLock { $0 } }
    func pass(_ duration: Duration) { moment.withLock { $0 = $0.advanced(by: duration) } }
}

/// The relay's end of a line.
private final class FarEnd: Sendable {
    private let descriptor: Mutex<Int32>

    init(_ number: Int32) { descriptor = Mutex(number) }
    deinit { close() }

    func close() {
        let number = descriptor.withLock { number in
            defer { number = -1 }
            return number
        }
        if number >= 0 { Glibc.close(number) }
    }

    func write(_ bytes: [UInt8]) {
        _ = descriptor.withLock { Glibc.send($0, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
    }

    /// Reads so many bytes; fewer where the line ended or five seconds went by.
    func read(_ count: Int) async -> [UInt8] {
        var bytes: [UInt8] = []
        let end = ContinuousClock.now + .seconds(5)
        while bytes.count < count, ContinuousClock.now < end {
            var byte: UInt8 = 0
            let got = descriptor.withLock { recv($0, &byte, 1, Int32(MSG_DONTWAIT)) }
            if got == 1 { bytes.append(byte) }
            if got == 0 { break }
            if got < 0 { try? await Task.sleep(for: .milliseconds(2)) }
        }
        return bytes
    }

    /// Whether the gateway's end is closed, once what is left was read.
    var isEnded: Bool {
        get async {
            let end = ContinuousClock.now + .seconds(5)
            while ContinuousClock.now < end {
                var byte: UInt8 = 0
                let got = descriptor.withLock { recv($0, &byte, 1, Int32(MSG_DONTWAIT)) }
                if got == 0 || (got < 0 && errno == ECONNRESET) { return true }
                if got < 0 { try? await Task.sleep(for: .milliseconds(2)) }
            }
            return false
        }
    }
}

/// Sends back what it receives, and counts it.
private struct EchoDriver: DeviceDriver {
    static let name = "echo"
    let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false)

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened: [.send([0x4F])]
        case .received(let bytes): [.send(bytes), .observed(.garbage(bytes: bytes.count))]
        default: []
        }
    }
}

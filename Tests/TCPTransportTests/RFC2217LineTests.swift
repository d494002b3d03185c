// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing

@testable import TCPTransport

/// A driver that sends back what it is told and keeps what it heard.
struct EchoDriver: DeviceDriver {
    static let name = "echo"
    let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: true)

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened(let nonce):
            [.send([0x4F, UInt8(truncatingIfNeeded: nonce)]), .setTimer(.answer, after: .seconds(9))]
        case .received(let bytes): [.send(bytes)]
        case .timer: [.send([0x54])]
        case .recorded, .refused: []
        case .command(.identify, _): [.send([0x49, 0xFF])]
        case .command: [.close(reason: "told to")]
        }
    }
}

@Suite struct RFC2217LineTests {
    private let now = MonotonicInstant(nanoseconds: 0)

    /// The server's answers to the settings.
    private static func confirmation(baud: [UInt8] = [0x00, 0x01, 0xC2, 0x00]) -> [UInt8] {
        [0xFF, 0xFA, 0x2C, 0x65] + baud + [0xFF, 0xF0]  // SET-BAUDRATE
            + [0xFF, 0xFA, 0x2C, 0x66, 0x08, 0xFF, 0xF0]  // SET-DATASIZE
            + [0xFF, 0xFA, 0x2C, 0x67, 0x01, 0xFF, 0xF0]  // SET-PARITY
            + [0xFF, 0xFA, 0x2C, 0x68, 0x01, 0xFF, 0xF0]  // SET-STOPSIZE
    }

    private static let agreement: [UInt8] = [0xFF, 0xFD, 0x2C, 0xFF, 0xFD, 0x00, 0xFF, 0xFB, 0x00, 0xFF, 0xFB, 0x03]

    private func opened() -> RFC2217Line {
        var line = RFC2217Line(EchoDriver(), baud: 115_200)
        _ = line.handle(.opened(nonce: 7), at: now)
        _ = line.handle(.received(Self.agreement + Self.confirmation()), at: now)
        return line
    }

    @Test func `the driver begins once every setting is confirmed`() {
        var line = RFC2217Line(EchoDriver(), baud: 115_200)
        #expect(
            line.handle(.opened(nonce: 7), at: now)
                == [.send(TelnetOptions.opening), .setTimer(.answer, after: RFC2217Line.patience)])
        let settings = (ComPort.required(baud: 115_200) + ComPort.wished).flatMap {
            ComPort.encoded($0.command, $0.value)
        }
        #expect(line.handle(.received(Self.agreement), at: now) == [.send(settings)])
        let confirmation = Self.confirmation()
        #expect(line.handle(.received(Array(confirmation.dropLast())), at: now).isEmpty)
        #expect(
            line.handle(.received([0xF0]), at: now) == [
                .cancelTimer(.answer), .send([0x4F, 7]), .setTimer(.answer, after: .seconds(9)),
            ])
        #expect(line.phase == .open)
    }

    @Test func `split anywhere the conversation is the same`() {
        let stream = Self.agreement + Self.confirmation() + [0x41, 0xFF, 0xFF]
        var sent: Set<[UInt8]> = []
        for place in 0...stream.count {
            var line = RFC2217Line(EchoDriver(), baud: 115_200)
            _ = line.handle(.opened(nonce: 7), at: now)
            let actions =
                line.handle(.received(Array(stream[..<place])), at: now)
                + line.handle(.received(Array(stream[place...])), at: now)
            sent.insert(
                actions.flatMap { action -> [UInt8] in if case .send(let bytes) = action { bytes } else { [] } })
        }
        #expect(sent.count == 1)
    }

    @Test func `every IAC is doubled on its way out and single on its way in`() {
        var line = opened()
        #expect(line.handle(.command(.identify), at: now) == [.send([0x49, 0xFF, 0xFF])])
        #expect(line.handle(.received([0x01, 0xFF, 0xFF, 0x02]), at: now) == [.send([0x01, 0xFF, 0xFF, 0x02])])
    }

    @Test func `what the line said before it was set is thrown away`() {
        var line = RFC2217Line(EchoDriver(), baud: 115_200)
        _ = line.handle(.opened(nonce: 7), at: now)
        #expect(line.handle(.received([0x50, 0x50]), at: now).isEmpty)
        #expect(line.handle(.command(.identify), at: now).isEmpty)
        let actions = line.handle(.received(Self.agreement + [0x50] + Self.confirmation() + [0x51]), at: now)
        #expect(actions.last == .send([0x51]))
        #expect(!actions.contains(.send([0x50])))
    }

    @Test func `a server without settings is left with a word on it`() {
        var line = RFC2217Line(EchoDriver(), baud: 115_200)
        _ = line.handle(.opened(nonce: 7), at: now)
        let actions = line.handle(.received([0xFF, 0xFE, 0x2C]), at: now)  // IAC DONT COM-PORT-OPTION
        #expect(actions.contains(.close(reason: "the server does not take settings (RFC 2217): use line: tcp")))
        #expect(line.handle(.received(Self.agreement + Self.confirmation()), at: now).isEmpty, "it is over")
    }

    @Test func `a server that says nothing is left in time`() {
        var line = RFC2217Line(EchoDriver(), baud: 115_200)
        _ = line.handle(.opened(nonce: 7), at: now)
        let actions = line.handle(.timer(.answer), at: now)
        #expect(
            actions.last == .close(reason: "the server does not answer as a Telnet server (RFC 2217): use line: tcp"))
        #expect(line.handle(.timer(.answer), at: now).isEmpty)
    }

    @Test func `half an answer names what is missing`() {
        var line = RFC2217Line(EchoDriver(), baud: 115_200)
        _ = line.handle(.opened(nonce: 7), at: now)
        _ = line.handle(.received(Self.agreement + Self.confirmation().prefix(17)), at: now)
        #expect(
            line.handle(.timer(.answer), at: now).last
                == .close(reason: "the server does not confirm parity, stop size"))
    }

    @Test func `a port that settled on something else is left with both values`() {
        for (bytes, reason) in [
            (Self.confirmation(baud: [0, 0, 0x25, 0x80]), "the server's port has speed 9600 instead of 115200"),
            ([0xFF, 0xFA, 0x2C, 0x66, 0x07, 0xFF, 0xF0], "the server's port has data size 7 instead of 8"),
            ([0xFF, 0xFA, 0x2C, 0x67, 0x02, 0xFF, 0xF0], "the server's port has parity 2 instead of 1"),
        ] {
            var line = RFC2217Line(EchoDriver(), baud: 115_200)
            _ = line.handle(.opened(nonce: 7), at: now)
            let actions = line.handle(.received(Self.agreement + bytes), at: now)
            #expect(actions.last == .close(reason: reason))
        }
    }

    @Test func `a speed within three percent will do`() {
        var line = RFC2217Line(EchoDriver(), baud: 115_200)
        _ = line.handle(.opened(nonce: 7), at: now)
        // 117647 = 0x0001CB8F, what a divider of 16 MHz makes of 115200
        _ = line.handle(.received(Self.agreement + Self.confirmation(baud: [0x00, 0x01, 0xCB, 0x8F])), at: now)
        #expect(line.phase == .open)
    }

    @Test func `silence that the server asks for is kept and then made up for`() {
        var line = opened()
        #expect(line.handle(.received([0xFF, 0xFA, 0x2C, 0x6C, 0xFF, 0xF0]), at: now).isEmpty)
        #expect(line.handle(.command(.identify), at: now).isEmpty)
        #expect(line.handle(.received([0x41]), at: now).isEmpty)
        #expect(
            line.handle(.received([0xFF, 0xFA, 0x2C, 0x6D, 0xFF, 0xF0]), at: now) == [.send([0x49, 0xFF, 0xFF, 0x41])])
        #expect(line.handle(.received([0x42]), at: now) == [.send([0x42])])
    }

    @Test func `silence for too long ends the line`() {
        var line = opened()
        _ = line.handle(.received([0xFF, 0xFA, 0x2C, 0x6C, 0xFF, 0xF0]), at: now)
        var last: [DriverAction] = []
        for _ in 0...(RFC2217Line.mostHeld / 64) where last.isEmpty {
            last = line.handle(.received([UInt8](repeating: 0x41, count: 64)), at: now)
        }
        #expect(last == [.close(reason: "the server has taken no bytes for too long")])
    }

    @Test func `everything else of the driver passes`() {
        var line = opened()
        #expect(line.capabilities == EchoDriver().capabilities)
        #expect(line.handle(.timer(.answer), at: now) == [.send([0x54])])
        #expect(line.handle(.command(.pause), at: now) == [.close(reason: "told to")])
        // NOTIFY-MODEMSTATE and an option offered late disturb nothing.
        #expect(line.handle(.received([0xFF, 0xFA, 0x2C, 0x6B, 0xB0, 0xFF, 0xF0]), at: now).isEmpty)
        #expect(line.handle(.received([0xFF, 0xFB, 0x01]), at: now) == [.send([0xFF, 0xFE, 0x01])])
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func `rubbish neither traps nor grows`(seed: UInt64) {
        var generator = SeedGenerator(seed: seed)
        var line = RFC2217Line(EchoDriver(), baud: 115_200)
        _ = line.handle(.opened(nonce: 1), at: now)
        for _ in 0..<3000 {
            let bytes = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                [0xFF, 0xFA, 0xF0, 0xFD, 0x2C, 0x65, 0x6C, 0x6D, 8, 1, UInt8.random(in: 0...255, using: &generator)]
                    .randomElement(using: &generator) ?? 0
            }
            var sent = 0
            for case .send(let bytes) in line.handle(.received(bytes), at: now) { sent += bytes.count }
            #expect(sent <= RFC2217Line.mostHeld + 4 * bytes.count + 100)
        }
    }
}

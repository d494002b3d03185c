// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import Testing

/// Messages there and back, and what is no message.
@Suite struct MessageTests {
    static let hostMessages: [HostMessage] = [
        .ask(versions: VersionRange(1, 255), nonce: .max), .welcome(version: 0), .welcome(version: 1),
        .acknowledge(log: 1, sequence: .max), .refuse(log: .max, sequence: 1), .prompt(number: 1, milliseconds: 1000),
        .prompt(number: .max, milliseconds: 600_000), .cancelPrompt(number: 256), .pause, .resume,
        .time(millisecondsSinceEpoch: 0), .time(millisecondsSinceEpoch: .max), .keepAlive, .identify,
    ]
    static let padMessages: [PadMessage] = [
        .hello(hello(model: [], firmware: [])),
        .hello(hello(model: Array(repeating: 0, count: 32), firmware: Array(repeating: 255, count: 32))),
        .press(press(.rated, level: 5, key: 255)), .press(press(.timedOut, level: 0, key: 0)),
        .press(press(.cancelled, level: 0, key: 0)), .prompting(number: 0, isShowing: false),
        .prompting(number: .max, isShowing: true), .idle,
        .health(PadHealth(isPaused: true, isLogFull: true, waiting: .max, lifetimeCount: .max, uptimeSeconds: .max)),
    ]

    static func hello(model: [UInt8], firmware: [UInt8], log: UInt64 = 1, versions: VersionRange = .spoken) -> Hello {
        Hello(
            versions: versions, conformance: 1, keys: 5, padID: 0, log: log, nonce: 0, model: model, firmware: firmware)
    }

    static func press(
        _ result: PressResult, level: UInt8, key: UInt8, log: UInt64 = 1, sequence: UInt32 = 1
    ) -> PressReport {
        PressReport(
            log: log, sequence: sequence, lifetimeCount: 0, ageMilliseconds: .max, prompt: 0, result: result,
            level: level, key: key)
    }

    @Test(arguments: hostMessages) func `what the gateway says comes back as it was`(_ message: HostMessage) throws {
        let frame = message.encoded(to: 126)
        #expect(try hostMessage(frame) == message)
        #expect(frame.count <= 21 && !frame.dropFirst().dropLast().contains(0))
    }

    @Test(arguments: padMessages) func `what a pad says comes back as it was`(_ message: PadMessage) throws {
        let frame = message.encoded(from: 126)
        #expect(try padMessage(frame) == message)
        #expect(frame.count <= 103 && !frame.dropFirst().dropLast().contains(0))
    }

    @Test func `a text longer than the limit is cut`() throws {
        let long = MessageTests.hello(model: Array(repeating: 65, count: 300), firmware: [66])
        let cut = MessageTests.hello(model: Array(repeating: 65, count: 32), firmware: [66])
        #expect(try padMessage(PadMessage.hello(long).encoded()) == .hello(cut))
    }

    @Test func `each end passes over what the other says and what it does not know`() {
        #expect(throws: MessageError.unknownType(0x03)) {
            try padMessage(HostMessage.acknowledge(log: 1, sequence: 1).encoded())
        }
        #expect(throws: MessageError.unknownType(0x85)) { try hostMessage(PadMessage.idle.encoded()) }
        let reserved = hex("00 01 07 10 01 F8 D1 CA AD 00")
        #expect(throws: MessageError.unknownType(0x10)) { try hostMessage(reserved) }
        #expect(throws: MessageError.unknownType(0x10)) { try padMessage(reserved) }
    }

    @Test(arguments: [
        press(.rated, level: 0, key: 1), press(.rated, level: 6, key: 1), press(.rated, level: 1, key: 0),
        press(.timedOut, level: 1, key: 0), press(.cancelled, level: 0, key: 1),
        press(.rated, level: 1, key: 1, log: 0), press(.rated, level: 1, key: 1, sequence: 0),
    ]) func `a press out of range is no press`(_ press: PressReport) {
        #expect(throws: MessageError.badFields(type: 0x82)) { try padMessage(PadMessage.press(press).encoded()) }
    }

    @Test func `fields out of range are no message`() {
        let bad: [HostMessage] = [
            .prompt(number: 0, milliseconds: 1000), .prompt(number: 1, milliseconds: 999),
            .prompt(number: 1, milliseconds: 600_001), .cancelPrompt(number: 0),
            .ask(versions: VersionRange(0, 1), nonce: 1), .ask(versions: VersionRange(2, 1), nonce: 1),
        ]
        for message in bad {
            #expect(throws: MessageError.self, "\(message)") { try hostMessage(message.encoded()) }
        }
        let hellos = [
            MessageTests.hello(model: [], firmware: [], log: 0),
            MessageTests.hello(model: [], firmware: [], versions: VersionRange(0, 1)),
            MessageTests.hello(model: [], firmware: [], versions: VersionRange(3, 2)),
        ]
        for hello in hellos {
            #expect(throws: MessageError.badFields(type: 0x81)) { try padMessage(PadMessage.hello(hello).encoded()) }
        }
    }

    @Test func `a payload cut short is no message, and one with more bytes than known is`() throws {
        for message in MessageTests.padMessages + [] {
            let whole = decodedBody(message.encoded())
            for count in 2..<(whole.count - 4) {
                #expect(throws: MessageError.self) { try padMessage(reframe(Array(whole[..<count]))) }
            }
            let longer = Array(whole.dropLast(4)) + [1, 2, 3]
            #expect(try padMessage(reframe(longer)) == message)
        }
        for message in MessageTests.hostMessages {
            let whole = decodedBody(message.encoded())
            for count in 2..<(whole.count - 4) {
                #expect(throws: MessageError.self) { try hostMessage(reframe(Array(whole[..<count]))) }
            }
            #expect(try hostMessage(reframe(Array(whole.dropLast(4)) + [9])) == message)
        }
    }

    private func decodedBody(_ frame: [UInt8]) -> [UInt8] {
        if case .frame(let body)? = decode(frame).first { body } else { [] }
    }
}

/// Frames a body without its checksum, independently of the encoder.
func reframe(_ body: [UInt8]) -> [UInt8] {
    var checksum = CRC32C()
    for byte in body { checksum.update(byte) }
    let whole = body + (0..<4).map { UInt8(truncatingIfNeeded: checksum.value >> (8 * $0)) }
    var frame: [UInt8] = [0]
    for block in whole.split(separator: 0, omittingEmptySubsequences: false) {
        frame.append(UInt8(block.count + 1))
        frame += block
    }
    return frame + [0]
}

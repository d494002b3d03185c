// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import Testing

/// The decoder's promise: whatever came before, a whole frame is found, and memory stays one frame.
@Suite struct FrameDecoderTests {
    private static let stream =
        MessageTests.padMessages.flatMap { $0.encoded() } + MessageTests.hostMessages.flatMap { $0.encoded(to: 9) }
    private static let expected = decode(stream)

    @Test func `every message of the stream is found`() {
        let count = MessageTests.padMessages.count + MessageTests.hostMessages.count
        #expect(FrameDecoderTests.expected.count == count)
    }

    @Test func `the largest body is taken, a byte more is not`() {
        let largest = Array(repeating: UInt8(7), count: ProtocolLimits.bodyBytes - 4)
        #expect(reframe(largest).count == ProtocolLimits.frameBytes)
        guard case .frame? = decode(reframe(largest)).first else { return #expect(Bool(false)) }
        #expect(decode(reframe(largest + [7])).allSatisfy { if case .rejected = $0 { true } else { false } })
    }

    @Test func `bytes without an end are reported now and then, and then a frame is found`() {
        var decoder = FrameDecoder()
        let heard = decode(Array(repeating: 0xFF, count: 100_000), with: &decoder)
        #expect((100_000 / 256...100_000 / 250).contains(heard.count))
        #expect(heard.allSatisfy { if case .rejected(.tooLong, _) = $0 { true } else { false } })
        let found = decode(HostMessage.pause.encoded(), with: &decoder)
        #expect(found.last == decode(HostMessage.pause.encoded()).last)
    }

    @Test func `no frame that follows garbage is lost`() {
        for seed in UInt64(1)...2000 {
            var dice = Dice(state: seed)
            let garbage = (0..<Int.random(in: 0...300, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice)
            }
            let frame = MessageTests.padMessages[Int(seed) % MessageTests.padMessages.count].encoded(from: 3)
            #expect(decode(garbage + frame).last == decode(frame).last, "seed \(seed)")
        }
    }

    @Test func `a flipped bit costs at most the frame it is in`() {
        let first = PadMessage.press(MessageTests.press(.rated, level: 1, key: 1)).encoded()
        let second = HostMessage.acknowledge(log: 77, sequence: 3).encoded()
        for place in first.indices.dropLast() {
            for bit in 0..<8 {
                var bytes = first
                bytes[place] ^= 1 << bit
                let heard = decode(bytes + second)
                #expect(heard.last == decode(second).last, "bit \(bit) of byte \(place)")
                #expect(place == 0 || !heard.contains(decode(first)[0]), "bit \(bit) of byte \(place)")
            }
        }
    }

    @Test func `a million random bytes neither trap nor make a message`() {
        let seed: UInt64 = 20_260_101
        var dice = Dice(state: seed)
        var decoder = FrameDecoder()
        var frames = 0
        var passedOver = 0
        for _ in 0..<125_000 {
            var word = dice.next()
            for _ in 0..<8 {
                // Every eighth byte or so is a delimiter, so that many short candidates are tried.
                let byte = word & 0x700 == 0 ? 0 : UInt8(truncatingIfNeeded: word)
                word = word &>> 8 ^ word &<< 56
                switch decoder.push(byte) {
                case .pending: break
                case .frame:
                    frames += 1
                    _ = try? PadMessage(&decoder)
                    _ = try? HostMessage(&decoder)
                case .rejected(_, let bytes): passedOver += bytes
                }
            }
        }
        #expect(frames == 0, "seed \(seed)")
        #expect(passedOver > 800_000, "seed \(seed)")
    }

    @Test func `whole frames with random payloads neither trap nor get out of range`() throws {
        for seed in UInt64(1)...20_000 {
            var dice = Dice(state: seed)
            let type = [UInt8(seed % 13), UInt8(0x80 + seed % 7)][Int(seed / 13 % 2)]
            let payload = (0..<Int.random(in: 0...100, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice)
            }
            let frame = reframe([0, type] + payload)
            if case .press(let press)? = try? padMessage(frame) {
                #expect(press.level <= 5 && press.log != 0 && press.sequence != 0, "seed \(seed)")
            }
            if case .hello(let hello)? = try? padMessage(frame) {
                #expect(hello.model.count <= 32 && hello.firmware.count <= 32, "seed \(seed)")
            }
            if case .prompt(let number, let milliseconds)? = try? hostMessage(frame) {
                #expect(number != 0 && ProtocolLimits.promptMilliseconds.contains(milliseconds), "seed \(seed)")
            }
        }
    }
}

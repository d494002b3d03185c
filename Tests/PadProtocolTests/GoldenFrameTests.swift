// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import Testing

/// Frames byte by byte, as firmware-protocol.md section 4.2 has them on the line.
@Suite struct GoldenFrameTests {
    private static let log: UInt64 = 0x8877_6655_4433_2211

    @Test func `the checksum is CRC-32C`() {
        var checksum = CRC32C()
        for byte in "123456789".utf8 { checksum.update(byte) }
        #expect(checksum.value == 0xE306_9283)
    }

    @Test func `keep-alive`() throws {
        let golden = hex(
            """
            00             // begin
            01             // no byte before the first zero: the address is 0
            06             // five bytes, then the body ends
            0A             // type: keep-alive
            EA 5F 83 9A    // checksum of 00 0A
            00             // end
            """)
        #expect(HostMessage.keepAlive.encoded() == golden)
        #expect(try hostMessage(golden) == .keepAlive)
    }

    @Test func acknowledge() throws {
        let golden = hex(
            """
            00
            01                         // address 0
            0B                         // ten bytes to the next zero
            03                         // type: acknowledge
            11 22 33 44 55 66 77 88    // log, little-endian
            2A                         // sequence 42, lowest byte
            01 01 05                   // its three zero bytes; four bytes to the end
            37 B3 69 67                // checksum
            00
            """)
        let message = HostMessage.acknowledge(log: GoldenFrameTests.log, sequence: 42)
        #expect(message.encoded() == golden)
        #expect(try hostMessage(golden) == message)
    }

    @Test func press() throws {
        let golden = hex(
            """
            00
            01                         // address 0
            0B                         // ten bytes to the next zero
            82                         // type: press
            11 22 33 44 55 66 77 88    // log
            2A 01 01 03                // sequence 42
            12 04 01 02                // lifetime count 1042
            FA 01 01 02                // age 250 ms
            07 01 01 08                // prompt 7
            01                         // result: rated
            02                         // level 2, 满意
            02                         // key 2
            A3 B7 9B DC                // checksum
            00
            """)
        let report = PressReport(
            log: GoldenFrameTests.log, sequence: 42, lifetimeCount: 1042, ageMilliseconds: 250, prompt: 7,
            result: .rated, level: 2, key: 2)
        #expect(PadMessage.press(report).encoded() == golden)
        #expect(try padMessage(golden) == .press(report))
    }

    @Test func hello() throws {
        let golden = hex(
            """
            00
            01                                  // address 0
            07                                  // six bytes to the next zero
            81                                  // type: hello
            01 01                               // versions 1 to 1
            01                                  // conformance L1
            05                                  // five keys
            42 01 01 04 EE FF C0 24             // pad id 00C0FFEE00000042; its last zero is followed by 35 bytes
            11 22 33 44 55 66 77 88             // log
            EF CD AB 89 67 45 23 01             // nonce
            0B 48 61 6C 6C 67 61 74 65 20 50 35 // model: 11 bytes, "Hallgate P5"
            05 31 2E 30 2E 30                   // firmware: 5 bytes, "1.0.0"
            6A 03 2A BB                         // checksum 6A 00 2A BB, its zero stuffed
            00
            """)
        let hello = Hello(
            versions: VersionRange(1, 1), conformance: 1, keys: 5, padID: 0x00C0_FFEE_0000_0042,
            log: GoldenFrameTests.log, nonce: 0x0123_4567_89AB_CDEF, model: Array("Hallgate P5".utf8),
            firmware: Array("1.0.0".utf8))
        #expect(PadMessage.hello(hello).encoded() == golden)
        #expect(try padMessage(golden) == .hello(hello))
    }

    @Test func `health of a full log`() throws {
        let golden = hex(
            """
            00
            01             // address 0
            04             // three bytes to the next zero
            84             // type: health
            02             // flags: log full
            40 03          // 64 entries wait
            12 04 01 04    // lifetime count 1042
            80 51 01 05    // up for 86,400 s
            13 11 B8 46    // checksum
            00
            """)
        let health = PadHealth(
            isPaused: false, isLogFull: true, waiting: 64, lifetimeCount: 1042, uptimeSeconds: 86_400)
        #expect(PadMessage.health(health).encoded() == golden)
        #expect(try padMessage(golden) == .health(health))
    }

    @Test func `a bus pad's frames carry its address`() {
        let golden = hex(
            """
            00
            07             // six bytes, and no zero among them
            05             // address 5
            85             // type: idle
            1D A1 4E 1B    // checksum
            00
            """)
        #expect(PadMessage.idle.encoded(from: 5) == golden)
        var decoder = FrameDecoder()
        #expect(decode(golden, with: &decoder).count == 1)
        #expect(decoder.address == 5)
    }
}

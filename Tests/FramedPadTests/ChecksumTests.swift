// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FramedPad
import Testing

/// The checksums against the check values of their definitions.
@Suite struct ChecksumTests {
    private static let digits = Array("123456789".utf8)

    @Test(
        arguments: [
            (FrameChecksum.Kind.sum8, [0xDD]), (.negatedSum8, [0x23]), (.xor8, [0x31]), (.crc8, [0xF4]),
            (.crc16Modbus, [0x4B, 0x37]), (.crc16CCITTFalse, [0x29, 0xB1]),
        ] as [(FrameChecksum.Kind, [UInt8])]) func `the check value is right`(
            _ kind: FrameChecksum.Kind, _ value: [UInt8]
        )
    {
        #expect(FrameChecksum.bytes(kind, over: Self.digits[...], isLittleEndian: false) == value)
        #expect(FrameChecksum.bytes(kind, over: Self.digits[...], isLittleEndian: true) == value.reversed())
    }

    /// The example of MODBUS over Serial Line 1.02: `:010304040004`… sums to F0 when the bytes are 01 03 00 00 00 0C.
    @Test func `the longitudinal check is over what the digits write`() {
        #expect(
            FrameChecksum.bytes(.lrc, over: Array("01030000000C".utf8)[...], isLittleEndian: false)
                == Array("F0".utf8))
        #expect(FrameChecksum.bytes(.lrc, over: Array("010".utf8)[...], isLittleEndian: false) == nil)
        #expect(FrameChecksum.bytes(.lrc, over: Array("0G".utf8)[...], isLittleEndian: false) == nil)
    }
}

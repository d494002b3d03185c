// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TCPTransport

@Suite struct ComPortTests {
    @Test func `the settings of a pad's line are these bytes`() {
        let bytes = (ComPort.required(baud: 115_200) + ComPort.wished).map { ComPort.encoded($0.command, $0.value) }
        #expect(
            bytes == [
                // IAC SB COM-PORT-OPTION SET-BAUDRATE, 115200 in four bytes, IAC SE
                [0xFF, 0xFA, 0x2C, 0x01, 0x00, 0x01, 0xC2, 0x00, 0xFF, 0xF0],
                [0xFF, 0xFA, 0x2C, 0x02, 0x08, 0xFF, 0xF0],  // SET-DATASIZE 8
                [0xFF, 0xFA, 0x2C, 0x03, 0x01, 0xFF, 0xF0],  // SET-PARITY NONE
                [0xFF, 0xFA, 0x2C, 0x04, 0x01, 0xFF, 0xF0],  // SET-STOPSIZE 1
                [0xFF, 0xFA, 0x2C, 0x05, 0x01, 0xFF, 0xF0],  // SET-CONTROL: no flow control
                [0xFF, 0xFA, 0x2C, 0x0A, 0x00, 0xFF, 0xF0],  // SET-LINESTATE-MASK: no reports
                [0xFF, 0xFA, 0x2C, 0x0B, 0x00, 0xFF, 0xF0],  // SET-MODEMSTATE-MASK: no reports
                [0xFF, 0xFA, 0x2C, 0x0C, 0x03, 0xFF, 0xF0],  // PURGE-DATA: both directions
            ])
    }

    @Test func `a speed with an IAC in it is doubled there`() {
        // 65280 = 0x0000FF00
        #expect(
            ComPort.encoded(.setBaudRate, 65_280) == [
                0xFF, 0xFA, 0x2C, 0x01, 0x00, 0x00, 0xFF, 0xFF, 0x00, 0xFF, 0xF0,
            ])
    }

    @Test func `the server's words are read`() {
        #expect(ComPort.word([0x2C, 0x65, 0x00, 0x00, 0x25, 0x80]) == .answer(.setBaudRate, value: 9600))
        #expect(ComPort.word([0x2C, 0x66, 0x07]) == .answer(.setDataSize, value: 7))
        #expect(ComPort.word([0x2C, 0x67, 0x03]) == .answer(.setParity, value: 3))
        #expect(ComPort.word([0x2C, 0x68, 0x02]) == .answer(.setStopSize, value: 2))
        #expect(ComPort.word([0x2C, 0x70, 0x03]) == .answer(.purgeData, value: 3))
        #expect(ComPort.word([0x2C, 0x6B, 0xB0]) == .modemState(0xB0))
        #expect(ComPort.word([0x2C, 0x6C]) == .suspend)
        #expect(ComPort.word([0x2C, 0x6D]) == .resume)
    }

    @Test func `what has another form says nothing`() {
        let others: [[UInt8]] = [
            [], [0x2C], [0x18, 0x65, 0, 0, 0, 1], [0x2C, 0x65], [0x2C, 0x65, 1, 2, 3], [0x2C, 0x65, 1, 2, 3, 4, 5],
            [0x2C, 0x66], [0x2C, 0x66, 8, 8], [0x2C, 0x01, 0, 0, 0x25, 0x80], [0x2C, 0x6B], [0x2C, 0xFF, 1],
            [0x2C, 0x64],
            [0x2C, 0x63, 1],
        ]
        for bytes in others { #expect(ComPort.word(bytes) == nil, "\(bytes)") }
    }
}

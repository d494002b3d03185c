// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import PadProtocol
import PadSession
import Testing

@testable import VirtualPads

@Suite struct PadMemoryTests {
    private func stored(_ sequence: UInt32) -> StoredPress {
        StoredPress(
            log: 0xB0, sequence: sequence, lifetimeCount: sequence + 100, result: .rated,
            level: UInt8(sequence % 5 + 1), key: UInt8(sequence % 5 + 1), prompt: sequence * 7,
            wallMilliseconds: 1_760_000_000_000 + Int64(sequence))
    }

    private func overwrite(_ path: String, with bytes: [UInt8]) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(descriptor) }
        #expect(bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == bytes.count)
    }

    @Test func theRecordOfAPress() {
        let press = StoredPress(
            log: 0x1122_3344_5566_7788, sequence: 2, lifetimeCount: 3, result: .rated, level: 4, key: 5, prompt: 6,
            wallMilliseconds: 7)
        let fields: [[UInt8]] = [
            [2, 31],  // kind, length
            [0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11],  // log
            [2, 0, 0, 0],  // sequence
            [3, 0, 0, 0],  // lifetime count
            [1, 4, 5],  // result, level, key
            [6, 0, 0, 0],  // prompt
            [7, 0, 0, 0, 0, 0, 0, 0],  // wall time
        ]
        let bytes = PadMemoryRecord.pressed(press).bytes
        #expect(Array(bytes.dropLast(4)) == fields.flatMap { $0 })
        #expect(CRC32.of("123456789".utf8) == 0xCBF4_3926, "the check value of CRC-32/ISO-HDLC")
        #expect(PadMemoryRecord.read(bytes[...])?.record == .pressed(press))
    }

    @Test func aSessionStartsFromWhatWasWritten() async throws {
        try await withDirectory { directory in
            let path = "\(directory)/pad.memory"
            do {
                var file = try PadMemoryFile(path: path, device: "a0", newLog: 0xB0)
                for sequence in 1...3 as ClosedRange<UInt32> { try file.append(.pressed(stored(sequence))) }
                try file.append(.acknowledged(log: 0xB0, sequence: 2))
            }
            let file = try PadMemoryFile(path: path, device: "ignored", newLog: 0xFF)
            let memory = file.restored(capacity: 64)
            #expect(memory.log == 0xB0)
            #expect(memory.nextSequence == 4)
            #expect(memory.lifetimeCount == 103)
            #expect(memory.waiting.map(\.sequence) == [1, 3])
            #expect(memory.waiting.allSatisfy { $0.pressedAtMilliseconds == nil })
            #expect(file.contents.device == "a0")
        }
    }

    @Test func aTornTailIsCutOffWhereverItTore() async throws {
        try await withDirectory { directory in
            let path = "\(directory)/pad.memory"
            let whole =
                PadMemoryRecord.created(device: "a0", log: 0xB0).bytes + PadMemoryRecord.pressed(stored(1)).bytes
            let last = PadMemoryRecord.pressed(stored(2)).bytes
            for length in 0..<last.count {
                overwrite(path, with: whole + last.prefix(length))
                try #expect(PadMemoryContents.read(path: path).tornBytes == length)
                do {
                    var file = try PadMemoryFile(path: path, device: "a0", newLog: 1)
                    #expect(file.contents.presses == [stored(1)], "cut after \(length) bytes")
                    #expect(file.restored(capacity: 64).nextSequence == 2)
                    try file.append(.pressed(stored(2)))
                }
                let contents = try PadMemoryContents.read(path: path)
                #expect(contents.presses == [stored(1), stored(2)], "cut after \(length) bytes")
                #expect(contents.tornBytes == 0)
            }
        }
    }

    @Test func aTurnedBitIsNeverTakenForAPress() async throws {
        try await withDirectory { directory in
            let path = "\(directory)/pad.memory"
            let first = PadMemoryRecord.created(device: "a0", log: 0xB0).bytes
            let press = PadMemoryRecord.pressed(stored(1)).bytes
            for bit in 0..<press.count * 8 {
                var damaged = press
                damaged[bit / 8] ^= 1 << UInt8(bit % 8)
                overwrite(path, with: first + damaged)
                try #expect(PadMemoryContents.read(path: path).presses.isEmpty, "bit \(bit)")
            }
        }
    }

    @Test func aMissingFileIsAnError() {
        #expect(throws: PadError.self) { try PadMemoryContents.read(path: "/nonexistent/pad.memory") }
    }
}

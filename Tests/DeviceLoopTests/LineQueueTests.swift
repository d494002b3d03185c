// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing

@testable import DeviceLoop

struct LineQueueTests {
    @Test func theSendQueueKeepsOrderAndItsBound() {
        var queue = SendQueue()
        var expected: [UInt8] = []
        for step in 0..<2000 {
            let bytes = (0..<(step * 53) % 251).map { UInt8(truncatingIfNeeded: step + $0) }
            let fits = bytes.count <= SendQueue.limit - expected.count
            let isTaken = queue.append(bytes)
            #expect(isTaken == fits)
            if fits { expected += bytes }
            let written = (step * 37) % 151
            queue.consume(written)
            expected.removeFirst(min(written, expected.count))
            #expect(Array(queue.waiting) == expected)
        }
        queue.consume(.max)
        #expect(queue.isEmpty)
        let isTaken = queue.append([UInt8](repeating: 0, count: SendQueue.limit + 1))
        #expect(!isTaken && queue.isEmpty)
    }

    @Test func theOutputQueueStopsTheLineAndLetsItGoOnAtHalf() {
        var queue = OutputQueue()
        for sequence in 1...UInt32(OutputQueue.most) {
            #expect(queue.wantsMore)
            queue.append(.press(ByteDriver.press(sequence)))
        }
        #expect(!queue.wantsMore)
        for sequence in 1...UInt32(OutputQueue.most / 2) {
            #expect(!queue.wantsMore)
            #expect(queue.popFirst() == .press(ByteDriver.press(sequence)))
        }
        #expect(queue.wantsMore)
        queue.isFinished = true
        #expect(!queue.wantsMore)
    }

    @Test func theOutputQueueKeepsItsOrderOverManyTurns() {
        var queue = OutputQueue()
        var next = (in: UInt32(0), out: UInt32(0))
        for turn in 0..<3000 {
            for _ in 0..<(turn % 7) {
                next.in += 1
                queue.append(.press(ByteDriver.press(next.in)))
            }
            for _ in 0..<(turn % 6) {
                guard let output = queue.popFirst() else { break }
                next.out += 1
                #expect(output == .press(ByteDriver.press(next.out)))
            }
            #expect(queue.count == Int(next.in - next.out))
        }
    }

    @Test func neighbouringGarbageIsAddedUpWithoutOverflow() {
        var queue = OutputQueue()
        queue.append(.observed(.garbage(bytes: 3)))
        queue.append(.observed(.garbage(bytes: 4)))
        queue.append(.observed(.garbage(bytes: .max)))
        #expect(queue.count == 1)
        #expect(queue.popFirst() == .observed(.garbage(bytes: .max)))
        #expect(queue.popFirst() == nil)
    }

    @Test func theTrafficRingKeepsTheLastRecords() {
        var ring = TrafficRing()
        for number in 0..<100 {
            let bytes = [UInt8](repeating: UInt8(number), count: 300)
            ring.append(bytes, .received, at: MonotonicInstant(nanoseconds: Int64(number)))
        }
        #expect(ring.traffic.records.map(\.at.nanoseconds) == Array(Int64(100 - TrafficRing.most)..<100))
        #expect(ring.traffic.records.allSatisfy { $0.bytes.count == TrafficRecord.longest })
    }
}

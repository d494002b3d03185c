// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import QueueBusPad
import RatingModel
import Testing

/// Whatever noise looks like a frame's head, the frame behind it is found: against a search over the whole text.
@Suite struct ResynchronizationTests {
    private let now = MonotonicInstant(nanoseconds: 0)

    /// Noise of the bytes that make heads, and frames of ratings in it.
    private static func traffic(seed: UInt64) -> [UInt8] {
        var state = seed
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let suspicious: [UInt8] = [0xFF, 0x68, 0x02, 0x03, 0x05, 0x08, 0x11, 0x16]
        var bytes: [UInt8] = []
        for _ in 0..<20 {
            for _ in 0..<next(12) { bytes.append(suspicious[next(suspicious.count)]) }
            if next(3) == 0 { bytes += [0xFF, 0x68, 0x08, 0x08, 0x68].prefix(next(6)) }
            let body = [UInt8(1 + next(9)), 0x11, [0, 2, 3][next(3)]] as [UInt8]
            bytes += [0xFF, 0x68, 0x03, 0x03, 0x68] + body + [body.reduce(0, &+), 0x16]
        }
        return bytes
    }

    /// Addresses of rating frames from the left, each search going on behind the frame that was found.
    private static func addresses(in bytes: [UInt8]) -> [UInt8] {
        var (found, place): ([UInt8], Int) = ([], 0)
        while place < bytes.count {
            let rest = bytes[place...]
            guard rest.count >= 9, let size = rest.dropFirst(2).first.map({ Int($0) + 7 }), (9...15).contains(size),
                rest.count >= size
            else {
                place += 1
                continue
            }
            let frame = Array(rest.prefix(size))
            let body = frame[5..<(size - 2)]
            guard frame[0] == 0xFF, frame[1] == 0x68, frame[3] == frame[2], frame[4] == 0x68,
                body.reduce(0, &+) == frame[size - 2], frame[size - 1] == 0x16
            else {
                place += 1
                continue
            }
            if frame[6] == 0x11, size == 10 { found.append(frame[5]) }
            place += size
        }
        return found
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>) func `no frame behind noise is lost`(_ seed: UInt64) {
        let bytes = Self.traffic(seed: seed)
        var settings = QueueBusSettings(line: "l")
        settings.repeatInterval = .zero
        var driver = QueueBusPadDriver(settings)
        _ = driver.handle(.opened(nonce: 1), at: now)
        var actions: [DriverAction] = []
        for byte in bytes { actions += driver.handle(.received([byte]), at: now) }
        actions += driver.handle(.timer(.answer), at: now)
        let seen = actions.compactMap { if case .press(let press) = $0 { press.address } else { nil } }
        #expect(seen == Self.addresses(in: bytes))
        #expect(seen.count >= 18)
    }

    @Test func `devices on long lines have names of their own`() {
        let start = "/dev/hallgate/" + String(repeating: "很长的路径/", count: 200)
        let names = ["a", "b"].flatMap { end in
            [1, 2].map { DeviceID(driver: "queue-bus", line: start + end, address: $0).value }
        }
        #expect(Set(names).count == 4)
        #expect(names.allSatisfy { $0.utf8.count <= Limits.identifierBytes && $0.hasPrefix("queue-bus-") })
        #expect(names.map { $0.suffix(3) } == ["a-1", "a-2", "b-1", "b-2"])
        let other = DeviceID(driver: "queue-bus", line: "x" + start + "a", address: 1).value
        #expect(other != names[0], "the hash tells apart what the end does not")
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FramedPad
import RatingModel
import Testing

/// The vectors of the queue bus's public format, byte for byte, from its description.
@Suite struct QueueBusVectorTests {
    private static let rating: [UInt8] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x11, 0x03, 0x15, 0x16]
    private static let now = MonotonicInstant(nanoseconds: 5)
    private var driver = FramedPadDriver(Descriptions.queueBus, line: "/dev/bus", addresses: [1])

    private mutating func sent(_ event: DriverEvent) -> [[UInt8]] {
        driver.handle(event, at: Self.now).compactMap { if case .send(let bytes) = $0 { bytes } else { nil } }
    }

    @Test mutating func `a rating is acknowledged once it is recorded`() throws {
        _ = driver.handle(.opened(nonce: 9), at: Self.now)
        let actions = driver.handle(.received(Self.rating), at: Self.now)
        let press = try #require(actions.compactMap { if case .press(let press) = $0 { press } else { nil } }.first)
        #expect(press.outcome == .rated(.verySatisfied, key: 1, label: "非常满意"))
        #expect(press.address == 1 && press.rawFrame == Self.rating)
        #expect(press.key == PressKey(device: DeviceID("framed-/dev/bus-1"), log: 9, sequence: 1))
        #expect(!actions.contains { if case .send = $0 { true } else { false } })
        #expect(sent(.recorded(press.key)) == [[0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x01, 0x03, 0x05, 0x16]])
    }

    @Test mutating func `commands are framed`() {
        _ = driver.handle(.opened(nonce: 9), at: Self.now)
        #expect(
            sent(.command(.prompt(7, timeout: .seconds(10)), at: 1))
                == [[0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x01, 0x0B, 0x0D, 0x16]])
        #expect(sent(.command(.identify)) == [[0xFF, 0x68, 0x02, 0x02, 0x68, 0x01, 0x03, 0x04, 0x16]])
        #expect(
            sent(.command(.showWaiting(count: 12, ticket: nil), at: 1))
                == [
                    [0xFF, 0x68, 0x08, 0x08, 0x68, 0x01, 0x02, 0x00, 0x01, 0x02, 0x0A, 0x0A, 0x0A, 0x24, 0x16]
                ])
    }

    @Test mutating func `nothing is done on a line that is closed`() {
        #expect(driver.handle(.received(Self.rating), at: Self.now) == [])
        #expect(driver.handle(.command(.identify), at: Self.now) == [])
    }

    @Test func `what the description says the pad can do is stated`() {
        let can = driver.capabilities
        #expect(can.thanks == .afterCommit && !can.keepsLog && can.prompts)
        #expect(can.levels == [.verySatisfied, .satisfied, .dissatisfied])
        var mute = Descriptions.queueBus
        mute.press?.acknowledgement = nil
        #expect(mute.capabilities.thanks == .none)
        mute.press?.isThankedByPad = true
        #expect(mute.capabilities.thanks == .bySelf)
    }

    /// A press that goes to the journal again, because no answer came, keeps its key.
    @Test mutating func `an answer that is lost does not count a press twice`() {
        var now = Self.now
        _ = driver.handle(.opened(nonce: 9), at: now)
        var keys: [PressKey] = []
        for _ in 0..<10 {
            for case .press(let press) in driver.handle(.received(Self.rating), at: now) { keys.append(press.key) }
            now = now.advanced(by: .seconds(1))
        }
        #expect(keys.count == 2 && Set(keys).count == 1)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import QueueBusPad
import RatingModel
import Testing

/// The published vectors byte for byte, and what traces cannot say.
@Suite struct QueueBusVectorTests {
    private let now = MonotonicInstant(nanoseconds: 1)
    private var driver = QueueBusPadDriver(QueueBusSettings(line: "/dev/bus", addresses: [1]))

    private static let rating3: [UInt8] = [
        0xFF, 0x68,  // prefix and head
        0x03, 0x03,  // L, twice: address, function, one byte of data
        0x68,  // head again
        0x01,  // address 1
        0x11,  // function: a rating
        0x03,  // 非常满意
        0x15,  // 01 + 11 + 03
        0x16,  // end
    ]

    private mutating func tell(_ event: DriverEvent) -> [DriverAction] { driver.handle(event, at: now) }

    @Test mutating func `rating 3 from address 1 and its acknowledgement`() throws {
        #expect(
            tell(.opened(nonce: 7)) == [
                .identified(
                    DeviceIdentity(
                        device: DeviceID("queue-bus-/dev/bus"), log: nil, model: "queue bus", firmware: ""))
            ])
        let actions = tell(.received(Self.rating3))
        guard case .press(let press)? = actions.first, actions.count == 1 else {
            Issue.record("\(actions)")
            return
        }
        #expect(press.key == PressKey(device: DeviceID("queue-bus-/dev/bus-1"), log: 7, sequence: 1))
        #expect(press.outcome == .rated(.verySatisfied, key: 1, label: "非常满意"))
        #expect(press.rawFrame == Self.rating3 && press.address == 1 && press.driver == "queue-bus")
        #expect(
            tell(.recorded(press.key)) == [
                // The same with function 01, and so a checksum smaller by 10h.
                .send([0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x01, 0x03, 0x05, 0x16])
            ])
    }

    @Test(
        arguments: [
            (.prompt(7, timeout: .seconds(10)), [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x01, 0x0B, 0x0D, 0x16]),
            (.identify, [0xFF, 0x68, 0x02, 0x02, 0x68, 0x01, 0x03, 0x04, 0x16]),
            (
                .showWaiting(count: 12, ticket: nil),
                [0xFF, 0x68, 0x08, 0x08, 0x68, 0x01, 0x02, 0x00, 0x01, 0x02, 0x0A, 0x0A, 0x0A, 0x24, 0x16]
            ),
        ] as [(DeviceCommand, [UInt8])])
    mutating func `start rating, beep and 012 waiting`(_ command: DeviceCommand, _ bytes: [UInt8]) {
        _ = tell(.opened(nonce: 7))
        #expect(tell(.command(command, at: 1)) == [.send(bytes)])
    }

    @Test mutating func `what the bus has no frame for is not sent`() {
        _ = tell(.opened(nonce: 7))
        let commands: [DeviceCommand] = [
            .cancelPrompt(1), .pause, .resume, .show(.standby), .openPage(url: "https://example.test"),
            .scan(isOn: true), .setTime(WallTime(millisecondsSinceEpoch: 0)),
        ]
        for command in commands { #expect(tell(.command(command, at: 1)) == []) }
    }

    @Test mutating func `a closed line says and takes nothing`() {
        #expect(tell(.received(Self.rating3)) == [])
        #expect(tell(.command(.identify, at: 1)) == [])
    }

    @Test mutating func `no observation tells a level`() {
        func observed(_ value: UInt8) -> [DriverAction] {
            var driver = QueueBusPadDriver(QueueBusSettings(line: "l"))
            _ = driver.handle(.opened(nonce: 1), at: now)
            var actions: [DriverAction] = []
            // A wrong checksum, a wrong end, a rating too long, and values that no key has.
            for tail: [UInt8] in [[0x00, 0x16], [0x12 &+ value, 0x17]] {
                let bytes = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x11, value] + tail
                actions += driver.handle(.received(bytes), at: now)
            }
            let long = [0xFF, 0x68, 0x04, 0x04, 0x68, 0x01, 0x11, value, value, 0x12 &+ value &+ value, 0x16]
            actions += driver.handle(.received(long), at: now)
            return actions
        }
        for value in [0, 2] as [UInt8] { #expect(observed(value) == observed(3)) }
        #expect(observed(3).count == 3)
    }

    @Test func `capabilities follow the settings`() {
        let usual = QueueBusPadDriver(QueueBusSettings(line: "l")).capabilities
        #expect(usual.thanks == .afterCommit && !usual.keepsLog && usual.prompts && !usual.displays)
        #expect(usual.levels == [.verySatisfied, .satisfied, .dissatisfied])
        let hasty = QueueBusPadDriver(QueueBusSettings(line: "l", keys: .five, thanks: .bySelf)).capabilities
        #expect(hasty.thanks == .bySelf && hasty.levels.count == 5)
    }

    @Test mutating func `a journal's answer for another connection is nobody's`() {
        _ = tell(.opened(nonce: 7))
        _ = tell(.received(Self.rating3))
        let other = PressKey(device: DeviceID("queue-bus-/dev/bus-1"), log: 8, sequence: 1)
        #expect(tell(.recorded(other)) == [])
        #expect(tell(.refused(other)) == [])
    }
}

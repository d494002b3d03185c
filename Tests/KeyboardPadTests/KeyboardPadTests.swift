// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import KeyboardPad
import RatingModel
import Testing

/// One event byte for byte, and what traces cannot say.
@Suite struct KeyboardPadTests {
    private let now = MonotonicInstant(nanoseconds: 1)

    private static func keyDown(_ code: UInt8) -> [UInt8] {
        [
            0x80, 0x1B, 0xB1, 0x6A, 0x00, 0x00, 0x00, 0x00,  // seconds: 1 790 000 000
            0x40, 0xE2, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00,  // microseconds: 123 456
            0x01, 0x00,  // EV_KEY
            code, 0x00,  // the key
            0x01, 0x00, 0x00, 0x00,  // down
        ]
    }

    @Test func `KEY_2 is the second key`() throws {
        var driver = KeyboardPadDriver(.init(line: "port=usb-0:1.2:1.0"))
        let device = DeviceID("keyboard-port=usb-0:1.2:1.0")
        #expect(
            driver.handle(.opened(nonce: 0), at: now) == [
                .identified(DeviceIdentity(device: device, log: 1, model: "keyboard", firmware: ""))
            ])
        let presses = driver.handle(.received(Self.keyDown(0x03)), at: now).compactMap {
            if case .press(let press) = $0 { press } else { nil }
        }
        let press = try #require(presses.first)
        #expect(press.key == PressKey(device: device, log: 1, sequence: 1), "0 is no log's number")
        #expect(press.outcome == .rated(.satisfied, key: 2, label: "满意"))
        #expect(press.age == .zero && press.prompt == nil && press.address == nil)
        #expect(press.rawFrame == Self.keyDown(0x03) && press.driver == "keyboard")
        #expect(driver.handle(.recorded(press.key), at: now) == [])
        #expect(driver.handle(.refused(press.key), at: now) == [])
    }

    @Test func `a keyboard can be told nothing`() {
        var driver = KeyboardPadDriver(.init(line: "l"))
        let capabilities = driver.capabilities
        #expect(capabilities.thanks == .none && !capabilities.keepsLog && !capabilities.prompts)
        #expect(capabilities.levels.count == 5)
        _ = driver.handle(.opened(nonce: 1), at: now)
        let commands: [DeviceCommand] = [.prompt(1, timeout: .seconds(9)), .pause, .resume, .identify]
        for command in commands { #expect(driver.handle(.command(command), at: now) == []) }
    }

    @Test func `a closed line says nothing`() {
        var driver = KeyboardPadDriver(.init(line: "l"))
        #expect(driver.handle(.received(Self.keyDown(0x03)), at: now) == [])
    }

    @Test func `no observation tells a digit`() {
        func observed(_ code: UInt8) -> [DriverAction] {
            var driver = KeyboardPadDriver(.init(line: "l", keys: KeyMap([:])))
            _ = driver.handle(.opened(nonce: 1), at: now)
            var actions = driver.handle(.received(Self.keyDown(code)), at: now)
            actions += driver.handle(.timer(.keepAlive), at: now.advanced(by: .seconds(31)))
            return actions
        }
        for code in UInt8(3)...11 { #expect(observed(code) == observed(2)) }
        #expect(observed(2).contains(.observed(.stuckKey)))
    }
}

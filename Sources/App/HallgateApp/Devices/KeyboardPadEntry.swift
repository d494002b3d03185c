// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import KeyboardPad
import RatingModel

/// Pads that are keyboards, as a configuration names them.
enum KeyboardPadEntry: CataloguedDriver {
    static let name = KeyboardPadDriver.name
    static let lineKinds: [DeviceLine.Kind] = [.evdev]
    static let usualBaud = 9600
    static let isAddressed = false
    static let fingerprints = [
        DeviceFingerprint(kind: .evdev, note: "an input device, which may be a pad that types digits")
    ]

    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver? {
        let endsWithEnter = section.value("ends_with", .choice(["enter": true, "nothing": false]), default: false)
        guard let keys = section.keyMap(default: .five) else { return nil }
        if let value = keys.keys.keys.filter({ $0 > 9 }).min() {
            section.report(
                LocalText("\(value) is no digit", "\(value) 不是数字键"),
                hint: LocalText("a keyboard pad's values are 0 to 9", "键盘型评价器的值为 0 到 9"), at: "keys")
            return nil
        }
        let settings = KeyboardPadDriver.Settings(line: device.path, keys: keys, endsWithEnter: endsWithEnter)
        return ConfiguredDriver(name, settings: "\(device.path) \(keys.text) \(endsWithEnter)") {
            KeyboardPadDriver(settings)
        }
    }
}

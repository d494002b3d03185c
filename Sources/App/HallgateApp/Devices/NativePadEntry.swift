// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import NativePad

/// The native pad, as a configuration names it.
enum NativePadEntry: CataloguedDriver {
    static let name = NativePadDriver.name
    static let lineKinds: [DeviceLine.Kind] = [.serial, .tcp, .rfc2217]
    static let usualBaud = 115_200
    static let isAddressed = false
    static let fingerprints: [DeviceFingerprint] = []

    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver? {
        ConfiguredDriver(name) { NativePadDriver() }
    }
}

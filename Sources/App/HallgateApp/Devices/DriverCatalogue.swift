// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import RatingModel

/// A kind of device that can be named under `devices`: how its lines are opened and how its settings are read.
protocol CataloguedDriver: Sendable {
    /// The driver's name in the configuration, such as `queue-bus`.
    static var name: String { get }
    /// How its lines can be opened, the usual way first.
    static var lineKinds: [DeviceLine.Kind] { get }
    /// Line speed in bits per second where the file names none.
    static var usualBaud: Int { get }
    /// Line speed in bits per second of a line with `addresses` where the file names none.
    static var usualBusBaud: Int { get }
    /// Whether several devices with addresses can share one line.
    static var isAddressed: Bool { get }
    /// Whether it reads codes, so that rules for them can be its own.
    static var readsCodes: Bool { get }
    /// The hardware it is known to come with.
    static var fingerprints: [DeviceFingerprint] { get }

    /// Reads the driver's own keys of a device's section; `nil` where a mistake was reported.
    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver?
}

extension CataloguedDriver {
    static var usualBusBaud: Int { usualBaud }
    static var readsCodes: Bool { false }
}

/// What the common keys of a device's section say, for the drivers whose settings depend on it.
struct DeviceReading: Sendable {
    /// How the line is opened.
    let kind: DeviceLine.Kind
    /// Line speed in bits per second.
    let baud: Int
    /// The path that presses of devices without a name of their own are recorded under.
    let path: String
    /// The windows of the devices on a shared line.
    let addresses: [BusAddress: WindowID]
    /// Where copies of the files are that the section names.
    var kept = KeptDescriptions.none
}

/// A driver with its settings, ready to be made for each connection.
struct ConfiguredDriver: Sendable {
    /// The driver's name in the configuration.
    let name: String
    /// The settings in any words that differ where the settings differ, to see whether a reload changed them.
    let settings: String
    /// How its pads prove who they are, in any words that differ where that differs; `nil` where they cannot.
    var proof: String?
    /// The file that describes it, if one does: it is kept with an accepted configuration.
    var descriptionFile: String?
    /// What the device can do with these settings.
    let capabilities: DeviceCapabilities
    /// Makes the driver for a connection.
    let make: @Sendable () -> any DeviceDriver

    init(_ name: String, settings: String = "", make: @escaping @Sendable () -> any DeviceDriver) {
        self.name = name
        self.settings = settings
        self.make = make
        capabilities = make().capabilities
    }
}

extension ConfiguredDriver: Hashable {
    static func == (left: ConfiguredDriver, right: ConfiguredDriver) -> Bool {
        left.name == right.name && left.settings == right.settings
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(settings)
    }
}

/// Every driver that a configuration can name; the only list of them.
enum DriverCatalogue {
    static let drivers: [any CataloguedDriver.Type] = [
        NativePadEntry.self, QueueBusPadEntry.self, KeyboardPadEntry.self, HIDPadEntry.self, ScannerEntry.self,
        URLPadEntry.self, WebSocketPadEntry.self, FramedPadEntry.self,
    ]

    /// The drivers by name.
    static let byName = Dictionary(uniqueKeysWithValues: drivers.map { ($0.name, $0) })

    /// The drivers whose fingerprints fit a device, the best first.
    static func suggestions(for device: DiscoveredDevice) -> [(name: String, score: Int)] {
        drivers.compactMap { driver in
            driver.fingerprints.compactMap { $0.score(of: device) }.max().map { (driver.name, $0) }
        }.sorted { ($1.score, $0.name) < ($0.score, $1.name) }
    }
}

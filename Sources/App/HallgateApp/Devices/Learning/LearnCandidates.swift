// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FoundationEssentials

/// The lines on which a device nobody configured can be, and the drivers that can be tried there.
struct LearnCandidates: Sendable {
    /// Paths of serial lines, each device once, by the name that stays when it is plugged in again.
    let paths: [String]
    /// Every driver for serial lines that works without further settings.
    let drivers: [ConfiguredDriver]
    /// Speeds to try, the likeliest first.
    let speeds: [Int]

    /// Where the system names serial devices by the port they hang on, the best names first.
    static let directories = ["/dev/hallgate/by-path", "/dev/serial/by-path", "/dev/serial/by-id"]

    /// Looks for lines: those named, or all that the configuration does not have.
    ///
    /// A line that a daemon holds is found too, and cannot be opened.
    static func find(
        named: [String], driver: String?, configured: [DeviceLine], directories: [String] = directories
    ) -> LearnCandidates {
        let types = DriverCatalogue.drivers.filter { $0.lineKinds.contains(.serial) && (driver ?? $0.name) == $0.name }
        let drivers = types.compactMap { plain($0) }
        var speeds: [Int] = []
        for speed in types.map({ $0.usualBaud }) + [9600, 115_200] where !speeds.contains(speed) {
            speeds.append(speed)
        }
        guard named.isEmpty else { return LearnCandidates(paths: named, drivers: drivers, speeds: speeds) }
        var seen = Set(configured.map { resolved($0.path) })
        var paths: [String] = []
        for directory in directories {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
            for path in names.sorted().map({ directory + "/" + $0 }) where seen.insert(resolved(path)).inserted {
                paths.append(path)
            }
        }
        return LearnCandidates(paths: paths, drivers: drivers, speeds: speeds)
    }

    /// A driver as a stanza without further settings makes it; `nil` where it needs some.
    private static func plain(_ type: any CataloguedDriver.Type) -> ConfiguredDriver? {
        let addresses = (1...126).map { "{address: \($0), window: W}" }.joined(separator: ", ")
        let places = type.isAddressed ? ["", ", addresses: [\(addresses)]"] : [""]
        for place in places {
            let text = "windows: [{id: W}]\ndevices: [{path: /dev/unknown, driver: \(type.name)\(place)}]\n"
            if let device = GatewayConfiguration.read(text: text).configuration?.devices.first { return device.driver }
        }
        return nil
    }

    private static func resolved(_ path: String) -> String {
        URL(filePath: path).resolvingSymlinksInPath().path()
    }
}

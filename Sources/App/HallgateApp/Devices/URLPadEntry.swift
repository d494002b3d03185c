// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import RatingModel
import URLPad

/// Tablets that open a page, as a configuration names them.
enum URLPadEntry: CataloguedDriver {
    static let name = URLPadDriver.name
    static let lineKinds: [DeviceLine.Kind] = [.tcp, .serial]
    static let usualBaud = 115_200
    static let isAddressed = false
    static let fingerprints: [DeviceFingerprint] = []

    private static let terminators: [String: [UInt8]] = ["crlf": [0x0D, 0x0A], "lf": [0x0A], "cr": [0x0D], "none": []]

    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver? {
        let terminator = section.value("end", terminator, default: [0x0D, 0x0A])
        let template = section.required("open", .text(atMost: 512))
        let close = section.value("close", .text(atMost: 512))
        let standby = section.value("standby", .text(atMost: 512))
        let host = section.value("host", .identifier)
        guard let template else { return nil }
        guard template.split(separator: URLPadSettings.placeholder, omittingEmptySubsequences: false).count == 2 else {
            section.report(
                LocalText("'open' needs \(URLPadSettings.placeholder) once", "'open' 中须恰好出现一次 {url}"),
                hint: LocalText("write the tablet's line, such as 'OPEN {url}'", "请填写平板的命令行，例如 'OPEN {url}'"),
                at: "open")
            return nil
        }
        for (key, line) in [("open", template), ("close", close ?? ""), ("standby", standby ?? "")]
        where !terminator.isEmpty && holds(line, terminator) {
            section.report(
                LocalText("the line holds the bytes that end it", "命令行中含有行结束字节"),
                hint: LocalText("remove them, or change 'end'", "请去掉，或修改 'end'"), at: key)
            return nil
        }
        var settings = URLPadSettings(
            device: DeviceID(driver: name, line: device.path), open: template, terminator: terminator)
        settings.close = close
        settings.standby = standby
        settings.host = host
        return ConfiguredDriver(name, settings: "\(settings)") { [settings] in URLPadDriver(settings) }
    }

    private static func holds(_ line: String, _ terminator: [UInt8]) -> Bool {
        let bytes = Array(line.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: terminator) }
    }

    /// One of the usual endings by name, or bytes.
    private static var terminator: ValueKind<[UInt8]> {
        ValueKind { text, isQuoted in
            terminators[text].map { .value($0) }
                ?? ValueKind.hexadecimalBytes(atMost: 8).reading(of: text, isQuoted: isQuoted)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import FieldLines
import Logging
import RatingModel

/// Where each line's hardware was, kept beside the journal: pads exchanged while the gateway was off are seen by it.
///
/// A line of text a place, `key=value` between tabs, values percent-encoded. The file is replaced in one step, so it is
/// whole or the one before. Losing it loses no rating: the hardware found next counts as being in its place.
actor PlacementFile {
    /// Most bytes read: 1,000 lines of the configuration with every text at its limit.
    private static let mostBytes = 4 * 1024 * 1024
    private static let header = "hallgate-placements 1"

    private let file: WholeFile
    private let logger: Logger

    init(directory: String, logger: Logger) {
        file = WholeFile(directory: directory, name: "placements")
        self.logger = logger
    }

    /// What was kept; nothing where there is no file or it cannot be read.
    func load() -> [DevicePlace] {
        guard let text = file.read(atMost: Self.mostBytes) else { return [] }
        var lines = text.split(separator: "\n")[...]
        guard lines.popFirst() == Self.header[...] else {
            logger.warning(
                "the places of devices are not readable; they are learnt anew", metadata: ["path": "\(file.path)"])
            return []
        }
        return lines.compactMap(Self.place)
    }

    /// Replaces what was kept.
    func save(_ places: [DevicePlace]) {
        let text = ([Self.header] + places.map(Self.line)).joined(separator: "\n") + "\n"
        if let reason = file.replace(with: text) {
            logger.warning(
                "the places of devices were not kept", metadata: ["path": "\(file.path)", "error": "\(reason)"])
        }
    }
}

extension PlacementFile {
    /// A place as a line of the file.
    static func line(_ place: DevicePlace) -> String {
        let fields: [(String, String?)] = [
            ("line", place.line), ("port", place.port), ("vendor", place.vendor.map { String($0, radix: 16) }),
            ("product", place.product.map { String($0, radix: 16) }), ("serial", place.serial),
            ("device", place.device?.value),
        ]
        return fields.compactMap { key, value in value.map { "\(key)=\(FieldText.encoded($0))" } }.joined(
            separator: "\t")
    }

    /// A line of the file as a place; `nil` where it names no line.
    static func place(_ text: Substring) -> DevicePlace? {
        var fields: [Substring: String] = [:]
        for field in text.split(separator: "\t") {
            guard let equals = field.firstIndex(of: "=") else { continue }
            fields[field[..<equals]] = FieldText.decoded(field[field.index(after: equals)...]).text
        }
        guard let line = fields["line"] else { return nil }
        return DevicePlace(
            line: line, port: fields["port"], vendor: fields["vendor"].flatMap { UInt16($0, radix: 16) },
            product: fields["product"].flatMap { UInt16($0, radix: 16) }, serial: fields["serial"],
            device: fields["device"].map { DeviceID($0) })
    }
}

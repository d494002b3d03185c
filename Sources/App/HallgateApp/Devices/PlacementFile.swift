// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import Glibc
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

    private let path: String
    private let logger: Logger

    init(directory: String, logger: Logger) {
        path = directory + "/placements"
        self.logger = logger
    }

    /// What was kept; nothing where there is no file or it cannot be read.
    func load() -> [DevicePlace] {
        guard let text = read() else { return [] }
        var lines = text.split(separator: "\n")[...]
        guard lines.popFirst() == Self.header[...] else {
            logger.warning(
                "the places of devices are not readable; they are learnt anew", metadata: ["path": "\(path)"])
            return []
        }
        return lines.compactMap(Self.place)
    }

    /// Replaces what was kept.
    func save(_ places: [DevicePlace]) {
        let text = ([Self.header] + places.map(Self.line)).joined(separator: "\n") + "\n"
        if let reason = write(Array(text.utf8)) {
            logger.warning("the places of devices were not kept", metadata: ["path": "\(path)", "error": "\(reason)"])
        }
    }

    private func read() -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < Self.mostBytes {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Answers why it failed, if it did.
    private func write(_ bytes: [UInt8]) -> String? {
        let fresh = path + ".new"
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return String(cString: strerror(errno)) }
            written += count
        }
        guard fsync(descriptor) == 0, rename(fresh, path) == 0 else { return String(cString: strerror(errno)) }
        return nil
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
        return fields.compactMap { key, value in value.map { "\(key)=\(encoded($0))" } }.joined(separator: "\t")
    }

    /// A line of the file as a place; `nil` where it names no line.
    static func place(_ text: Substring) -> DevicePlace? {
        var fields: [Substring: String] = [:]
        for field in text.split(separator: "\t") {
            guard let equals = field.firstIndex(of: "=") else { continue }
            fields[field[..<equals]] = decoded(field[field.index(after: equals)...])
        }
        guard let line = fields["line"] else { return nil }
        return DevicePlace(
            line: line, port: fields["port"], vendor: fields["vendor"].flatMap { UInt16($0, radix: 16) },
            product: fields["product"].flatMap { UInt16($0, radix: 16) }, serial: fields["serial"],
            device: fields["device"].map { DeviceID($0) })
    }

    private static func encoded(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || scalar == "%" || scalar.value == 0x7F {
                let digits = String(scalar.value, radix: 16)
                result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func decoded(_ text: Substring) -> String {
        var result = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "%", let value = UInt8(String(rest.prefix(2)), radix: 16) else {
                result.unicodeScalars.append(scalar)
                continue
            }
            rest = rest.dropFirst(2)
            result.unicodeScalars.append(Unicode.Scalar(value))
        }
        return result
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FieldLines
import RatingModel
import RegionMirror

/// What a region let the hall know, kept beside the journal: a line of text a thing, `key=value` between tabs.
///
/// The file is replaced in one step. Losing it loses nothing: without its cursor the region is asked from the beginning.
struct MirrorFile: Sendable {
    /// Most bytes read: every list at its limit with texts of a few hundred bytes.
    private static let mostBytes = 8 * 1024 * 1024
    private static let header = "hallgate-mirror 1"

    private let file: WholeFile

    init(directory: String, uplink: UplinkName) {
        file = WholeFile(directory: directory, name: "mirror-" + uplink.fileName)
    }

    /// What was kept; nothing where there is no file or it cannot be read.
    func load() -> MirroredNotices {
        var notices = MirroredNotices()
        guard let text = file.read(atMost: Self.mostBytes) else { return notices }
        var lines = text.split(separator: "\n")[...]
        guard lines.popFirst() == Self.header[...] else { return notices }
        for line in lines { Self.read(line, into: &notices) }
        return notices
    }

    /// Replaces what was kept; on the disk when it returns.
    func save(_ notices: MirroredNotices) throws(GatewayError) {
        if let reason = file.replace(with: ([Self.header] + Self.lines(notices)).joined(separator: "\n") + "\n") {
            throw .notKept(file.path, reason)
        }
    }

    static func lines(_ notices: MirroredNotices) -> [String] {
        func line(_ kind: String, _ fields: [(String, String?)]) -> String {
            ([kind] + fields.compactMap { key, value in value.map { "\(key)=\(FieldText.encoded($0))" } }).joined(
                separator: "\t")
        }
        var lines = [line("cursor", [("at", notices.cursor), ("dropped", String(notices.dropped))])]
        for order in notices.workOrders {
            lines.append(
                line(
                    "order",
                    [
                        ("number", order.number), ("rating", order.rating?.description), ("state", order.state),
                        ("deadline", order.deadline),
                    ]))
        }
        for rate in notices.rates {
            lines.append(line("rate", [("scope", rate.scope), ("period", rate.period), ("value", rate.value)]))
        }
        if let indicators = notices.indicators {
            lines.append(
                line(
                    "indicators",
                    [("version", indicators.version), ("table", String(decoding: indicators.table, as: UTF8.self))]))
        }
        return lines
    }

    /// Reads a line; one of another kind is of a later version and is left.
    private static func read(_ line: Substring, into notices: inout MirroredNotices) {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
        var fields: [Substring: String] = [:]
        for field in parts.dropFirst() {
            guard let equals = field.firstIndex(of: "=") else { continue }
            fields[field[..<equals]] = FieldText.decoded(field[field.index(after: equals)...]).text
        }
        switch parts.first {
        case "cursor":
            notices.cursor = fields["at"]
            notices.dropped = fields["dropped"].flatMap { Int($0) } ?? 0
        case "order":
            notices.workOrders.append(
                .init(
                    number: fields["number"] ?? "", rating: fields["rating"].flatMap { RecordID($0) },
                    state: fields["state"] ?? "", deadline: fields["deadline"] ?? ""))
        case "rate":
            notices.rates.append(
                .init(scope: fields["scope"] ?? "", period: fields["period"] ?? "", value: fields["value"] ?? ""))
        case "indicators":
            notices.indicators = .init(version: fields["version"] ?? "", table: Array((fields["table"] ?? "").utf8))
        default: break
        }
    }
}

extension UplinkName {
    /// The name as a part of a file's name.
    var fileName: String { FieldText.encoded(value).replacing("/", with: "%2F") }
}

extension GatewayError {
    /// What a region said could not be kept.
    static func notKept(_ path: String, _ reason: String) -> GatewayError {
        GatewayError(
            "mirror.not-kept", LocalText("\(path) could not be written", "无法写入 \(path)"), cause: reason,
            hint: LocalText("check the free space and the directory's permissions", "请检查可用空间和目录权限"))
    }
}

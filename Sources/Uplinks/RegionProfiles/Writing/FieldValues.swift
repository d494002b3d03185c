// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// What stands in the fields of a record, before it is escaped.
struct FieldValues: Sendable {
    private let levels: [[UInt8]]
    private let levelNames: [[UInt8]]
    private let channels: [RatingChannel: [UInt8]]
    private let users: [String: [UInt8]]
    private let site: [String: [UInt8]]
    private let separator: [UInt8]
    private let textCharacters: Int
    private let time: TimeFormat
    private let zone: HallZone
    private let statement: [UInt8]
    private let saysStatement: Bool

    init(_ profile: RegionProfile, settings: RegionSettings, zone: HallZone) {
        levels = SatisfactionLevel.allCases.map { Array(profile.levels.code(of: $0).utf8) }
        levelNames = SatisfactionLevel.allCases.map { Array($0.label.utf8) }
        channels = profile.channels.mapValues { Array($0.utf8) }
        users = profile.codes.user.mapValues { Array($0.utf8) }
        site = settings.site.mapValues { Array($0.utf8) }
        separator = Array(profile.shape.indicatorSeparator.utf8)
        textCharacters = profile.shape.textCharacters
        time = profile.shape.time
        self.zone = profile.shape.zone ?? zone
        statement = Array(settings.statementShown.utf8)
        saysStatement = settings.saysStatement
    }

    /// Whether the sentence stands in the text field.
    func usesStatement(_ rating: OutgoingRecord) -> Bool { saysStatement && rating.isReasonlessBad }

    /// Whether there is anything to say.
    func has(_ source: RecordField.Source, _ rating: OutgoingRecord) -> Bool {
        var value: [UInt8] = []
        write(RecordField(name: "", source: source), rating, into: &value)
        return !value.isEmpty
    }

    /// Writes a value, or nothing.
    func write(_ field: RecordField, _ outgoing: OutgoingRecord, into out: inout [UInt8]) {
        let place = out.count
        if !field.prefix.isEmpty { out.append(contentsOf: field.prefix.utf8) }
        let start = out.count
        writeBare(field, outgoing, into: &out)
        if out.count == start, start > place { out.removeSubrange(place...) }
    }

    private func writeBare(_ field: RecordField, _ outgoing: OutgoingRecord, into out: inout [UInt8]) {
        guard let rating = outgoing.rating else { return }
        switch field.source {
        case .id: out.appendID(outgoing.id.high, outgoing.id.low)
        case .project: if let text = rating.caseReference?.projectNumber { out.append(contentsOf: text.utf8) }
        case .service: if let text = rating.caseReference?.serviceNumber { out.append(contentsOf: text.utf8) }
        case .level: if let level = rating.level { out.append(contentsOf: levels[Int(level.rawValue) - 1]) }
        case .levelName: if let level = rating.level { out.append(contentsOf: levelNames[Int(level.rawValue) - 1]) }
        case .channel: if let code = channels[rating.channel] { out.append(contentsOf: code) }
        case .indicators: writeIndicators(outgoing, into: &out)
        case .text: writeText(outgoing, into: &out)
        case .time: (field.time ?? time).write(rating.pressedAt.wall, in: zone, into: &out)
        case .ordinal: out.appendDecimal(UInt64(clamping: outgoing.ordinal))
        case .site(let name): if let value = site[name] { out.append(contentsOf: value) }
        case .literal(let text): out.append(contentsOf: text.utf8)
        case .name: write(outgoing.personal?[.name], into: &out)
        case .mobile: write(outgoing.personal?[.mobile], into: &out)
        case .certKey: write(outgoing.personal?[.certKey], into: &out)
        case .user: if let code = outgoing.personal?[.user].flatMap({ users[$0] }) { out.append(contentsOf: code) }
        case .window: write(rating.window?.value, into: &out)
        case .staff: write(rating.staff, into: &out)
        case .isRepeat: write(rating.isRepeat, into: &out)
        case .isOutsideHours: write(rating.isOutsideHours, into: &out)
        case .isClockTrusted: write(rating.pressedAt.isWallTrusted, into: &out)
        case .device, .pad, .press, .key, .outcome: writePress(field.source, rating.press, into: &out)
        }
    }

    private func writePress(_ source: RecordField.Source, _ press: CapturedPress, into out: inout [UInt8]) {
        switch source {
        case .device:
            out.append(contentsOf: press.key.device.value.utf8)
            out.append(UInt8(ascii: ","))
            writePlace(press.key, into: &out)
        case .pad: out.append(contentsOf: press.key.device.value.utf8)
        case .press: writePlace(press.key, into: &out)
        case .key: if case .rated(_, let key, _) = press.outcome { out.appendDecimal(UInt64(key)) }
        default:
            switch press.outcome {
            case .rated: out.append(contentsOf: "rated".utf8)
            case .timedOut: out.append(contentsOf: "timed_out".utf8)
            case .cancelled: out.append(contentsOf: "cancelled".utf8)
            }
        }
    }

    /// 流水号: the press's log and its place in it.
    private func writePlace(_ key: PressKey, into out: inout [UInt8]) {
        out.appendHexadecimal(number: key.log)
        out.append(UInt8(ascii: "-"))
        out.appendDecimal(key.sequence)
    }

    private func writeText(_ outgoing: OutgoingRecord, into out: inout [UInt8]) {
        if usesStatement(outgoing) { return out.append(contentsOf: statement) }
        guard let text = outgoing.personal?[.text] else { return }
        out.append(contentsOf: text.prefix(textCharacters).utf8)
    }

    /// The codes go up as the citizen chose them; only what joins them is the region's.
    private func writeIndicators(_ outgoing: OutgoingRecord, into out: inout [UInt8]) {
        guard let codes = outgoing.personal?[.indicators] else { return }
        for byte in codes.utf8 {
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "|") {
                out.append(contentsOf: separator)
            } else {
                out.append(byte)
            }
        }
    }

    private func write(_ text: String?, into out: inout [UInt8]) {
        if let text { out.append(contentsOf: text.utf8) }
    }

    private func write(_ flag: Bool, into out: inout [UInt8]) { out.append(UInt8(ascii: flag ? "1" : "0")) }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel
import WindowSessions

/// What an operator decides of sessions: the section `session`, beside `prompt_timeout`.
struct SessionSettings: Sendable, Hashable {
    /// The times and limits of sessions.
    var policy = SessionPolicy()
    /// What is flagged.
    var integrity = IntegrityPolicy()
    /// What scanned codes mean.
    var codes = ScanRules()
    /// Whether ratings wait here until they can no longer be corrected.
    var isHeldForCorrection = false

    /// How long a rating of a session waits before it may leave.
    var holdWindow: Duration { isHeldForCorrection ? policy.correctionWindow : .zero }

    /// Whether the hall is closed in that minute of the week; not where either is unknown.
    func isOutside(_ minuteOfWeek: Int?) -> Bool {
        guard let hours = integrity.openingHours, let minuteOfWeek else { return false }
        return !hours.contain(minuteOfWeek)
    }

    /// Reads the keys of the section.
    static func read(_ section: ConfigurationSection) -> SessionSettings {
        var result = SessionSettings()
        let short = Duration.zero ... .seconds(60)
        result.policy.correctionWindow = section.value(
            "correction_window", .duration(in: short), default: result.policy.correctionWindow)
        result.isHeldForCorrection = section.value(
            "correction_hold", .choice(["yes": true, "no": false]), default: result.isHeldForCorrection)
        result.policy.repeatInterval = section.value(
            "repeat_interval", .duration(in: short), default: result.policy.repeatInterval)
        result.policy.latePress = section.value(
            "late_press", .duration(in: .zero ... .seconds(86_400)), default: result.policy.latePress)
        result.policy.staffExpiry = section.value(
            "staff_expiry", .duration(in: .seconds(60) ... .seconds(86_400)), default: result.policy.staffExpiry)
        result.policy.restartGrace = section.value(
            "restart_grace", .duration(in: .zero ... .seconds(600)), default: result.policy.restartGrace)
        result.integrity.hastyWithin = section.value(
            "hasty_press", .duration(in: short), default: result.integrity.hastyWithin)
        result.integrity.streakLength = UInt64(
            section.value("key_streak", .integer(in: 0...100_000), default: Int(result.integrity.streakLength)))
        let spans = section.list("opening_hours", atMost: 32) { openingHours($0) }
        if section.has("opening_hours") {
            result.integrity.openingHours = OpeningHours(spans.flatMap(\.spans))
        }
        result.codes.rules = rules(in: section)
        for (badge, id) in section.list("staff", atMost: 2000, { staff($0) }) { result.codes.staff[badge] = id }
        return result
    }

    private static func openingHours(_ section: ConfigurationSection) -> OpeningHours? {
        let days = section.required("days", .text(atMost: 16))
        let hours = section.required("hours", .text(atMost: 16))
        guard let days, let hours else { return nil }
        guard let span = OpeningHours("\(days) \(hours)") else {
            section.report(
                LocalText("'\(days) \(hours)' are no opening hours", "'\(days) \(hours)' 不是营业时间"),
                hint: LocalText(
                    "write days: Mon-Fri and hours: 09:00-17:00; what passes midnight is two items",
                    "请写成 days: Mon-Fri 和 hours: 09:00-17:00；跨午夜的时段请分成两项"), at: "hours")
            return nil
        }
        return span
    }

    /// Reads what scanned codes are, of the hall or of one device.
    static func rules(in section: ConfigurationSection) -> [ScanRules.Rule] {
        section.list("codes", atMost: 32) { rule($0) }
    }

    private static func rule(_ section: ConfigurationSection) -> ScanRules.Rule? {
        let kinds = Dictionary(uniqueKeysWithValues: ScanRules.Rule.Kind.allCases.map { ($0.rawValue, $0) })
        let kind = section.required("kind", .choice(kinds))
        let prefix = section.value("prefix", .text(atMost: 32)) ?? ""
        let lengths = ValueKind<Int>.integer(in: 1...Limits.identifierBytes)
        let shortest = section.value("shortest", lengths, default: 1)
        let longest = section.value("longest", lengths, default: Limits.identifierBytes)
        let isDigits = section.value("digits", .choice(["yes": true, "no": false]), default: false)
        let separator = section.value("separator", .text(atMost: 4))
        guard shortest <= longest else {
            section.report(
                LocalText("'shortest' is more than 'longest'", "'shortest' 大于 'longest'"),
                hint: LocalText("exchange the two", "请交换这两个值"), at: "shortest")
            return nil
        }
        return kind.map {
            ScanRules.Rule(
                kind: $0, prefix: prefix, length: shortest...longest, isDigits: isDigits, separator: separator?.first)
        }
    }

    private static func staff(_ section: ConfigurationSection) -> (badge: String, id: String)? {
        let badge = section.required("badge", .identifier)
        let id = section.required("id", .identifier)
        guard let badge, let id else { return nil }
        return (badge, id)
    }
}

extension GatewayConfiguration.Hall {
    /// The hall's time in minutes from Monday 00:00; `nil` where the clock cannot be trusted.
    func minuteOfWeek(at time: CaptureTime) -> Int? {
        guard time.isWallTrusted else { return nil }
        let minutes = (time.wall.millisecondsSinceEpoch / 1000 + zone.offsetSeconds) / 60
        // The epoch was a Thursday.
        let week = Int64(OpeningHours.week)
        return Int(((minutes + 3 * 1440) % week + week) % week)
    }
}

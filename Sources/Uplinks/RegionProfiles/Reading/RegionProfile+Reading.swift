// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel
import UplinkAPI

extension RegionProfile {
    /// Reads a profile's file, all mistakes into the section's log.
    static func read(_ section: ConfigurationSection) -> RegionProfile {
        var profile = RegionProfile(name: section.required("profile", .identifier) ?? "")
        profile.version = section.required("version", .identifier) ?? profile.version
        profile.isVerified = section.required("verified", .flag) ?? false
        profile.levels = section.required("levels", .word()) ?? profile.levels
        profile.readChannels(section)
        section.section("user") { users in
            for kind in UserKind.allCases {
                profile.codes.user[kind.rawValue] = users.value(kind.rawValue, .text(atMost: 32))
            }
        }
        profile.site = section.list("site", atMost: 64) { SiteConstant.read($0) }
        section.section("record") { profile.shape = RecordShape.read($0) }
        profile.fields = section.list("fields", atMost: 128) { field in
            RecordField.read(field, shape: profile.shape, site: profile.site)
        }
        profile.responseFields = section.list("questionnaire_fields", atMost: 64) { field in
            ContentField.read(field, from: ContentField.ofResponses, site: profile.site)
        }
        profile.invitationFields = section.list("invitation_fields", atMost: 64) { field in
            ContentField.read(field, from: ContentField.ofInvitations, site: profile.site)
        }
        profile.calls.headers = section.list("headers", atMost: 32) { HeaderReader.read($0) }
        section.section("calls") { profile.calls.read($0) }
        section.section("answers") { profile.answers = AnswerRules.read($0) }
        section.section("sealing") { profile.sealing = SealingRules.read($0) }
        profile.terms.read(section)
        ProfileChecks(profile: profile, section: section).run()
        return profile
    }

    /// Reads the codes of channels, in a profile or in an uplink's stanza, over what they are: what a region says to one
    /// hall need not wait for a profile of its own.
    mutating func readChannels(_ section: ConfigurationSection) {
        section.section("channels") { codes in
            for channel in RatingChannel.allCases {
                channels[channel] = codes.value(channel.rawValue, .text(atMost: 32)) ?? channels[channel]
            }
        }
    }
}

extension RegionTerms {
    /// Reads the terms, in a profile or in an uplink's stanza, over what they are.
    mutating func read(_ section: ConfigurationSection) {
        batchRecords = section.value("batch", .integer(in: 1...Limits.batchRecords), default: batchRecords)
        batchesPerSecond = section.value("rate_limit", .integer(in: 0...1000), default: batchesPerSecond)
        ratingsPerCase = section.value("ratings_per_case", .integer(in: 1...100), default: ratingsPerCase)
        caseMode = section.value("case", .word(), default: caseMode)
        dedupe = section.value("dedupe", .word(), default: dedupe)
        unbound = section.value("unbound", .word(), default: unbound)
        unrated = section.value("unrated", .word(), default: unrated)
        onUnknown = section.value("on_unknown", .word(), default: onUnknown)
        reasonlessBad = section.value("reasonless_bad", .word(), default: reasonlessBad)
        let hours: ClosedRange<Duration> = .seconds(60) ... .seconds(30 * 86_400)
        reasonlessHold = section.value("reasonless_hold", .duration(in: hours), default: reasonlessHold)
        lateAfter = section.value("late_after", .duration(in: hours)) ?? lateAfter
        invitationAfter =
            section.value("invitation_after", .duration(in: .seconds(1)...hours.upperBound)) ?? invitationAfter
    }
}

extension SiteConstant {
    static func read(_ section: ConfigurationSection) -> SiteConstant? {
        guard let name = section.required("name", .fieldName) else { return nil }
        var constant = SiteConstant(name: name)
        constant.isRequired = section.value("required", .flag, default: false)
        constant.fallback = section.value("default", .text(atMost: 256), default: "")
        constant.pad = section.value("pad", .integer(in: 0...64), default: 0)
        let codes = section.list("codes", atMost: 32) { code -> (String, String)? in
            guard let word = code.required("word", .text(atMost: 64)),
                let value = code.required("code", .text(atMost: 64))
            else { return nil }
            return (word, value)
        }
        constant.codes = Dictionary(codes, uniquingKeysWith: { first, _ in first })
        return constant
    }
}

extension RecordShape {
    static func read(_ section: ConfigurationSection) -> RecordShape {
        var shape = RecordShape()
        shape.form = section.value("form", .word(), default: shape.form)
        shape.element = section.value("element", .fieldName, default: shape.element)
        shape.separator = section.value("separator", .text(atMost: 16), default: shape.form == .xml ? "" : ",")
        shape.document = section.value("document", .template)
        shape.indicatorSeparator = section.value("indicator_separator", .text(atMost: 4), default: ",")
        shape.textCharacters = section.value(
            "text_characters", .integer(in: 1...2000), default: Limits.freeTextCharacters)
        shape.time = section.value("time", .timeFormat, default: shape.time)
        shape.zone = section.value("zone", .hallZone)
        return shape
    }
}

extension RecordField {
    static func read(_ section: ConfigurationSection, shape: RecordShape, site: [SiteConstant]) -> RecordField? {
        let name = section.required("name", .fieldName)
        var source: Source?
        if section.has("value") {
            source = section.value("value", .text(atMost: 256)).map { .literal($0) }
        } else {
            source = section.required("from", .source)
        }
        guard let name, let source else { return nil }
        var field = RecordField(name: name, source: source)
        field.isOmitted = section.value("absent", .choice(["omit": true, "empty": false]), default: false)
        field.isNumber = section.value("number", .flag, default: false)
        field.isRequired = section.value("required", .flag, default: false)
        field.prefix = section.value("prefix", .text(atMost: 64), default: "")
        field.pad = section.value("pad", .integer(in: 0...64), default: 0)
        field.first = section.value("first", .integer(in: 0...1000), default: 0)
        field.time = section.value("format", .timeFormat)
        if case .site(let name) = source, !site.contains(where: { $0.name == name }) {
            section.report(
                LocalText("the profile has no 'site' entry '\(name)'", "配置的 'site' 中没有 '\(name)'"),
                hint: LocalText("add it under 'site', or correct the name", "请在 'site' 下添加，或更正名称"), at: "from")
        }
        if field.isNumber, ![.level, .ordinal, .key, .time].contains(source) {
            section.report(
                LocalText("this value is not always a number", "该值不一定是数字"),
                hint: LocalText("leave 'number' out", "请去掉 'number'"), at: "number")
        }
        return field
    }
}

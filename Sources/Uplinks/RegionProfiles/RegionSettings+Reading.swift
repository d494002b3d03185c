// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ConfigurationFile
import RatingModel

extension RegionSettings {
    /// Reads what an uplink's stanza says of the region, all mistakes into the section's log.
    ///
    /// The stanza is shared with whatever carries the ratings, which reads its own keys of it.
    public static func read(_ section: ConfigurationSection) -> RegionSettings {
        let profiles = Dictionary(RegionProfile.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var result = RegionSettings()
        result.profile = section.required("profile", .choice(profiles)) ?? result.profile
        result.batchRecords = section.value(
            "batch", .integer(in: 1...Limits.batchRecords), default: result.batchRecords)
        result.batchesPerSecond = section.value(
            "rate_limit", .integer(in: 0...1000), default: result.batchesPerSecond)
        result.reasonlessBad = section.value("reasonless_bad", .word(), default: result.reasonlessBad)
        result.reasonlessStatement = section.value(
            "reasonless_statement", .sentence(ofAtMost: Limits.freeTextCharacters),
            default: result.reasonlessStatement)
        result.onUnknown = section.value("on_unknown", .word(), default: result.onUnknown)
        return result
    }
}

extension ValueKind {
    /// One of the words of an enumeration.
    fileprivate static func word() -> ValueKind
    where Value: CaseIterable & RawRepresentable<String> & Sendable {
        .choice(Dictionary(Value.allCases.map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first }))
    }
}

extension ValueKind where Value == String {
    /// A text of a limited number of characters.
    fileprivate static func sentence(ofAtMost limit: Int) -> ValueKind {
        ValueKind { text, isQuoted in
            guard text.count <= limit else {
                return .wrong(
                    LocalText("the text has more than \(limit) characters", "文本超过 \(limit) 个字符"),
                    hint: LocalText("shorten it", "请缩短"))
            }
            return Self.text(atMost: limit * 4).reading(of: text, isQuoted: isQuoted)
        }
    }
}

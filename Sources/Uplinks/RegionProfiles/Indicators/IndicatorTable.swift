// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
public import RatingModel

/// The indicators a citizen can choose (评价详情): versioned, and given from above.
public struct IndicatorTable: Sendable, Hashable {
    /// Its version.
    public var version: String
    /// In the order they are shown.
    public var indicators: [Indicator]
    /// Codes of an earlier edition, which stand in history and are chosen no more.
    public var superseded: [ClosedRange<Int>]

    /// One of them.
    public struct Indicator: Sendable, Hashable {
        /// Three digits; the first is the level, 5 the best.
        public var code: String
        /// What the citizen reads.
        public var text: String
        /// Whether it is one of the first three of its level, which are shown first.
        public var isBasic: Bool
    }

    /// The table that ships.
    public static let shipped = read(text: String(decoding: PackageResources.indicators_yaml, as: UTF8.self)).table

    /// Reads a table in the form of the one that ships; the mistakes by line and column, and no table with an error.
    public static func reading(_ bytes: [UInt8], name: String) -> (table: IndicatorTable?, mistakes: [LocalText]) {
        let outcome = read(text: String(decoding: bytes, as: UTF8.self), name: name)
        let hasErrors = outcome.diagnostics.contains { $0.severity == .error }
        let mistakes = outcome.diagnostics.map { LocalText($0.line(for: "en"), $0.line(for: "zh")) }
        return (hasErrors ? nil : outcome.table, mistakes)
    }

    static func read(text: String, name: String = "indicators.yaml") -> (
        table: IndicatorTable, diagnostics: [Diagnostic]
    ) {
        let outcome = ConfigurationFile.read(text: text, name: name) { read($0) }
        return (outcome.value, outcome.diagnostics)
    }

    private static func read(_ section: ConfigurationSection) -> IndicatorTable {
        _ = section.required("table", .identifier)
        let version = section.required("version", .identifier) ?? ""
        let superseded = section.list("superseded", atMost: 32) { range -> ClosedRange<Int>? in
            guard let from = range.required("from", .integer(in: 100...599)),
                let to = range.required("to", .integer(in: 100...599)), from <= to
            else { return nil }
            return from...to
        }
        var known: [String: Int] = [:]
        let indicators = section.list("indicators", atMost: 500) { item -> Indicator? in
            guard let code = item.required("code", .integer(in: 100...599)),
                let text = item.required("text", .text(atMost: 256))
            else { return nil }
            let level = String(code / 100)
            known[level, default: 0] += 1
            guard known["\(code)"] == nil else {
                item.report(
                    LocalText("the code \(code) is there already", "代码 \(code) 重复"),
                    hint: LocalText("a code stands for one indicator", "一个代码只对应一项指标"), at: "code")
                return nil
            }
            known["\(code)"] = 1
            return Indicator(code: String(code), text: text, isBasic: known[level, default: 0] <= 3)
        }
        return IndicatorTable(version: version, indicators: indicators, superseded: superseded)
    }

    // MARK: Reading it

    /// The indicators of a level, the basic ones first.
    public func indicators(of level: SatisfactionLevel) -> [Indicator] {
        indicators.filter { $0.code.hasPrefix(Self.digit(level)) }
    }

    /// What a code says; `nil` where neither this table nor an earlier edition has it.
    public func standing(of code: String, at level: SatisfactionLevel) -> Standing {
        guard code.hasPrefix(Self.digit(level)) else { return .ofAnotherLevel }
        if let indicator = indicators.first(where: { $0.code == code }) { return .current(indicator) }
        if let number = Int(code), superseded.contains(where: { $0.contains(number) }) { return .superseded }
        return .unknown
    }

    /// What a code is worth with a level.
    public enum Standing: Sendable, Hashable {
        /// It can be chosen.
        case current(Indicator)
        /// It could be chosen once.
        case superseded
        /// Its first digit is another level.
        case ofAnotherLevel
        /// No edition has it.
        case unknown
    }

    /// The codes of a choice, joined with commas as upstream or with bars as by tablets, that cannot be chosen with a
    /// level: for whoever takes them in. What was recorded goes up as it is.
    public func impossible(in choice: String, at level: SatisfactionLevel) -> [String] {
        choice.split(whereSeparator: { $0 == "," || $0 == "|" }).map(String.init).filter { code in
            if case .current = standing(of: code, at: level) { false } else { true }
        }
    }

    private static func digit(_ level: SatisfactionLevel) -> String { String(6 - level.rawValue) }
}

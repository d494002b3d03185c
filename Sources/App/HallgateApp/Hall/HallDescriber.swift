// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import HallAPI
import Logging
import RatingModel
import RegionMirror
import RegionProfiles

/// What pages show of the hall and ask in it, from the configuration and what the region let the hall know.
struct HallDescriber: Sendable {
    private let logger: Logger
    /// The newest table of the region that was looked at, and what came of it.
    private var mirrored: (source: MirroredNotices.Indicators, table: IndicatorTable?)?
    /// What was described last: every rating is checked against it.
    private var last: (source: MirroredNotices.Indicators?, description: HallDescription)?

    init(logger: Logger) { self.logger = logger }

    /// The configuration is another from now on.
    mutating func forget() { last = nil }

    /// Describes the hall; a table of the region that cannot be read leaves the one that ships.
    mutating func description(
        of configuration: GatewayConfiguration, newer indicators: MirroredNotices.Indicators?
    ) -> HallDescription {
        if let last, last.source == indicators { return last.description }
        let description = describe(configuration, indicators)
        last = (indicators, description)
        return description
    }

    private mutating func describe(
        _ configuration: GatewayConfiguration, _ indicators: MirroredNotices.Indicators?
    ) -> HallDescription {
        let settings = configuration.pages ?? PagesSettings()
        let table = table(indicators) ?? .shipped
        let uplink =
            configuration.uplinks.first { settings.region == nil || $0.name == settings.region }
        let sources = configuration.ingest.sources.map(\.source)
        // A screen that many people use asks whether anybody is there.
        let isShared = !settings.kiosks.isEmpty || sources.contains { $0.page != nil }
        var description = HallDescription(
            name: configuration.hall.name,
            windows: configuration.windows.map { .init(id: $0.id.value, name: $0.name) },
            receiver: settings.receiver, privacyNotice: settings.privacyNotice, languages: settings.languages,
            indicators: Dictionary(
                uniqueKeysWithValues: PageLevel.allCases.map { level in
                    let indicators = table.indicators(of: level.level).map { indicator in
                        HallDescription.Indicator(
                            code: indicator.code, text: indicator.text, isBasic: indicator.isBasic)
                    }
                    return (level, indicators)
                }),
            isReasonRequiredForBad: uplink.map { $0.region.terms.reasonlessBad != .send } ?? false,
            realName: settings.realName, textLimit: Limits.freeTextCharacters,
            selfService: isShared ? settings.selfService.described : nil, terminals: Self.terminals(of: sources),
            version: 0)
        description.version = description.fingerprint
        return description
    }

    /// Who may show the pages of which source in a frame; `nil` where nobody may.
    private static func terminals(of sources: [IngestSource]) -> [HallDescription.Terminal]? {
        let framed = sources.compactMap { source in
            source.page.map { HallDescription.Terminal(source: source.name, frames: $0.frames) }
        }.filter { !$0.frames.isEmpty }
        return framed.isEmpty ? nil : framed
    }

    private mutating func table(_ source: MirroredNotices.Indicators?) -> IndicatorTable? {
        guard let source else { return nil }
        if let mirrored, mirrored.source == source { return mirrored.table }
        let reading = IndicatorTable.reading(source.table, name: "indicators \(source.version)")
        if reading.table == nil {
            logger.error(
                "the region's indicator table cannot be read; the one before it is asked",
                metadata: [
                    "version": "\(source.version)", "mistake": "\(reading.mistakes.first?.english ?? "")",
                ])
        }
        mirrored = (source, reading.table)
        return reading.table
    }
}

extension HallDescription {
    /// A number that differs wherever anything that is shown differs (FNV-1a, 53 bits, which every reader of JSON keeps).
    fileprivate var fingerprint: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x0100_0000_01B3
        }
        func add(_ text: PageText?) {
            for language in PageLanguage.allCases { add(text?.words[language] ?? "") }
        }
        add(name)
        for window in windows {
            add(window.id)
            add(window.name)
        }
        add(receiver)
        add(privacyNotice)
        for language in languages { add(language.rawValue) }
        for level in PageLevel.allCases {
            add(level.rawValue)
            for indicator in indicators[level] ?? [] { add("\(indicator.code) \(indicator.isBasic) \(indicator.text)") }
        }
        add("\(isReasonRequiredForBad) \(realName.rawValue) \(textLimit)")
        if let selfService {
            add("\(selfService.idleSeconds) \(selfService.countdownSeconds) \(selfService.speaks)")
        }
        for terminal in terminals ?? [] {
            add(terminal.source)
            for origin in terminal.frames { add(origin.rawValue) }
        }
        return hash >> 11
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// A field of a response to a questionnaire: its name at the region and what stands in it.
struct ResponseField: Sendable, Hashable {
    var name: String
    var source: Source
    /// Whether it is left out where there is nothing to say; else it is written empty.
    var isOmitted = false

    /// What stands in a field.
    enum Source: Sendable, Hashable {
        /// `answers` is a list of objects in JSON, and that list as a text in every other form.
        case id, questionnaire, version, channel, language, time, window, project, service, answers
        case site(String)
        case literal(String)
    }

    private static let sources: [String: Source] = [
        "id": .id, "questionnaire": .questionnaire, "version": .version, "channel": .channel, "language": .language,
        "time": .time, "window": .window, "project": .project, "service": .service, "answers": .answers,
    ]

    static func read(_ section: ConfigurationSection, site: [SiteConstant]) -> ResponseField? {
        let name = section.required("name", .fieldName)
        var source: Source?
        if section.has("value") {
            source = section.value("value", .text(atMost: 256)).map { .literal($0) }
        } else {
            let constants = site.map { ("site." + $0.name, Source.site($0.name)) }
            let known = sources.merging(constants) { first, _ in first }
            source = section.required("from", .choice(known))
        }
        let isOmitted = section.value("absent", .choice(["omit": true, "empty": false]), default: false)
        guard let name, let source else { return nil }
        return ResponseField(name: name, source: source, isOmitted: isOmitted)
    }
}

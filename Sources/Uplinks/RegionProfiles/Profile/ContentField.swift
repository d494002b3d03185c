// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// A field of what is delivered beside ratings, a response to a questionnaire or an invitation: its name at the region and
/// what stands in it.
struct ContentField: Sendable, Hashable {
    var name: String
    var source: Source
    /// Whether it is left out where there is nothing to say; else it is written empty.
    var isOmitted = false

    /// What stands in a field.
    enum Source: Sendable, Hashable {
        case id, window, project, service
        /// `answers` is a list of objects in JSON, and that list as a text in every other form.
        case questionnaire, version, channel, language, time, answers
        case session, asked, ended
        case site(String)
        case literal(String)
    }

    private static let common: [String: Source] = [
        "id": .id, "window": .window, "project": .project, "service": .service,
    ]
    /// What can stand in a response to a questionnaire.
    static let ofResponses = common.merging([
        "questionnaire": .questionnaire, "version": .version, "channel": .channel, "language": .language,
        "time": .time, "answers": .answers,
    ]) { first, _ in first }
    /// What can stand in an invitation.
    static let ofInvitations = common.merging(["session": .session, "asked": .asked, "ended": .ended]) { first, _ in
        first
    }

    static func read(
        _ section: ConfigurationSection, from sources: [String: Source], site: [SiteConstant]
    ) -> ContentField? {
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
        return ContentField(name: name, source: source, isOmitted: isOmitted)
    }
}

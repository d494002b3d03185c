// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI

/// A rating as it stands in a request's body.
struct IngestForm: IngestBody, Sendable {
    let number: String
    let level: PageLevel
    let channel, window, project, service, text, name, mobile, ratedAt: String?
    let indicators: [String]

    enum Field: String, CodingKey, CaseIterable {
        case number, level, indicators, channel, window, project, service, text, name, mobile, ratedAt
    }

    init(from fields: KeyedDecodingContainer<Field>) throws {
        number = try fields.decode(String.self, forKey: .number)
        level = try fields.decode(PageLevel.self, forKey: .level)
        indicators = try fields.decodeIfPresent([String].self, forKey: .indicators) ?? []
        channel = try fields.decodeIfPresent(String.self, forKey: .channel)
        window = try fields.decodeIfPresent(String.self, forKey: .window)
        project = try fields.decodeIfPresent(String.self, forKey: .project)
        service = try fields.decodeIfPresent(String.self, forKey: .service)
        text = try fields.decodeIfPresent(String.self, forKey: .text)
        name = try fields.decodeIfPresent(String.self, forKey: .name)
        mobile = try fields.decodeIfPresent(String.self, forKey: .mobile)
        ratedAt = try fields.decodeIfPresent(String.self, forKey: .ratedAt)
    }

    /// The rating of a source.
    func rating(source: String, key: String) -> IngestRating {
        IngestRating(
            source: source, key: key, number: number, channel: channel, window: window, project: project,
            service: service, level: level, indicators: indicators, text: text, name: name, mobile: mobile,
            ratedAt: ratedAt)
    }
}

/// What a source asks an address for, as it stands in a request's body.
struct AddressForm: IngestBody, Sendable {
    let number, back: String
    let window, project, service: String?

    enum Field: String, CodingKey, CaseIterable { case number, window, project, service, back }

    init(from fields: KeyedDecodingContainer<Field>) throws {
        number = try fields.decode(String.self, forKey: .number)
        back = try fields.decode(String.self, forKey: .back)
        window = try fields.decodeIfPresent(String.self, forKey: .window)
        project = try fields.decodeIfPresent(String.self, forKey: .project)
        service = try fields.decodeIfPresent(String.self, forKey: .service)
    }

    /// What is asked of the core.
    func request(source: String, key: String) -> AddressRequest {
        AddressRequest(
            source: source, key: key, number: number, window: window, project: project, service: service, back: back)
    }
}

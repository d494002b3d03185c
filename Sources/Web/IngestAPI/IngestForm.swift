// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI

/// A rating as it stands in a request's body. A field that is not known is a mistake: what a source believes to have handed
/// over is never left out in silence.
struct IngestForm: Decodable, Sendable {
    let number: String
    let level: PageLevel
    let channel, window, project, service, text, name, mobile, ratedAt: String?
    let indicators: [String]

    private enum Field: String, CodingKey, CaseIterable {
        case number, level, indicators, channel, window, project, service, text, name, mobile, ratedAt
    }

    /// Why a body is no rating.
    enum Mistake: Error, Equatable {
        /// It is no JSON object.
        case notJSON
        /// A field is missing, unknown, or of another kind; never what it holds.
        case wrong(String)
    }

    /// Any name of a field.
    private struct AnyField: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// A field that is not known.
    private struct UnknownField: Error {}

    init(from decoder: any Decoder) throws {
        let given = try decoder.container(keyedBy: AnyField.self).allKeys
        let isKnown = given.allSatisfy { Field(rawValue: $0.stringValue) != nil }
        guard isKnown else { throw UnknownField() }
        let fields = try decoder.container(keyedBy: Field.self)
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

    /// Reads a body.
    static func read(_ body: some Sequence<UInt8>) -> Result<IngestForm, Mistake> {
        do {
            return .success(try JSONDecoder().decode(IngestForm.self, from: Data(body)))
        } catch is UnknownField {
            let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
            return .failure(.wrong("a field is not known here; there are \(known)"))
        } catch {
            return .failure(mistake(in: error as? DecodingError))
        }
    }

    private static func mistake(in error: DecodingError?) -> Mistake {
        func name(_ context: DecodingError.Context, _ more: [any CodingKey] = []) -> String? {
            let path = (context.codingPath + more).map(\.stringValue)
            return path.isEmpty ? nil : path[0]
        }
        switch error {
        case .keyNotFound(let key, let context): return .wrong("\(name(context, [key]) ?? "a field") is missing")
        case .valueNotFound(_, let context): return name(context).map { .wrong("\($0) is null") } ?? .notJSON
        case .typeMismatch(_, let context):
            return name(context).map { .wrong("\($0) is of another kind") } ?? .notJSON
        case .dataCorrupted(let context):
            return name(context).map { .wrong("\($0) has a value that is not known") } ?? .notJSON
        default: return .notJSON
        }
    }

    /// The rating of a source.
    func rating(source: String, key: String) -> IngestRating {
        IngestRating(
            source: source, key: key, number: number, channel: channel, window: window, project: project,
            service: service, level: level, indicators: indicators, text: text, name: name, mobile: mobile,
            ratedAt: ratedAt)
    }
}

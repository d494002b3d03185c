// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The body of a request. A field that is not known is a mistake: what a source believes to have said is never left out in
/// silence.
protocol IngestBody: Decodable {
    /// The fields there are.
    associatedtype Field: CodingKey, CaseIterable, RawRepresentable<String>

    /// Takes the fields.
    init(from fields: KeyedDecodingContainer<Field>) throws
}

/// Why a body is none of the kind that was expected.
enum BodyMistake: Error, Equatable {
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

extension IngestBody {
    init(from decoder: any Decoder) throws {
        let given = try decoder.container(keyedBy: AnyField.self).allKeys
        let isKnown = given.allSatisfy { Field(rawValue: $0.stringValue) != nil }
        guard isKnown else { throw UnknownField() }
        try self.init(from: try decoder.container(keyedBy: Field.self))
    }

    /// Reads a body.
    static func read(_ body: some Sequence<UInt8>) -> Result<Self, BodyMistake> {
        do {
            return .success(try JSONDecoder().decode(Self.self, from: Data(body)))
        } catch is UnknownField {
            let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
            return .failure(.wrong("a field is not known here; there are \(known)"))
        } catch {
            return .failure(mistake(in: error as? DecodingError))
        }
    }

    private static func mistake(in error: DecodingError?) -> BodyMistake {
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
}

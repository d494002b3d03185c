// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Hummingbird
import RatingModel

/// Reads the JSON of requests.
enum BusinessBody {
    /// Longest body, in bytes: several times what any request needs.
    static let mostBytes = 8192

    /// A body that must be there.
    static func required<Body: Decodable>(_ type: Body.Type, of request: Request) async throws(GatewayError) -> Body {
        guard let body = try await optional(type, of: request) else { throw .badRequest("the body is missing") }
        return body
    }

    /// A body that may be left out.
    static func optional<Body: Decodable>(_ type: Body.Type, of request: Request) async throws(GatewayError) -> Body? {
        guard let buffer = try? await request.body.collect(upTo: mostBytes) else { throw .tooLarge }
        guard buffer.readableBytes > 0 else { return nil }
        let media = (request.headers[.contentType] ?? "").lowercased().split(separator: ";").first.map(String.init)
        guard media?.filter({ !$0.isWhitespace }) == "application/json" else { throw .notJSON }
        do {
            return try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
        } catch {
            throw .badRequest(words(for: error))
        }
    }

    /// What a decoder complains of, without a word of the data.
    private static func words(for error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context): "\(path(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context): "\(path(context.codingPath)) is null"
        case .typeMismatch(let type, let context): "\(path(context.codingPath)) is not a \(type)"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\(path(context.codingPath)) has a value that cannot be taken"
        default: "the body is not JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "the body" : keys.map(\.stringValue).joined(separator: ".")
    }
}

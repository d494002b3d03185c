// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import HallAPI
public import RatingModel
import Synchronization

/// Which description the web process has already: it asks for every page, and the whole of it is long.
struct KnownDescription: Codable, Sendable {
    var known: UInt64?
}

/// A request whose parameters may be left out.
private struct KnownParameters: Decodable {
    let params: KnownDescription?
}

/// The hall as it is described, or that it is still the one that is known.
enum DescriptionAnswer: Codable, Sendable {
    case changed(HallDescription)
    case unchanged(version: UInt64)

    private struct Unchanged: Codable {
        var isUnchanged = true
        let version: UInt64
    }

    init(_ description: HallDescription, known: UInt64?) {
        self = description.version == known ? .unchanged(version: description.version) : .changed(description)
    }

    init(from decoder: any Decoder) throws {
        if let short = try? Unchanged(from: decoder) {
            self = .unchanged(version: short.version)
        } else {
            self = .changed(try HallDescription(from: decoder))
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .changed(let description): try description.encode(to: encoder)
        case .unchanged(let version): try Unchanged(version: version).encode(to: encoder)
        }
    }
}

extension HallCalls {
    /// Answers `hall.describe`.
    func describe(_ line: Data) throws -> AnswerBeside {
        let known = try JSONDecoder().decode(KnownParameters.self, from: line).params?.known
        return try beside { [hall] () async throws(GatewayError) in
            DescriptionAnswer(try await hall.describeHall(), known: known)
        }
    }
}

extension CoreLine {
    public func describeHall() async throws(GatewayError) -> HallDescription {
        let last = described.withLock { $0 }
        let answer: DescriptionAnswer = try await connection().call(
            HallMethod.describe.rawValue, KnownDescription(known: last?.version), within: Self.memoryTime)
        switch answer {
        case .changed(let description):
            described.withLock { $0 = description }
            return description
        case .unchanged(let version):
            guard let last, last.version == version else { throw .coreSilent(cause: "it knows another description") }
            return last
        }
    }
}

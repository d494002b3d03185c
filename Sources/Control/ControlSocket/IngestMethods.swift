// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import RatingModel

/// What sources of ratings ask on the web process's socket: a closed list.
enum IngestMethod: String, Sendable, CaseIterable {
    case ingest = "rating.ingest"
    case progress = "ingest.progress"
    case makeAddress = "ingest.address"
}

extension MethodTable {
    /// The methods of ingest sources, carried out beside each other.
    static func ingestMethods(_ calls: HallCalls, _ service: any IngestService) -> [(String, Method)] {
        IngestMethod.allCases.map { ($0.rawValue, method($0, calls, service)) }
    }

    private static func method(_ method: IngestMethod, _ calls: HallCalls, _ service: any IngestService) -> Method {
        switch method {
        case .ingest:
            beside(calls) { (rating: IngestRating) async throws(GatewayError) in try await service.ingest(rating) }
        case .progress:
            beside(calls) { (question: IngestQuestion) async throws(GatewayError) in
                try await service.progress(of: question)
            }
        case .makeAddress:
            beside(calls) { (request: AddressRequest) async throws(GatewayError) in
                try await service.makeAddress(for: request)
            }
        }
    }
}

extension CoreLine: IngestService {
    /// How long an answer may take that waits for the disk, and one that a wrong key waits for.
    private static let ingestTime = Duration.seconds(20)

    public func ingest(_ rating: IngestRating) async throws(GatewayError) -> IngestReceipt {
        try await connection().call(IngestMethod.ingest.rawValue, rating, within: Self.ingestTime)
    }

    public func progress(of question: IngestQuestion) async throws(GatewayError) -> IngestProgress {
        try await connection().call(IngestMethod.progress.rawValue, question, within: Self.ingestTime)
    }

    public func makeAddress(for request: AddressRequest) async throws(GatewayError) -> IngestAddress {
        try await connection().call(IngestMethod.makeAddress.rawValue, request, within: Self.ingestTime)
    }
}

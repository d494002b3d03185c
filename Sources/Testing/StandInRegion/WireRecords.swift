// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A rating as it stands in a batch, before any rule was applied: a field that is missing or has a wrong type is `nil`.
struct ReceivedRating: Codable, Sendable, Hashable {
    let id: String?
    let projectNo: String?
    let serviceNumber: String?
    let pf: String?
    let satisfaction: String?
    let evalDetail: String?
    let writingEvaluation: String?
    let assessTime: String?
    let assessNumber: Int?
    let customFields: String?

    private enum CodingKeys: String, CodingKey {
        case id, projectNo, serviceNumber, pf, satisfaction, evalDetail, writingEvaluation, assessTime, assessNumber
        case customFields
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ field: CodingKeys) -> String? { try? fields.decodeIfPresent(String.self, forKey: field) }
        id = text(.id)
        projectNo = text(.projectNo)
        serviceNumber = text(.serviceNumber)
        pf = text(.pf)
        satisfaction = text(.satisfaction)
        evalDetail = text(.evalDetail)
        writingEvaluation = text(.writingEvaluation)
        assessTime = text(.assessTime)
        // Regions differ in whether the number is quoted.
        assessNumber =
            (try? fields.decodeIfPresent(Int.self, forKey: .assessNumber)) ?? text(.assessNumber).flatMap { Int($0) }
        customFields = text(.customFields)
    }
}

/// The body of `POST /api/evaluate`.
struct EvaluateBody: Decodable {
    let evaluate: [ReceivedRating]
}

/// A case as it is filed at `POST /api/cases`: the key of a service record.
struct FiledCase: Decodable, Sendable, Hashable {
    let projectNo: String
    let serviceNumber: String
}

/// The body of `POST /api/cases`.
struct CasesBody: Decodable {
    let cases: [FiledCase]
}

/// What the region answers to one rating or case.
struct RecordAnswer: Encodable, Sendable, Hashable {
    enum Result: String, Encodable, Sendable {
        case accepted, duplicate, rejected, retry
    }

    let id: String
    var result: Result
    var message: String
}

/// The body of an answer; a refusal of the whole call has a message and no results.
struct RegionAnswer: Encodable, Sendable, Hashable {
    let success: Bool
    var message: String?
    var results: [RecordAnswer]?
}

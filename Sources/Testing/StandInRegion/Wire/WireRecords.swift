// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A rating as it stands in a request, before any rule was applied: a field that is missing or is no text is `nil`.
struct ReceivedRating: Sendable, Hashable {
    var id: String?
    var projectNo: String?
    var serviceNumber: String?
    var pf: String?
    var satisfaction: String?
    var evalDetail: String?
    var writingEvaluation: String?
    var assessTime: String?
    var assessNumber: Int?
    var customFields: String?

    /// The fields by the names they have in the region's records, whatever a profile calls them on the wire.
    enum Field: String, CaseIterable {
        case id, projectNo, serviceNumber, pf, satisfaction, evalDetail, writingEvaluation, assessTime, assessNumber
        case customFields
    }

    /// Puts a text that came under a field's name where it belongs.
    mutating func set(_ field: Field, _ text: String?) {
        switch field {
        case .id: id = text
        case .projectNo: projectNo = text
        case .serviceNumber: serviceNumber = text
        case .pf: pf = text
        case .satisfaction: satisfaction = text
        case .evalDetail: evalDetail = text
        case .writingEvaluation: writingEvaluation = text
        case .assessTime: assessTime = text
        case .assessNumber: assessNumber = text.flatMap { Int($0) }
        case .customFields: customFields = text
        }
    }

    /// The region's own record of it: the same fields are the same bytes, however they came.
    var record: String {
        var json = JSONWriter(capacity: 320)
        json.object { json in
            if let assessNumber {
                json.name("assessNumber")
                json.number(assessNumber)
            }
            if let assessTime { json.member("assessTime", assessTime) }
            if let customFields { json.member("customFields", customFields) }
            if let evalDetail { json.member("evalDetail", evalDetail) }
            if let id { json.member("id", id) }
            if let pf { json.member("pf", pf) }
            if let projectNo { json.member("projectNo", projectNo) }
            if let satisfaction { json.member("satisfaction", satisfaction) }
            if let serviceNumber { json.member("serviceNumber", serviceNumber) }
            if let writingEvaluation { json.member("writingEvaluation", writingEvaluation) }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

/// The key of a service record (办件): what a case is filed and looked up by.
struct CaseKey: Sendable, Hashable {
    let projectNo: String
    let serviceNumber: String
}

/// What the region answers to one rating or case.
struct RecordAnswer: Sendable, Hashable {
    enum Result: String, Sendable {
        case accepted, duplicate, rejected, retry
        /// To a question after a rating that the region does not hold.
        case absent
    }

    let id: String
    var result: Result
    var message = ""
}

/// A rating as the region holds it, for the daily 对账.
struct HeldRating: Sendable, Hashable {
    let id: String
    let satisfaction: String
    let pf: String
    let projectNo: String?
    let serviceNumber: String?
}

/// What the region lets a hall know; a hall can read it and do nothing about it.
enum RegionNotice: Sendable, Hashable {
    /// 复核: what became of a disputed rating.
    case verdict(id: String, number: String, outcome: String, text: String)
    /// A work order for a 差评.
    case workOrder(number: String, id: String?, state: String, deadline: String)
    /// An official rate of a period.
    case rate(scope: String, period: String, value: String)
    /// A newer indicator table.
    case indicators(version: String, table: String)
    /// A case was rated just now.
    case rated(CaseKey)
}

/// What the region says, before a wire format writes it.
enum RegionSaying: Sendable, Hashable {
    /// One answer for each rating or case, in the order they came.
    case results([RecordAnswer])
    /// The call was refused as a whole.
    case refused(String)
    /// It was well received, and there is nothing to say.
    case well
    case token(String, expiresInSeconds: Int)
    case caseExists(Bool)
    case holdings(date: String, [HeldRating])
    /// A page of notices, and where to go on; `nil` where the page is empty.
    case notices([RegionNotice], next: Int64?)
    /// Whether a case has been rated.
    case rated(Bool)
    /// The address of a case's page.
    case code(String)
    /// A picture of the code of a case, a PNG.
    case codeImage([UInt8])
}

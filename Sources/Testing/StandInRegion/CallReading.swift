// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import RatingModel

/// Reads requests as calls: which path is which call, and what each must bring.
struct CallReading: Sendable {
    let profile: StandInProfile
    let office: TokenOffice
    /// How its page is reached: `https` or `http`.
    let scheme: String

    /// The calls of the contract by path; `name` is what they are counted under.
    static let calls: [(path: String, method: HTTPRequest.Method, name: String)] = [
        ("/api/evaluate", .post, "evaluate"), ("/api/supplement", .post, "evaluate"), ("/api/ping", .get, "ping"),
        ("/api/token", .post, "token"), ("/api/outcomes", .post, "outcomes"), ("/api/cases", .post, "cases"),
        ("/api/questionnaires", .post, "questionnaires"), ("/api/invitations", .post, "invitations"),
        ("/api/cases", .get, "lookup"),
        ("/api/holdings", .get, "holdings"), ("/api/notices", .get, "notices"), ("/api/rated", .get, "rated"),
        ("/api/codes", .post, "codes"),
    ]

    /// Reads the call of a name.
    func read(_ name: String, _ request: WireRequest) throws(WireRefusal) -> RegionCall {
        switch name {
        case "evaluate": try evaluate(request)
        case "questionnaires": .questionnaires(try responses(request))
        case "invitations": .invitations(try invitations(request))
        case "token": try token(request)
        case "outcomes": .outcomes(try ids(request))
        case "cases": .cases(try cases(request))
        case "lookup": .lookUp(try caseKey(request.query))
        case "rated": .rated(try ratedCase(request))
        case "codes": .code(try address(request))
        case "holdings": .holdings(date: try date(request.query["date"]))
        case "notices": .notices(after: try cursor(request.query["after"]))
        default: .ping
        }
    }

    private func evaluate(_ request: WireRequest) throws(WireRefusal) -> RegionCall {
        let ratings = try profile.wire.ratings(request)
        if ratings.count > Limits.batchRecords {
            throw WireRefusal(status: 413, message: "一批最多 \(Limits.batchRecords) 条")
        }
        // A result is found by its id, so a rating without one cannot be answered by itself.
        for rating in ratings {
            guard let id = rating.id, RegionRules.isIdentifier(id) else {
                throw WireRefusal(status: 422, message: "缺少必填项 id")
            }
        }
        return .evaluate(ratings, isLate: profile.wire.isSupplement(request))
    }

    private func responses(_ request: WireRequest) throws(WireRefusal) -> [ReceivedResponse] {
        guard profile.takesQuestionnaires else { throw WireRefusal(status: 404, message: "无此接口") }
        let responses = try ReceivedResponse.list(request.body)
        try check(responses.map(\.id))
        return responses
    }

    private func invitations(_ request: WireRequest) throws(WireRefusal) -> [ReceivedInvitation] {
        guard profile.takesInvitations else { throw WireRefusal(status: 404, message: "无此接口") }
        let invitations = try ReceivedInvitation.list(request.body)
        try check(invitations.map(\.id))
        return invitations
    }

    /// A result is found by its id, so that everything in a batch needs one.
    private func check(_ ids: [String]) throws(WireRefusal) {
        if ids.count > Limits.batchRecords {
            throw WireRefusal(status: 413, message: "一批最多 \(Limits.batchRecords) 条")
        }
        guard ids.allSatisfy(RegionRules.isIdentifier) else {
            throw WireRefusal(status: 422, message: "缺少必填项 id")
        }
    }

    private func token(_ request: WireRequest) throws(WireRefusal) -> RegionCall {
        let members = try JSONMembers(request.body)
        guard let application = members["app_id"], let secret = members["app_secret"] else {
            throw WireRefusal(status: 422, message: "缺少必填项 app_id 或 app_secret")
        }
        guard let token = office.issue(application: application, secret: secret) else {
            throw WireRefusal(status: 401, message: "应用标识或密钥错误")
        }
        return .token(token, expiresInSeconds: Int(office.lifetime.components.seconds))
    }

    private func ids(_ request: WireRequest) throws(WireRefusal) -> [String] {
        var ids: [String]?
        do throws(JSONReader.Unreadable) {
            try JSONReader.read(request.body) { reader throws(JSONReader.Unreadable) in
                try reader.object { reader, name throws(JSONReader.Unreadable) in
                    guard name == "ids" else { return try reader.skip() }
                    var found: [String] = []
                    try reader.array { reader throws(JSONReader.Unreadable) in
                        guard let id = try reader.textOrNil() else { throw JSONReader.Unreadable() }
                        found.append(id)
                    }
                    ids = found
                }
            }
        } catch { throw .unreadable }
        guard let ids else { throw .unreadable }
        guard ids.count <= Limits.batchRecords else {
            throw WireRefusal(status: 413, message: "一次最多查询 \(Limits.batchRecords) 条")
        }
        return ids
    }

    private func cases(_ request: WireRequest) throws(WireRefusal) -> [CaseKey] {
        var cases: [[String: String]]?
        do throws(JSONReader.Unreadable) {
            try JSONReader.read(request.body) { reader throws(JSONReader.Unreadable) in
                try reader.object { reader, name throws(JSONReader.Unreadable) in
                    guard name == "cases" else { return try reader.skip() }
                    var found: [[String: String]] = []
                    try reader.array { reader throws(JSONReader.Unreadable) in found.append(try reader.members()) }
                    cases = found
                }
            }
        } catch { throw .unreadable }
        guard let cases else { throw .unreadable }
        guard cases.count <= Limits.batchRecords else {
            throw WireRefusal(status: 413, message: "一批最多 \(Limits.batchRecords) 条")
        }
        var keys: [CaseKey] = []
        for each in cases { keys.append(try caseKey(each)) }
        return keys
    }

    func caseKey(_ members: [String: String]) throws(WireRefusal) -> CaseKey {
        guard let project = members["projectNo"], let service = members["serviceNumber"],
            RegionRules.isIdentifier(project), RegionRules.isIdentifier(service)
        else { throw WireRefusal(status: 422, message: "缺少必填项 projectNo 或 serviceNumber") }
        return CaseKey(projectNo: project, serviceNumber: service)
    }

    private func date(_ text: String?) throws(WireRefusal) -> String {
        guard let text, RegionRules.day(of: text + " 00:00:00") == text else {
            throw WireRefusal(status: 422, message: "date 格式应为 yyyy-MM-dd")
        }
        return text
    }

    private func cursor(_ text: String?) throws(WireRefusal) -> Int64 {
        guard let text, !text.isEmpty else { return 0 }
        guard let number = Int64(text), number >= 0 else { throw WireRefusal(status: 422, message: "after 无效") }
        return number
    }
}

/// The text members of a JSON object that is a whole body.
struct JSONMembers {
    private let members: [String: String]

    init(_ body: [UInt8]) throws(WireRefusal) {
        do throws(JSONReader.Unreadable) {
            members = try JSONReader.read(body) { reader throws(JSONReader.Unreadable) in try reader.members() }
        } catch { throw .unreadable }
    }

    subscript(name: String) -> String? { members[name] }
}

extension JSONReader {
    /// Reads an object and keeps its members that are texts.
    mutating func members() throws(Unreadable) -> [String: String] {
        var members: [String: String] = [:]
        try object { reader, name throws(Unreadable) in members[name] = try reader.textOrNil() }
        return members
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import RatingModel
import SQLite

/// What a client asked for, as far as its body could be read.
enum RegionCall: Sendable {
    case evaluate([ReceivedRating])
    case cases([FiledCase])
    case ping
    /// A call that is answered with this status and message before any rule; `name` is the call it meant to be.
    case refused(name: String, status: Int, message: String)

    /// The name it is counted under.
    var name: String {
        switch self {
        case .evaluate: "evaluate"
        case .cases: "cases"
        case .ping: "ping"
        case .refused(let name, _, _): name
        }
    }

    /// How many ratings it carries.
    var ratings: Int { if case .evaluate(let ratings) = self { ratings.count } else { 0 } }
}

/// What is to be answered, and how the answer is to go wrong.
struct RegionReply: Sendable, Hashable {
    var status = 200
    var retryAfterSeconds: Int?
    var body: [UInt8] = []
    var delay: Duration = .zero
    /// The fault that decides how the answer is sent, if any.
    var kind: FaultKind?

    /// Whether the client is to see no answer at all.
    var isCut: Bool { kind == .drop || kind == .reset || kind == .lostAnswer }
}

/// The region: rules, memory and faults, one request at a time.
actor RegionCore {
    private let store: RegionStore
    private let requiresCase: Bool
    private let started = ContinuousClock.now
    private var plan: FaultPlan

    init(_ configuration: StandInRegionConfiguration) throws(SQLiteError) {
        store = try RegionStore(path: configuration.store)
        requiresCase = configuration.requiresCase
        plan = FaultPlan(configuration.faults, seed: configuration.seed)
    }

    func inject(_ rule: FaultRule) { plan.add(rule, at: ContinuousClock.now - started) }

    func clearFaults() { plan.clear() }

    func counts() throws(SQLiteError) -> RegionStoreReader.Counts { try store.counts() }

    /// Takes a call and commits what it brought, what fired and what it is answered; only then is it answered.
    func answer(_ call: RegionCall) -> RegionReply {
        do throws(SQLiteError) {
            return try store.transaction { () throws(SQLiteError) in try decide(call) }
        } catch {
            return RegionReply(status: 500, body: Self.encode(RegionAnswer(success: false, message: error.description)))
        }
    }

    private func decide(_ call: RegionCall) throws(SQLiteError) -> RegionReply {
        var decision = FaultPlan.Decision()
        let carriesRatings = call.name == "evaluate"
        if case .refused = call {
        } else {
            decision = plan.decide(carriesRatings: carriesRatings, at: ContinuousClock.now - started)
        }
        var reply = RegionReply(delay: decision.delay, kind: decision.kind)
        if decision.kind?.storesRatings ?? true {
            switch call {
            case .evaluate(let ratings): reply.body = try take(ratings, decision: &decision)
            case .cases(let cases): reply.body = try file(cases)
            case .ping: reply.body = Self.encode(RegionAnswer(success: true))
            case .refused(_, let status, let message):
                reply.status = status
                reply.body = Self.encode(RegionAnswer(success: false, message: message))
            }
        } else {
            Self.replace(&reply)
        }
        let names = decision.fired.map { carriesRatings ? $0 : "\(call.name)/\($0)" }
        for name in names { try store.count(fault: name) }
        try store.keepRequest(
            call: call.name, ratings: call.ratings, status: reply.isCut ? 0 : reply.status, faults: names)
        return reply
    }

    /// The answers of the faults that store nothing.
    private static func replace(_ reply: inout RegionReply) {
        switch reply.kind {
        case .status(let code, let after):
            reply.status = code
            reply.retryAfterSeconds = after
            reply.body = encode(RegionAnswer(success: false, message: "系统维护中"))
        case .unauthorized:
            reply.status = 401
            reply.body = encode(RegionAnswer(success: false, message: "令牌无效"))
        case .refuseBatch: reply.body = encode(RegionAnswer(success: false, message: "系统繁忙"))
        case .garbage: reply.body = Array("<html><body>网关超时</body>".utf8) + [0xFF, 0x00, 0xFE]
        default: break
        }
    }

    private func take(_ ratings: [ReceivedRating], decision: inout FaultPlan.Decision) throws(SQLiteError) -> [UInt8] {
        var results: [RecordAnswer] = []
        for rating in ratings {
            var answer = try take(rating, decision: &decision)
            if decision.kind == .duplicate, answer.result == .accepted {
                answer.result = .duplicate
                answer.message = "评价已接收"
            }
            results.append(answer)
        }
        if decision.kind == .omit, !results.isEmpty { results.removeFirst() }
        return Self.encode(RegionAnswer(success: true, results: results))
    }

    private func take(_ received: ReceivedRating, decision: inout FaultPlan.Decision) throws(SQLiteError)
        -> RecordAnswer
    {
        let id = received.id ?? ""
        let press = received.customFields.flatMap(NationalRules.press(in:))
        func refused(_ result: RecordAnswer.Result, _ message: String) throws(SQLiteError) -> RecordAnswer {
            let answer = RecordAnswer(id: id, result: result, message: message)
            try store.refuse(answer, press: press)
            return answer
        }
        let rating: ValidRating
        do throws(NationalRules.Refusal) {
            rating = try NationalRules.check(received, id: id)
        } catch {
            return try refused(.rejected, error.message)
        }
        let body = String(decoding: Self.encode(received), as: UTF8.self)
        switch try store.knowledge(of: rating, body: body) {
        case .accepted(let isAltered):
            try store.countRepeat(of: id, isAltered: isAltered)
            return RecordAnswer(id: id, result: .duplicate, message: "评价已接收")
        case .competing:
            try store.keepCompeting(rating, body: body)
            return RecordAnswer(id: id, result: .duplicate, message: "评价数据不可重复")
        case .new: break
        }
        if requiresCase, try !store.holdsCase(projectNo: rating.projectNo, serviceNumber: rating.serviceNumber) {
            return try refused(.rejected, "办件不存在")
        }
        if decision.kind != .duplicate, let fault = plan.decideRating(at: ContinuousClock.now - started) {
            decision.fired.append(fault.name)
            return try fault == .retry ? refused(.retry, "请稍后重试") : refused(.rejected, "评价数据校验不通过")
        }
        try store.accept(rating, body: body)
        return RecordAnswer(id: id, result: .accepted, message: "")
    }

    private func file(_ cases: [FiledCase]) throws(SQLiteError) -> [UInt8] {
        var results: [RecordAnswer] = []
        for filed in cases {
            let isNew = try store.file(filed)
            results.append(
                RecordAnswer(
                    id: "\(filed.projectNo)/\(filed.serviceNumber)", result: isNew ? .accepted : .duplicate,
                    message: isNew ? "" : "已存在"))
        }
        return Self.encode(RegionAnswer(success: true, results: results))
    }

    /// JSON with its keys in order, so that equal values are equal bytes.
    static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // These types hold only texts, numbers and booleans, for which the encoder has no error.
        return (try? encoder.encode(value)).map { Array($0) } ?? []
    }
}

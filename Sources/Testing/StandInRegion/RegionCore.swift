// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import QRCode
import RatingModel
import SQLite

/// The region: rules, memory and faults, one request at a time.
actor RegionCore {
    let store: RegionStore
    let rules: RegionRules
    let requiresCase: Bool
    private let drawsCodes: Bool
    private let wire: any WireFormat
    private let answersWhole: Bool
    let started = ContinuousClock.now
    var plan: FaultPlan

    init(_ configuration: StandInRegionConfiguration, _ profile: StandInProfile) throws(SQLiteError) {
        store = try RegionStore(path: configuration.store, isDurable: configuration.isDurable)
        rules = profile.rules
        wire = profile.wire
        answersWhole = profile.answersWhole
        requiresCase = configuration.requiresCase
        drawsCodes = configuration.drawsCodes
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
            return reply(.refused(error.description), status: 500)
        }
    }

    private func reply(_ saying: RegionSaying, status: Int = 200) -> RegionReply {
        RegionReply(status: status, mediaType: wire.mediaType, body: wire.answer(saying))
    }

    private func decide(_ call: RegionCall) throws(SQLiteError) -> RegionReply {
        var decision = FaultPlan.Decision()
        let carriesRatings = call.carriesRatings
        if case .refused = call {
        } else {
            decision = plan.decide(carriesRatings: carriesRatings, at: ContinuousClock.now - started)
        }
        var reply: RegionReply
        if decision.kind?.storesRatings ?? true {
            reply = try trueReply(to: call, decision: &decision)
        } else {
            reply = misleadingReply(decision.kind)
        }
        reply.delay = decision.delay
        reply.kind = decision.kind
        let names = decision.fired.map { carriesRatings ? $0 : "\(call.name)/\($0)" }
        for name in names { try store.count(fault: name) }
        try store.keepRequest(
            call: call.name, ratings: call.ratings, status: reply.isCut ? 0 : reply.status, faults: names)
        return reply
    }

    private func trueReply(
        to call: RegionCall, decision: inout FaultPlan.Decision
    ) throws(SQLiteError) -> RegionReply {
        switch call {
        case .evaluate(let ratings, _):
            return reply(
                .results(try answersWhole ? takeWhole(ratings, &decision) : take(ratings, decision: &decision)))
        case .questionnaires(let responses): return reply(.results(try take(responses, &decision)))
        case .invitations(let invitations): return reply(.results(try take(invitations, &decision)))
        case .cases(let cases): return reply(.results(try file(cases)))
        case .lookUp(let key):
            return reply(
                .caseExists(try store.holdsCase(projectNo: key.projectNo, serviceNumber: key.serviceNumber)))
        case .outcomes(let ids): return reply(.results(try outcomes(of: ids)))
        case .holdings(let date): return reply(.holdings(date: date, try store.holdings(of: date)))
        case .notices(let number):
            let (notices, next) = try store.notices(after: number)
            return reply(.notices(notices, next: next))
        case .rated(let key): return reply(.rated(try store.holdsRating(of: key)))
        case .code(let address): return code(address)
        case .ping: return reply(.well)
        case .token(let token, let seconds): return reply(.token(token, expiresInSeconds: seconds))
        case .refused(_, let refusal): return reply(.refused(refusal.message), status: refusal.status)
        }
    }

    /// The code of a case as the region gives codes.
    private func code(_ address: String) -> RegionReply {
        guard drawsCodes else { return reply(.code(address)) }
        do throws(GatewayError) {
            return reply(.codeImage(try QRMatrix(text: address).png(pixelsPerModule: 6)))
        } catch {
            return reply(.refused(error.description), status: 500)
        }
    }

    /// The answers of the faults that store nothing.
    private func misleadingReply(_ kind: FaultKind?) -> RegionReply {
        switch kind {
        case .status(let code, let after):
            var reply = reply(.refused("系统维护中"), status: code)
            reply.retryAfterSeconds = after
            return reply
        case .unauthorized: return reply(.refused("令牌无效"), status: 401)
        case .refuseBatch: return reply(.refused("系统繁忙"))
        case .garbage:
            var reply = reply(.well)
            reply.body = Array("<html><body>网关超时</body>".utf8) + [0xFF, 0x00, 0xFE]
            return reply
        default: return RegionReply(mediaType: wire.mediaType)
        }
    }

    /// Takes a batch whole or not at all: of one that holds a bad rating nothing is kept but the refusals.
    private func takeWhole(
        _ ratings: [ReceivedRating], _ decision: inout FaultPlan.Decision
    ) throws(SQLiteError) -> [RecordAnswer] {
        try store.database.execute("SAVEPOINT batch")
        let results = try take(ratings, decision: &decision)
        let refusals = results.filter { $0.result == .rejected || $0.result == .retry }
        if !refusals.isEmpty { try store.database.execute("ROLLBACK TO batch") }
        try store.database.execute("RELEASE batch")
        for refusal in refusals { try store.refuse(refusal, press: nil) }
        return results
    }

    private func take(
        _ ratings: [ReceivedRating], decision: inout FaultPlan.Decision
    ) throws(SQLiteError) -> [RecordAnswer] {
        var results: [RecordAnswer] = []
        results.reserveCapacity(ratings.count)
        for rating in ratings {
            var answer = try take(rating, decision: &decision)
            if decision.kind == .duplicate, answer.result == .accepted {
                answer.result = .duplicate
                answer.message = "评价已接收"
            }
            results.append(answer)
        }
        if decision.kind == .omit, !results.isEmpty { results.removeFirst() }
        return results
    }

    private func take(_ received: ReceivedRating, decision: inout FaultPlan.Decision) throws(SQLiteError)
        -> RecordAnswer
    {
        let id = received.id ?? ""
        func refused(_ result: RecordAnswer.Result, _ message: String) throws(SQLiteError) -> RecordAnswer {
            let answer = RecordAnswer(id: id, result: result, message: message)
            try store.refuse(answer, press: received.customFields.flatMap(RegionRules.press(in:)))
            return answer
        }
        let rating: ValidRating
        do throws(RegionRules.Refusal) {
            rating = try rules.check(received, id: id)
        } catch {
            return try refused(.rejected, error.message)
        }
        let body = received.record
        // Most ratings are new, and then one statement says so; the region's rules of order apply to the others.
        if !requiresCase, !plan.decidesRatings, try store.accept(rating, body: body) {
            return RecordAnswer(id: id, result: .accepted)
        }
        switch try store.knowledge(of: rating, body: body) {
        case .accepted(let isAltered):
            try store.countRepeat(of: id, isAltered: isAltered)
            return RecordAnswer(id: id, result: .duplicate, message: "评价已接收")
        case .competing:
            try store.keepCompeting(rating, body: body)
            return RecordAnswer(id: id, result: .duplicate, message: "评价数据不可重复")
        case .new: break
        }
        if requiresCase, let project = rating.projectNo, let service = rating.serviceNumber,
            try !store.holdsCase(projectNo: project, serviceNumber: service)
        {
            return try refused(.rejected, "办件不存在")
        }
        if decision.kind != .duplicate, let fault = plan.decideRating(at: ContinuousClock.now - started) {
            decision.fired.append(fault.name)
            return try fault == .retry ? refused(.retry, "请稍后重试") : refused(.rejected, "评价数据校验不通过")
        }
        guard try store.accept(rating, body: body) else { return try refused(.retry, "请稍后重试") }
        return RecordAnswer(id: id, result: .accepted)
    }

    private func file(_ cases: [CaseKey]) throws(SQLiteError) -> [RecordAnswer] {
        var results: [RecordAnswer] = []
        for filed in cases {
            let isNew = try store.file(filed)
            results.append(
                RecordAnswer(
                    id: "\(filed.projectNo)/\(filed.serviceNumber)", result: isNew ? .accepted : .duplicate,
                    message: isNew ? "" : "已存在"))
        }
        return results
    }

    private func outcomes(of ids: [String]) throws(SQLiteError) -> [RecordAnswer] {
        var results: [RecordAnswer] = []
        for id in ids { results.append(RecordAnswer(id: id, result: try store.holds(id) ? .accepted : .absent)) }
        return results
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPSUplink
import HallgateTesting
import Logging
import RatingModel
import RegionProfiles
import StandInRegion
import Synchronization
import Testing
import UplinkAPI

/// A language with every question there is, in words that are quickly read; ratings go as the national profile has it.
struct StubCoding: RegionCoding {
    private let national = RegionSettings().coding(zone: .utc, sealing: nil)
    var limits: UplinkLimits
    var hasTokens = false
    var asksOutcomes = false
    var filesCases = false
    var looksUpCases = false

    init(leastInterval: Duration = .zero, _ change: (inout StubCoding) -> Void = { _ in }) {
        limits = UplinkLimits(
            batchRecords: 100, leastInterval: leastInterval, ratingsPerCase: 2, takesUnrated: false,
            takesUnmatched: false)
        change(&self)
    }

    func message(for rating: OutgoingRecord) throws(GatewayError) -> [UInt8] { try national.message(for: rating) }
    func outcomes(in message: [UInt8]) -> [RecordID: DeliveryOutcome]? { national.outcomes(in: message) }
    func call(handingOver batch: [OutgoingRecord], access: RegionAccess) throws(GatewayError) -> RegionCall {
        try national.call(handingOver: batch, access: access)
    }
    func report(_ reply: RegionReply, on batch: [OutgoingRecord], at now: WallTime) -> DeliveryReport {
        national.report(reply, on: batch, at: now)
    }
    func canState(_ rating: OutgoingRecord) -> Bool { national.canState(rating) }
    func usesStatement(_ rating: OutgoingRecord) -> Bool { national.usesStatement(rating) }

    func call(asking question: RegionQuestion, access: RegionAccess) throws(GatewayError) -> RegionCall? {
        let headers = access.token.map { [RegionHeader("authorization", "Bearer \($0)")] } ?? []
        func call(_ path: String, _ body: String = "") -> RegionCall {
            RegionCall(path: path, headers: headers, body: Array(body.utf8))
        }
        switch question {
        case .token: return hasTokens ? call("/token", access.credentials["app_secret"] ?? "no secret") : nil
        case .outcomes(let batch):
            return asksOutcomes ? call("/outcomes", batch.map(\.id.description).joined(separator: "\n")) : nil
        case .fileCase(let reference): return filesCases ? call("/file", reference.projectNumber) : nil
        case .lookUpCase(let reference): return looksUpCases ? call("/case", reference.projectNumber) : nil
        case .holdings(let day): return call("/holdings?date=\(day)")
        case .alive, .notices, .isRated, .code: return nil
        }
    }

    func token(in reply: RegionReply) throws(GatewayError) -> RegionToken {
        let words = text(reply).split(separator: " ")
        guard words.count == 2 else { throw .unreadableRegionAnswer }
        return RegionToken(value: String(words[0]), validFor: Int(words[1]).map { .seconds($0) })
    }

    func outcomes(in reply: RegionReply, of batch: [OutgoingRecord]) throws(GatewayError) -> [DeliveryOutcome] {
        let held = Set(text(reply).split(separator: "\n").map(String.init))
        return batch.map { rating in
            DeliveryOutcome(held.contains(rating.id.description) ? .accepted : .retry(after: nil), answer: "asked")
        }
    }

    func holdsCase(_ reply: RegionReply) throws(GatewayError) -> Bool {
        switch text(reply) {
        case "yes": true
        case "no": false
        default: throw .unreadableRegionAnswer
        }
    }

    func holdings(in reply: RegionReply) throws(GatewayError) -> RegionHoldings { RegionHoldings(ratings: []) }
    func notices(in reply: RegionReply) throws(GatewayError) -> RegionNotices {
        RegionNotices(notices: [], next: nil)
    }

    private func text(_ reply: RegionReply) -> String { String(decoding: reply.body, as: UTF8.self) }
}

/// A server that speaks ``StubCoding`` over TLS and remembers what it was asked.
final class StubRegion: Sendable {
    /// How it goes wrong; an answer that is lost is lost after its ratings were taken.
    struct Moods {
        var admits: String?
        var tokenStatus = 200
        var tokenLife = 600
        var losesAnswers = false
        var heldCases: Set<String> = []
        var caseStatus = 200
        var status = 200
    }

    private struct State {
        var moods = Moods()
        var calls: [(path: String, body: String, at: ContinuousClock.Instant)] = []
        var tokens = 0
        var ids: Set<String> = []
    }

    private let state = Mutex(State())

    func set(_ change: (inout Moods) -> Void) { state.withLock { change(&$0.moods) } }
    var calls: [String] { state.withLock { $0.calls.map(\.path) } }
    var starts: [ContinuousClock.Instant] { state.withLock { $0.calls.map(\.at) } }
    func bodies(of path: String) -> [String] { state.withLock { $0.calls.filter { $0.path == path }.map(\.body) } }
    func count(of path: String) -> Int { bodies(of: path).count }

    /// Runs it, and an uplink to it, around the body.
    static func run(
        _ coding: StubCoding, _ change: (inout HTTPSUplinkConfiguration) -> Void = { _ in },
        clock: any GatewayClock = TodayClock(), _ body: (StubRegion, HTTPSUplink) async throws -> Void
    ) async throws {
        let ca = try sharedCA.get()
        let region = StubRegion()
        let steps = [ScriptedServer.Step.answer { request in region.answer(request) }]
        try await ScriptedServer.run(steps, certificate: ca.serverCertificate, key: ca.serverKey) { server in
            var configuration = HTTPSUplinkConfiguration(url: server.url, authorityFile: ca.authority)
            change(&configuration)
            let uplink = try HTTPSUplink.open(
                configuration, name: UplinkName("region"), coding: coding, clock: clock,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            do { try await body(region, uplink) } catch {
                await uplink.shutdown()
                throw error
            }
            await uplink.shutdown()
        }
    }

    private func answer(_ request: String) -> String? {
        let path = String(request.split(separator: " ").dropFirst().first ?? "")
        let body = request.firstRange(of: "\r\n\r\n").map { String(request[$0.upperBound...]) } ?? ""
        let line = request.lowercased().split(separator: "\r\n").first { $0.hasPrefix("authorization:") }
        return state.withLock { state in
            state.calls.append((path, body, .now))
            let isAdmitted = state.moods.admits.map { line?.hasSuffix("bearer \($0)") ?? false } ?? true
            switch path {
            case "/token":
                state.tokens += 1
                return Self.reply(state.moods.tokenStatus, "t\(state.tokens) \(state.moods.tokenLife)")
            case _ where !isAdmitted: return Self.reply(401, "")
            case "/outcomes":
                return Self.reply(
                    200,
                    body.split(separator: "\n").filter { state.ids.contains(String($0)) }
                        .joined(separator: "\n"))
            case "/file", "/case":
                return Self.reply(state.moods.caseStatus, state.moods.heldCases.contains(body) ? "yes" : "no")
            case "/evaluate":
                guard state.moods.status == 200 else { return Self.reply(state.moods.status, "") }
                let ids = Self.ids(in: body)
                let results = ids.map { id in
                    "{\"id\":\"\(id)\",\"result\":\"\(state.ids.contains(id) ? "duplicate" : "accepted")\"}"
                }
                state.ids.formUnion(ids)
                if state.moods.losesAnswers { return nil }
                return Self.reply(200, "{\"success\":true,\"results\":[\(results.joined(separator: ","))]}")
            default: return Self.reply(state.moods.status, "day")
            }
        }
    }

    /// The ids in a batch, in its order.
    private static func ids(in body: String) -> [String] {
        body.components(between: "\"id\":\"", and: "\"")
    }

    private static func reply(_ status: Int, _ body: String) -> String {
        "HTTP/1.1 \(status) X\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}

extension String {
    /// The texts between two marks, in order.
    fileprivate func components(between start: String, and end: String) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let from = rest.firstRange(of: start), let to = rest[from.upperBound...].firstRange(of: end) {
            found.append(String(rest[from.upperBound..<to.lowerBound]))
            rest = rest[to.upperBound...]
        }
        return found
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HallAPI
import Hummingbird
import HummingbirdTesting
import NIOCore
import RatingModel
import Synchronization
import Testing

@testable import IngestAPI

/// A core that takes what it is told to, and keeps what it was asked.
final class StubIngest: IngestService {
    private struct State {
        var refusal: GatewayError?
        var ratings: [IngestRating] = []
        var questions: [IngestQuestion] = []
        var addresses: [AddressRequest] = []
    }

    private let state = Mutex(State())

    init(refusing code: String? = nil, after seconds: Int? = nil) {
        let refusal = code.map {
            GatewayError($0, LocalText("no", "否"), hint: LocalText("why", "原因"), retryAfterSeconds: seconds)
        }
        state.withLock { $0.refusal = refusal }
    }

    var ratings: [IngestRating] { state.withLock { $0.ratings } }
    var questions: [IngestQuestion] { state.withLock { $0.questions } }
    var addresses: [AddressRequest] { state.withLock { $0.addresses } }

    func ingest(_ rating: IngestRating) async throws(GatewayError) -> IngestReceipt {
        let refusal = state.withLock { state in
            state.ratings.append(rating)
            return state.refusal
        }
        if let refusal { throw refusal }
        return IngestReceipt(number: rating.number, receipt: "4T0C7GPAE2JZ9M8XQ3RB5KVW1N")
    }

    func progress(of question: IngestQuestion) async throws(GatewayError) -> IngestProgress {
        let refusal = state.withLock { state in
            state.questions.append(question)
            return state.refusal
        }
        if let refusal { throw refusal }
        return IngestProgress(number: question.number, receipt: "4T0C7GPAE2JZ9M8XQ3RB5KVW1N", progress: .delivered)
    }

    func makeAddress(for request: AddressRequest) async throws(GatewayError) -> IngestAddress {
        let refusal = state.withLock { state in
            state.addresses.append(request)
            return state.refusal
        }
        if let refusal { throw refusal }
        return IngestAddress(number: request.number, path: "/t/terminal-1/CODE", expiresInSeconds: 600)
    }
}

struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    /// The code of a refusal.
    var code: String? { try? JSONDecoder().decode(IngestRefusal.self, from: Data(text.utf8)).error.code }
}

/// Asks the API over a core one thing.
func ask(
    _ core: StubIngest, at path: String = "/ingest/v1/ratings", method: HTTPRequest.Method = .post,
    source: String? = "terminal-1", key: String? = "Bearer 3b1f7c09d2aa4e58", media: String = "application/json",
    _ body: String? = nil
) async throws -> Answer {
    let router = Router()
    addIngestAPI(to: router, ingest: core)
    var headers: HTTPFields = [.contentType: media]
    if let source { headers[.ingestSource] = source }
    if let key { headers[.authorization] = key }
    return try await Application(router: router).test(.router) { [headers] client in
        try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Answer(
                status: response.status.code, headers: response.headers, text: String(buffer: response.body))
        }
    }
}

@Suite struct IngestAPITests {
    private static let rating = #"{"number":"T1-17","level":"dissatisfied","indicators":["213"],"text":"慢"}"#
    private static let address = #"{"number":"T1-18","back":"https://terminal-1.hall.example/done"}"#

    @Test func `an address is asked for with every field, and comes back`() async throws {
        let core = StubIngest()
        let body = """
            {"number":"T1-18","window":"A01","project":"P1","service":"1","back":"https://terminal-1.hall.example/done"}
            """
        let answer = try await ask(core, at: "/ingest/v1/addresses", body)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"expiresInSeconds":600,"number":"T1-18","path":"/t/terminal-1/CODE"}"#)
        #expect(
            core.addresses == [
                AddressRequest(
                    source: "terminal-1", key: "3b1f7c09d2aa4e58", number: "T1-18", window: "A01", project: "P1",
                    service: "1", back: "https://terminal-1.hall.example/done")
            ])
    }

    @Test(arguments: [
        ("[]", 400), ("{}", 422), (#"{"number":"a"}"#, 422), (#"{"back":"https://a.example/"}"#, 422),
        (#"{"number":"a","back":"https://a.example/","level":"satisfied"}"#, 422),
        (#"{"number":"a","back":null}"#, 422), (#"{"number":"a","back":["https://a.example/"]}"#, 422),
    ]) func `what asks for no address never reaches the core, and is not repeated`(
        _ body: String, _ status: Int
    ) async throws {
        let core = StubIngest()
        let answer = try await ask(core, at: "/ingest/v1/addresses", body)
        #expect(answer.status == status && core.addresses.isEmpty)
        #expect(!answer.text.contains("a.example") && !answer.text.contains("satisfied"))
    }

    @Test func `a rating is handed on with every field, and its receipt comes back`() async throws {
        let core = StubIngest()
        let body = """
            {"number":"T1-17","level":"dissatisfied","indicators":["213"],"text":"慢","channel":"terminal","window":"A01",
            "project":"P1","service":"1","name":"王某","mobile":"13800138000","ratedAt":"2026-06-01"}
            """
        let answer = try await ask(core, body)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"number":"T1-17","receipt":"4T0C7GPAE2JZ9M8XQ3RB5KVW1N"}"#)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(
            core.ratings == [
                IngestRating(
                    source: "terminal-1", key: "3b1f7c09d2aa4e58", number: "T1-17", channel: "terminal", window: "A01",
                    project: "P1", service: "1", level: .dissatisfied, indicators: ["213"], text: "慢", name: "王某",
                    mobile: "13800138000", ratedAt: "2026-06-01")
            ])
    }

    @Test func `how far a rating has come is said under its number`() async throws {
        let core = StubIngest()
        let answer = try await ask(core, at: "/ingest/v1/ratings/T1-17", method: .get)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"number":"T1-17","progress":"delivered","receipt":"4T0C7GPAE2JZ9M8XQ3RB5KVW1N"}"#)
        #expect(core.questions == [IngestQuestion(source: "terminal-1", key: "3b1f7c09d2aa4e58", number: "T1-17")])
    }

    @Test(arguments: [
        ("ingest.not-allowed", 401), ("ingest.unknown-number", 404), ("ingest.conflict", 409), ("ingest.invalid", 422),
        ("ingest.no-page", 422),
        ("rating.invalid", 422), ("rating.too-fast", 429), ("ingest.too-many-wrong-keys", 429),
        ("web.core-away", 503), ("journal.disk-full", 503), ("ingest.clock", 503),
    ]) func `a refusal has its status, and says when to come again`(_ code: String, _ status: Int) async throws {
        for (path, body) in [
            ("/ingest/v1/ratings", Self.rating), ("/ingest/v1/ratings/T1-17", nil),
            ("/ingest/v1/addresses", Self.address),
        ] {
            let method: HTTPRequest.Method = body == nil ? .get : .post
            let answer = try await ask(StubIngest(refusing: code), at: path, method: method, body)
            #expect(answer.status == status && answer.code == code)
            #expect(answer.headers[.retryAfter] == ([429, 503].contains(status) ? "5" : nil))
            let later = try await ask(StubIngest(refusing: code, after: 17), at: path, method: method, body)
            #expect(later.headers[.retryAfter] == ([429, 503].contains(status) ? "17" : nil))
            #expect((answer.headers[.wwwAuthenticate] != nil) == (status == 401))
        }
    }

    private static let strangers: [(source: String?, key: String?)] = [
        (nil, "Bearer k"), ("terminal-1", nil), ("terminal-1", "Basic k"), ("terminal-1", "k"),
        (String(repeating: "n", count: 65), "Bearer k"),
        ("terminal-1", "Bearer " + String(repeating: "k", count: 1100)),
    ]

    @Test(arguments: strangers) func `whoever does not say who asks is refused here`(_ source: String?, _ key: String?)
        async throws
    {
        let core = StubIngest()
        let answer = try await ask(core, source: source, key: key, Self.rating)
        #expect(answer.status == 401 && answer.code == "ingest.no-credentials" && core.ratings.isEmpty)
    }

    @Test(arguments: [
        ("", 400), ("[]", 400), (#""x""#, 400), (#"{"number":"#, 400), ("{}", 422), (#"{"number":"a"}"#, 422),
        (#"{"number":"a","level":"5"}"#, 422), (#"{"number":7,"level":"satisfied"}"#, 422),
        (#"{"number":"a","level":null}"#, 422), (#"{"number":"a","level":"satisfied","levle":"x"}"#, 422),
        (#"{"number":"a","level":"satisfied","indicators":"510"}"#, 422),
        (#"{"number":"a","level":"satisfied","indicators":[5]}"#, 422),
    ]) func `what is no rating never reaches the core, and is not repeated`(_ body: String, _ status: Int) async throws
    {
        let core = StubIngest()
        let answer = try await ask(core, body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(answer.code == (status == 400 ? "ingest.malformed" : "ingest.invalid"))
        #expect(core.ratings.isEmpty && !answer.text.contains("levle") && !answer.text.contains("510"))
    }

    @Test func `another kind of body and one without end are refused`() async throws {
        let core = StubIngest()
        #expect(try await ask(core, media: "text/plain", Self.rating).status == 415)
        let long = String(repeating: " ", count: IngestAPI.mostBodyBytes) + Self.rating
        #expect(try await ask(core, long).status == 413)
        #expect(core.ratings.isEmpty)
        #expect(try await ask(core, media: "application/json; charset=utf-8", Self.rating).status == 200)
    }

    @Test func `the document is the one of the tree`() async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Web/IngestAPI/Document/ingest.openapi.yaml").standardizedFileURL
        let written = try String(contentsOf: file, encoding: .utf8)
        let answer = try await ask(StubIngest(), at: "/ingest/v1/openapi.yaml", method: .get, source: nil, key: nil)
        #expect(answer.status == 200 && answer.text == written)
        #expect(answer.headers[.contentType] == "application/yaml; charset=utf-8")
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import RatingModel
import Synchronization
import Testing

@testable import ControlSocket

/// What ingest sources ask, from the web process's line to the core's socket and back.
@Suite(.timeLimit(.minutes(2))) struct IngestSocketTests {
    /// A core that knows one key, and keeps what it was given.
    private final class StubIngest: IngestService {
        private let kept = Mutex<[IngestRating]>([])

        var ratings: [IngestRating] { kept.withLock { $0 } }

        func ingest(_ rating: IngestRating) async throws(GatewayError) -> IngestReceipt {
            try check(rating.key)
            kept.withLock { $0.append(rating) }
            return IngestReceipt(number: rating.number, receipt: "R-\(rating.number)")
        }

        func progress(of question: IngestQuestion) async throws(GatewayError) -> IngestProgress {
            try check(question.key)
            return IngestProgress(number: question.number, receipt: "R-\(question.number)", progress: .delivered)
        }

        func makeAddress(for request: AddressRequest) async throws(GatewayError) -> IngestAddress {
            try check(request.key)
            return IngestAddress(
                number: request.number, path: "/t/\(request.source)/\(request.back)", expiresInSeconds: 60)
        }

        private func check(_ key: String) throws(GatewayError) {
            if key == "k" { return }
            throw GatewayError(
                "ingest.not-allowed", LocalText("no source", "没有来源"), hint: LocalText("compare", "请核对"))
        }
    }

    private static let rating = IngestRating(
        source: "desk", key: "k", number: "D-1", channel: "phone", window: "A01", project: "P1", service: "1",
        level: .dissatisfied, indicators: ["213"], text: "慢", name: "王某", mobile: "13800138000", ratedAt: "2026-06-01")

    private func withSocket(
        ingests: Bool = true, _ body: @Sendable @escaping (String, StubIngest) async throws -> Void
    ) async throws {
        try await withSocketPath { path in
            let ingest = StubIngest()
            let server = ControlServer(path: path, web: StubWeb(), hall: StubHall(), logger: quietLogger())
            try await whileServing(ingests ? server.ingesting(ingest) : server) { try await body(path, ingest) }
        }
    }

    private static func eventually(_ isTrue: () -> Bool) async -> Bool {
        let limit = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < limit {
            if isTrue() { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    @Test func `a rating and a question come through whole, and so do refusals`() async throws {
        try await withSocket { path, ingest in
            let line = CoreLine(path: path, logger: quietLogger())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await line.run() }
                #expect(await Self.eventually { line.isConnected })
                let receipt = try await line.ingest(Self.rating)
                #expect(receipt == IngestReceipt(number: "D-1", receipt: "R-D-1"))
                #expect(ingest.ratings == [Self.rating])
                let progress = try await line.progress(of: IngestQuestion(source: "desk", key: "k", number: "D-1"))
                #expect(progress == IngestProgress(number: "D-1", receipt: "R-D-1", progress: .delivered))
                let address = try await line.makeAddress(
                    for: AddressRequest(source: "desk", key: "k", number: "D-2", window: "A01", back: "B"))
                #expect(address == IngestAddress(number: "D-2", path: "/t/desk/B", expiresInSeconds: 60))
                var wrong = Self.rating
                wrong.key = "x"
                do throws(GatewayError) {
                    _ = try await line.ingest(wrong)
                    Issue.record("a wrong key was taken")
                } catch {
                    #expect(error.code == "ingest.not-allowed" && error.hint.chinese == "请核对")
                }
                group.cancelAll()
            }
        }
    }

    @Test func `a core without sources of its own knows no such method`() async throws {
        try await withSocket(ingests: false) { path, _ in
            let client = try RawClient(path)
            await client.send(#"{"jsonrpc":"2.0","id":1,"method":"rating.ingest","params":{}}"# + "\n")
            #expect(await client.line()?.contains("no such method") == true)
        }
    }

    @Test(arguments: [
        (#"{"source":"a","key":"k","level":"satisfied","indicators":[]}"#, "params.number is missing"),
        (#"{"source":"a","key":"k","number":"1","level":"5","indicators":[]}"#, "params.level"),
    ]) func `what is no rating is refused without a word of it`(_ parameters: String, _ words: String) async throws {
        try await withSocket { path, ingest in
            let client = try RawClient(path)
            await client.send(#"{"jsonrpc":"2.0","id":1,"method":"rating.ingest","params":\#(parameters)}"# + "\n")
            #expect(await client.line()?.contains(words) == true)
            #expect(ingest.ratings.isEmpty)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Hummingbird
import NIOCore
import RatingModel

/// What a request brings along: its connection, for the faults that cut it.
struct RegionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// The calls of the contract, from HTTP to ``RegionCore`` and back.
struct RegionRoutes: Sendable {
    let core: RegionCore
    let token: String?

    /// Largest body taken, in bytes.
    static let bodyBytes = 16 * 1024 * 1024

    func router() -> Router<RegionContext> {
        let router = Router(context: RegionContext.self)
        router.get("/api/ping") { request, context in
            try await serve(request, context, as: "ping") { _ in .ping }
        }
        router.post("/api/evaluate") { request, context in
            try await serve(request, context, as: "evaluate") { body in
                Self.evaluate(try JSONDecoder().decode(EvaluateBody.self, from: body).evaluate)
            }
        }
        router.post("/api/cases") { request, context in
            try await serve(request, context, as: "cases") { body in
                .cases(try JSONDecoder().decode(CasesBody.self, from: body).cases)
            }
        }
        router.get("/api/counts") { request, context in
            guard isAuthorized(request) else { return Self.response(RegionReply(status: 401)) }
            return Self.response(RegionReply(body: RegionCore.encode(try await core.counts())))
        }
        return router
    }

    private func serve(
        _ request: Request, _ context: RegionContext, as name: String, read: @Sendable (Data) throws -> RegionCall
    ) async throws -> Response {
        let call: RegionCall
        do {
            let body = try await request.body.collect(upTo: Self.bodyBytes)
            if isAuthorized(request) {
                call = try read(Data(body.readableBytesView))
            } else {
                call = .refused(name: name, status: 401, message: "令牌无效")
            }
        } catch is DecodingError {
            call = .refused(name: name, status: 400, message: "报文无法解析")
        } catch is NIOTooManyBytesError {
            call = .refused(name: name, status: 413, message: "报文过大")
        }
        let reply = await core.answer(call)
        if reply.delay > .zero { try await Task.sleep(for: reply.delay) }
        return try FaultyAnswer(reply: reply, channel: context.channel).response()
    }

    private static func evaluate(_ ratings: [ReceivedRating]) -> RegionCall {
        if ratings.count > Limits.batchRecords {
            return .refused(name: "evaluate", status: 413, message: "一批最多 \(Limits.batchRecords) 条")
        }
        // A result is found by its id, so a rating without one cannot be answered by itself.
        let isNamed = ratings.allSatisfy {
            !($0.id ?? "").isEmpty && ($0.id ?? "").utf8.count <= Limits.identifierBytes
        }
        return isNamed ? .evaluate(ratings) : .refused(name: "evaluate", status: 422, message: "缺少必填项 id")
    }

    private func isAuthorized(_ request: Request) -> Bool {
        guard let token else { return true }
        return request.headers[.authorization] == "Bearer \(token)"
    }

    /// A reply sent as it should be.
    static func response(_ reply: RegionReply) -> Response {
        Response(
            status: .init(code: reply.status), headers: headers(reply),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
    }

    /// The headers of a reply.
    static func headers(_ reply: RegionReply) -> HTTPFields {
        var fields: HTTPFields = [.contentType: "application/json; charset=utf-8"]
        if let seconds = reply.retryAfterSeconds { fields[.retryAfter] = String(seconds) }
        return fields
    }
}

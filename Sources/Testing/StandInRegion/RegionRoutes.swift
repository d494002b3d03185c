// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

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
    let office: TokenOffice
    let profile: StandInProfile
    /// How it is reached: `https` or `http`.
    let scheme: String

    /// Largest body taken, in bytes.
    static let bodyBytes = 16 * 1024 * 1024

    func router() -> Router<RegionContext> {
        let router = Router(context: RegionContext.self)
        let reading = CallReading(profile: profile, office: office, scheme: scheme)
        for call in CallReading.calls {
            router.on("\(call.path)", method: call.method) { request, context in
                try await serve(request, context, as: call.name) { request throws(WireRefusal) in
                    try reading.read(call.name, request)
                }
            }
        }
        router.get("/api/counts") { request, _ in
            guard isAuthorized(request) else { return Self.response(RegionReply(status: 401)) }
            return Self.response(RegionReply(body: try await core.counts().json))
        }
        AdminRoutes(core: core).add(to: router)
        if let channel = profile.pageChannel {
            PageRoutes(core: core, rules: profile.rules, channel: channel).add(to: router)
        }
        return router
    }

    private func serve(
        _ request: Request, _ context: RegionContext, as name: String,
        read: @Sendable (WireRequest) throws(WireRefusal) -> RegionCall
    ) async throws -> Response {
        let reply = await core.answer(try await call(request, as: name, read: read))
        if reply.delay > .zero { try await Task.sleep(for: reply.delay) }
        return try FaultyAnswer(reply: reply, channel: context.channel).response()
    }

    private func call(
        _ request: Request, as name: String, read: @Sendable (WireRequest) throws(WireRefusal) -> RegionCall
    ) async throws -> RegionCall {
        let whole: WireRequest
        do {
            whole = try await WireRequest(request)
        } catch is NIOTooManyBytesError {
            return .refused(name: name, WireRefusal(status: 413, message: "报文过大"))
        }
        do throws(WireRefusal) {
            guard name == "token" || isAuthorized(request) else {
                throw WireRefusal(status: 401, message: "令牌无效")
            }
            return try read(whole)
        } catch { return .refused(name: name, error) }
    }

    private func isAuthorized(_ request: Request) -> Bool { office.admits(request.headers[.authorization]) }

    /// A reply sent as it should be.
    static func response(_ reply: RegionReply) -> Response {
        Response(
            status: .init(code: reply.status), headers: headers(reply),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
    }

    /// The headers of a reply.
    static func headers(_ reply: RegionReply) -> HTTPFields {
        var fields: HTTPFields = [.contentType: reply.mediaType]
        if let seconds = reply.retryAfterSeconds { fields[.retryAfter] = String(seconds) }
        return fields
    }
}

extension WireRequest {
    /// Takes the whole request; throws where it is larger than ``RegionRoutes/bodyBytes`` or breaks off.
    init(_ request: Request) async throws {
        let collected = try await request.body.collect(upTo: RegionRoutes.bodyBytes)
        var query: [String: String] = [:]
        for (name, value) in request.uri.queryParameters { query[String(name)] = String(value) }
        self.init(
            path: request.uri.path, authority: request.head.authority ?? "", query: query,
            contentType: request.headers[.contentType] ?? "",
            body: Array(collected.readableBytesView))
    }
}

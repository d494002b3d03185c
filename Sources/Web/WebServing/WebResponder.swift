// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import RatingModel
import Synchronization
import WebConfiguration

/// Answers requests: who asks, whether they may ask now, the route's answer, and what every answer says.
final class WebResponder: Sendable {
    private let routes: RouterResponder<WebRequestContext>
    private let table: RouteTable
    private let limits: WebLimits
    private let proxies: TrustedProxies
    private let refusals: RefusalLog
    private let allowance: Mutex<RequestAllowance>

    init(_ router: Router<WebRequestContext>, limits: WebLimits, proxies: TrustedProxies, refusals: RefusalLog) {
        routes = router.buildResponder()
        table = RouteTable(router)
        self.limits = limits
        self.proxies = proxies
        self.refusals = refusals
        allowance = Mutex(
            RequestAllowance(
                perSecond: limits.requestsPerSecond, burst: limits.requestBurst, size: limits.rememberedAddresses))
    }

    /// Counts a request of a client; answers how long it has to wait where it may not be made now.
    func allow(_ client: ClientAddress, at now: ContinuousClock.Instant = .now) -> Duration? {
        guard let wait = allowance.withLock({ $0.take(client, at: now) }) else { return nil }
        refusals.count("requests_per_second", from: client)
        return wait
    }

    /// Whom a request is counted by.
    func client(of peer: ClientAddress, forwarded: [String]) -> ClientAddress {
        proxies.client(of: peer, forwarded: forwarded)
    }

    /// The answer to a request.
    func respond(to request: Request, context: WebRequestContext) async -> Response {
        var context = context
        context.client = client(of: context.client, forwarded: request.headers[values: .forwardedFor])
        let begun = ContinuousClock.now
        var response = await answer(request, context)
        if response.status.code >= 400, response.body.contentLength == 0 {
            let retryAfter = response.headers[.retryAfter]
            response = failure(for: response, request).response(to: request, requestNumber: context.id)
            if let retryAfter { response.headers[.retryAfter] = retryAfter }
        }
        SecurityHeaders.add(to: &response.headers)
        response.headers[.date] = HTTPDate.now
        response.headers[.requestNumber] = context.id
        if request.method == .head { response = response.createHeadResponse() }
        // Neither path nor query: a code can stand in both. The route's pattern says which page it was.
        context.logger.debug(
            "answered",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(context.route)",
                "status": "\(response.status.code)", "client": "\(context.client)",
                "ms": "\(begun.duration(to: .now) / .milliseconds(1))",
            ])
        return response
    }

    private func answer(_ request: Request, _ context: WebRequestContext) async -> Response {
        func refused(_ failure: WebFailure) -> Response {
            failure.response(to: request, requestNumber: context.id)
        }
        if let wait = allow(context.client) { return refused(.tooFast(wait: wait)) }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.bodyBytes {
            refusals.count("body_bytes", from: context.client)
            var response = refused(.tooLarge(limits.bodyBytes))
            response.headers[.connection] = "close"
            return response
        }
        do {
            return try await routes.respond(to: request, context: context)
        } catch let error as GatewayError {
            context.logger.debug("refused", metadata: ["code": "\(error.code)", "cause": "\(error.cause ?? "")"])
            return refused(WebFailure(error))
        } catch {
            context.logger.error(
                "a page failed",
                metadata: ["route": "\(context.route)", "error": "\(type(of: error))"])
            return refused(.internalFailure)
        }
    }

    /// The words for an answer that has none.
    private func failure(for response: Response, _ request: Request) -> WebFailure {
        switch response.status {
        case .notFound:
            let methods = table.methods(at: request.uri.path)
            return .missing(
                at: request.uri.path, allowed: methods.contains(request.method.rawValue) ? [] : methods)
        case .contentTooLarge: return .tooLarge(limits.bodyBytes)
        case .internalServerError: return .internalFailure
        case .forbidden: return .forbidden
        case .serviceUnavailable: return .unavailable
        case .tooManyRequests: return .tooFast(wait: .seconds(response.headers[.retryAfter].flatMap { Int($0) } ?? 5))
        default: return WebFailure(response.status, WebFailure.badRequest.error)
        }
    }
}

extension WebRequestContext {
    /// The pattern of the route that answers. Where there is none the router has a word of its own, which is no pattern.
    fileprivate var route: String { endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "none" }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .via
    static let requestNumber = HTTPField.Name("X-Request-Id") ?? .via
}

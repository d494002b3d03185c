// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import Hummingbird
public import OperatorAPI
import RatingModel

/// Adds the business system's API to a router: `/business/v1/…` as its OpenAPI document says, which is served beside it.
///
/// Nothing is decided here, and no key is known: name and key go to the core with every request (see the document *The
/// business system's API*).
///
/// - Parameters:
///   - router: Takes the routes.
///   - door: The core, or what hands on to it.
///   - address: The address a request is counted by; `nil` where it has none.
public func addBusinessAPI<Context: RequestContext>(
    to router: Router<Context>, door: any BusinessDoor, address: @escaping @Sendable (Context) -> String? = { _ in nil }
) {
    let api = BusinessAPI(door: door)
    router.get("business/v1/openapi.yaml") { _, _ in BusinessAPI.document }
    router.post("business/v1/sessions") { request, context in
        await api.open(request, from: address(context))
    }
    addSessions(api, to: router, address)
    addWindows(api, to: router, address)
}

private func addSessions<Context: RequestContext>(
    _ api: BusinessAPI, to router: Router<Context>, _ address: @escaping @Sendable (Context) -> String?
) {
    router.get("business/v1/sessions/:session") { request, context in
        await api.answer(request, from: address(context)) { business async throws(GatewayError) in
            try await business.result(BusinessAPI.session(context.parameters.get("session")))
        }
    }
    router.get("business/v1/sessions/:session/code") { request, context in
        await api.answer(request, from: address(context)) { business async throws(GatewayError) in
            let name = try BusinessAPI.session(context.parameters.get("session"))
            return try await business.code(
                SessionCodeRequest(session: name.session, form: try BusinessAPI.form(of: request)))
        }
    }
    router.post("business/v1/sessions/:session/prompt") { request, context in
        await api.answer(request, from: address(context)) { business async throws(GatewayError) in
            let name = try BusinessAPI.session(context.parameters.get("session"))
            let body = try await BusinessBody.optional(PromptBody.self, of: request)
            return try await business.prompt(
                PromptRequest(session: name.session, timeoutSeconds: body?.timeoutSeconds))
        }
    }
    router.post("business/v1/sessions/:session/cancel") { request, context in
        await api.answer(request, from: address(context)) { business async throws(GatewayError) in
            try await business.cancel(BusinessAPI.session(context.parameters.get("session")))
        }
    }
    router.post("business/v1/sessions/:session/close") { request, context in
        await api.answer(request, from: address(context)) { business async throws(GatewayError) in
            try await business.close(BusinessAPI.session(context.parameters.get("session")))
        }
    }
}

private func addWindows<Context: RequestContext>(
    _ api: BusinessAPI, to router: Router<Context>, _ address: @escaping @Sendable (Context) -> String?
) {
    router.post("business/v1/windows/:window/pause") { request, context in
        await api.answer(request, from: address(context)) { business async throws(GatewayError) in
            try await business.pause(BusinessAPI.window(context.parameters.get("window")))
        }
    }
    router.post("business/v1/windows/:window/resume") { request, context in
        await api.answer(request, from: address(context)) { business async throws(GatewayError) in
            try await business.resume(BusinessAPI.window(context.parameters.get("window")))
        }
    }
    router.post("business/v1/windows/:window/ticket") { request, context in
        await api.answer(request, from: address(context)) { business async throws(GatewayError) in
            let name = try BusinessAPI.window(context.parameters.get("window"))
            let body = try await BusinessBody.optional(TicketBody.self, of: request)
            return try await business.callTicket(
                TicketCall(window: name.window, ticket: body?.ticket, waiting: body?.waiting))
        }
    }
}

/// What may be said beside asking again.
private struct PromptBody: Decodable, Sendable { var timeoutSeconds: Int? }

/// What may be said of a ticket that is called.
private struct TicketBody: Decodable, Sendable {
    var ticket: String?
    var waiting: Int?
}

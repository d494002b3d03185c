// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import HallAPI
public import Hummingbird
import RatingModel

/// Adds the clerk's page of each desk to the router that serves the other pages: `/clerk/WINDOW#key=…`.
///
/// The page holds nothing of a window: that comes with the desk's key, which stays in the browser and goes in a header.
/// It asks how the window stands every two seconds, and is never told a level.
///
/// - Parameters:
///   - router: Takes the routes.
///   - pages: The pages it is served beside.
///   - desks: Who answers at desks, or what hands on to the core.
///   - address: The address a request is counted by; `nil` where it has none.
public func addClerkPages<Context: RequestContext>(
    to router: Router<Context>, beside pages: KioskPages, desks: any DeskService,
    address: @escaping @Sendable (Context) -> String? = { _ in nil }
) {
    let clerk = ClerkPages(pages: pages, desks: desks)
    router.get("clerk/:window") { request, context in
        await clerk.page(context.parameters.get("window"), PageQuery(request))
    }
    for (name, step) in ClerkPages.steps {
        router.on(RouterPath("clerk/:window/\(name)"), method: step == .look ? .get : .post) { request, context in
            await clerk.step(step, context.parameters.get("window"), request, from: address(context))
        }
    }
}

/// The clerk's page and what it asks.
struct ClerkPages: Sendable {
    let pages: KioskPages
    let desks: any DeskService

    /// What is asked, by the last part of its address.
    static let steps: [(name: String, step: DeskStep)] = [
        ("state", .look), ("ask", .ask), ("cancel", .cancel), ("pause", .pause), ("resume", .resume),
        ("staff", .signIn),
    ]
    /// Longest body, in bytes: the number of a member of staff.
    private static let mostBytes = 1024

    func page(_ window: String?, _ query: PageQuery) async -> Response {
        guard let window = Self.window(window) else { return pages.refuse(.missing, query) }
        do {
            let hall = try await pages.describe()
            let model = ClerkPage(
                page: PageFrame(hall, .chinese, title: .pageTitle), zh: ClerkWords.chinese, en: ClerkWords.english,
                window: window, version: PageAssets.version, css: PageAssets.clerkCSS.path,
                js: PageAssets.clerkJS.path)
            return .page(pages.templates.render("clerk", model))
        } catch {
            return pages.refuse(.away, query)
        }
    }

    func step(_ step: DeskStep, _ window: String?, _ request: Request, from address: String?) async -> Response {
        let bearer = request.headers[.authorization] ?? ""
        guard let window = Self.window(window), bearer.hasPrefix("Bearer ") else {
            return .json(ClerkAnswer(error: "desk.unknown"), .forbidden)
        }
        var asked = DeskRequest(window: window, key: String(bearer.dropFirst("Bearer ".count)), address: address)
        if step == .signIn {
            // JSON is what no form of another site can send.
            guard request.headers[.contentType]?.hasPrefix("application/json") == true,
                let body = try? await request.body.collect(upTo: Self.mostBytes),
                let form = try? JSONDecoder().decode(StaffForm.self, from: Data(body.readableBytesView))
            else { return .json(ClerkAnswer(error: "desk.unknown-staff"), .unprocessableContent) }
            asked.staff = form.staff
        }
        do throws(GatewayError) {
            return .json(ClerkAnswer(try await desks.desk(step, asked)))
        } catch {
            return Self.refused(error)
        }
    }

    private static func refused(_ error: GatewayError) -> Response {
        let answer = ClerkAnswer(error: error.code)
        switch error.code {
        case "desk.unknown", "session.unknown-window": return .json(answer, .forbidden)
        case "desk.unknown-staff", "session.bad-request":
            return .json(ClerkAnswer(error: "desk.unknown-staff"), .unprocessableContent)
        case "desk.too-many-attempts":
            return .json(answer, .tooManyRequests, retryAfter: error.retryAfterSeconds)
        default: return .json(answer, .serviceUnavailable, retryAfter: 5)
        }
    }

    /// The window's id in an address; `nil` for what can be none.
    static func window(_ part: String?) -> String? {
        guard let part, (1...384).contains(part.utf8.count) else { return nil }
        let decoded = FormFields(("w=" + part.replacing("+", with: "%2B")).utf8)?.first("w")
        guard let decoded, !decoded.isEmpty, !decoded.contains(where: { $0.isWhitespace || $0 == "/" }) else {
            return nil
        }
        return decoded
    }
}

/// What is asked of staff.
private struct StaffForm: Decodable, Sendable { var staff: String }

/// What the template of the clerk's page shows.
struct ClerkPage: Sendable {
    let page: PageFrame
    let zh: [String: String]
    let en: [String: String]
    let window: String
    let version: String
    let css: String
    let js: String
}

/// How a window stands, as the clerk's page takes it.
struct ClerkAnswer: Sendable, Codable {
    var version = PageAssets.version
    var error: String?
    var window: String?
    var staff: String?
    var isPaused: Bool?
    var question: String?
    var remaining: Int?
    var pads: [DeskState.Pad]?

    init(error: String) { self.error = error }

    init(_ state: DeskState) {
        window = state.window.name
        staff = state.staff
        isPaused = state.isPaused
        question = state.question.rawValue
        remaining = state.remainingSeconds
        pads = state.pads
    }
}

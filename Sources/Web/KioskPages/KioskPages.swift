// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import Hummingbird
import RatingModel
import Synchronization

/// Adds the pages that citizens see to a router: the rating page behind a code, receipts, kiosk screens and the
/// self-service kiosk, with the files they load.
///
/// Nothing is recorded or thanked for here: that is the core's, behind the hall service. See the document *Pages and
/// kiosk screens* for the addresses.
///
/// - Parameters:
///   - router: Takes the routes.
///   - hall: The core, or what hands on to it.
///   - questionnaires: The same for questionnaires; without it there are no pages of them.
///   - heartbeat: How often a screen's stream says that it lives; a screen reconnects after three that stay away.
///   - font: What phones without a Mongolian font are offered; `nil` for nothing.
///   - drawCode: An SVG element for what a QR code is to say; `nil` where it cannot be drawn.
/// - Returns: The pages, for what else is served beside them.
/// - Throws: Where a template cannot be read, which no start of a released build meets.
@discardableResult
public func addKioskPages(
    to router: Router<some RequestContext>, hall: any HallService,
    questionnaires: (any QuestionnaireService)? = nil, heartbeat: Duration = .seconds(10), font: PageFont? = nil,
    drawCode: @escaping @Sendable (String) -> String? = { _ in nil }
) throws -> KioskPages {
    let pages = KioskPages(
        hall: hall, templates: try PageTemplates(font: font), memory: HallMemory(), heartbeat: heartbeat,
        drawCode: drawCode,
        questionnaires: questionnaires)
    addQuestionnaires(to: router, pages)
    for pattern in ["r/:code", "t/:source/:code"] {
        let path = RouterPath(pattern)
        router.get(path) { request, context in await pages.rate(RatingAddress(context), PageQuery(request)) }
        router.post(path) { request, context in
            await pages.takeForm(RatingAddress(context), request, PageQuery(request))
        }
        router.post(RouterPath(pattern + "/ratings")) { request, context in
            await pages.takeRating(RatingAddress(context), request)
        }
    }
    router.get("c") { request, _ in await pages.findReceipt(PageQuery(request)) }
    router.get("c/:receipt") { request, context in
        await pages.receipt(context.parameters.get("receipt") ?? "", PageQuery(request))
    }
    router.get("screen/:screen") { request, context in
        await pages.screen(context.parameters.get("screen") ?? "", PageQuery(request))
    }
    router.get("screen/:screen/events") { request, context in
        await pages.screenEvents(context.parameters.get("screen") ?? "", request)
    }
    addKiosks(to: router, pages)
    font?.add(to: router)
    router.get("office/paper") { request, _ in await pages.paper(PageQuery(request)) }
    router.get("assets/:hash/:name") { request, context in
        pages.asset(context.parameters.get("name") ?? "", hash: context.parameters.get("hash") ?? "", request)
    }
    return pages
}

/// The pages over one hall.
public struct KioskPages: Sendable {
    let hall: any HallService
    let templates: PageTemplates
    let memory: HallMemory
    let heartbeat: Duration
    let drawCode: @Sendable (String) -> String?
    let questionnaires: (any QuestionnaireService)?

    /// The hall as the core describes it now; it is remembered for pages that must say that the core is away.
    func describe() async throws(GatewayError) -> HallDescription {
        let description = try await hall.describeHall()
        memory.last.withLock { $0 = description }
        return description
    }

    /// A page that says kindly why there is no other; it keeps the code, so that a rating under way is sent again.
    func refuse(
        _ refusal: PageRefusal, at address: RatingAddress? = nil, _ query: PageQuery, after seconds: Int? = nil
    ) -> Response {
        let known = memory.last.withLock { $0 }
        let language = query.language(in: known)
        let words = refusal.words(at: query.place)
        let page = RefusedPage(
            page: PageFrame(known, language, title: words.title, place: query.place, terminal: query.terminal),
            code: address?.code ?? "",
            refusal: refusal.rawValue, title: Catalogue.text(words.title, in: language),
            text: Catalogue.text(words.text, in: language), isPassing: refusal.isPassing, send: address?.send)
        return .page(
            templates.render("refused", page), refusal.status, retryAfter: refusal.retryAfter(seconds),
            framers: query.framers(in: known))
    }
}

/// The last description of the hall that the core gave.
final class HallMemory: Sendable {
    let last = Mutex<HallDescription?>(nil)
}

/// What stands in an address behind the question mark.
struct PageQuery: Sendable {
    let lang: String?
    var place: RatingSubmission.Place
    let receipt: String?
    /// The terminal at which the page is shown; `nil` everywhere else.
    var terminal: TerminalPlace?

    init(_ request: Request) {
        let values = request.uri.queryParameters
        lang = values.get("lang")
        place = values.get("at") == "kiosk" ? .kiosk : .phone
        receipt = values.get("receipt")
    }

    /// The language asked for where the hall shows it, else the one the hall begins with.
    func language(in hall: HallDescription?) -> PageLanguage {
        let shown = hall?.languages ?? []
        if let asked = lang.flatMap(PageLanguage.init), shown.contains(asked) { return asked }
        return shown.first ?? .chinese
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI
import Hummingbird
import RatingModel

/// Adds the entrance of self-service kiosks and what its script asks.
func addKiosks(to router: Router<some RequestContext>, _ pages: KioskPages) {
    router.get("kiosk") { request, _ in await pages.kiosk(PageQuery(request)) }
    router.get("kiosk/:kiosk") { request, _ in await pages.kiosk(PageQuery(request)) }
    router.get("kiosk/:kiosk/state") { request, context in
        await pages.kioskState(context.parameters.get("kiosk") ?? "", request)
    }
    router.post("kiosk/:kiosk/codes") { request, context in
        await pages.kioskCode(context.parameters.get("kiosk") ?? "", request)
    }
}

extension KioskPages {
    /// The entrance of a self-service kiosk: a code or a number is scanned or typed, or a window chosen. It holds nothing
    /// that is a kiosk's own: that is asked with the key, which no address tells the server.
    func kiosk(_ query: PageQuery) async -> Response {
        var query = query
        query.place = .kiosk
        do {
            let hall = try await describe()
            var frame = PageFrame(hall, query.language(in: hall), title: .kioskTitle, place: .kiosk)
            frame.js = PageAssets.kioskJS.path
            let hasQuestionnaires = !(await offeredQuestionnaires()).isEmpty
            return .page(
                templates.render(
                    "kiosk",
                    KioskPage(page: frame, windows: hall.windows, hasQuestionnaires: hasQuestionnaires)))
        } catch {
            // The page of a kiosk comes back by itself.
            return refuse(.away, query)
        }
    }

    /// Whether the core knows the kiosk by its key.
    func kioskState(_ name: String, _ request: Request) async -> Response {
        guard let key = request.bearer, Self.isToken(name) else { return Response(status: .forbidden) }
        do {
            try await hall.checkKiosk(KioskRequest(kiosk: name, key: key))
            return Response(status: .noContent, headers: [.cacheControl: "no-store"])
        } catch {
            return Response(status: error.code == "kiosk.unknown" ? .forbidden : .serviceUnavailable)
        }
    }

    /// The code that a kiosk goes on with, for a number that was entered or a window that was chosen.
    func kioskCode(_ name: String, _ request: Request) async -> Response {
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            return Response(status: .unsupportedMediaType)
        }
        let body = try? await request.body.collect(upTo: 8192)
        guard let body, let form = try? JSONDecoder().decode(KioskForm.self, from: Data(body.readableBytesView)) else {
            return Response(status: .unprocessableContent)
        }
        var language = form.language.flatMap(PageLanguage.init) ?? .chinese
        do {
            let hall = try await describe()
            if !hall.languages.contains(language) { language = hall.languages.first ?? .chinese }
            guard let key = request.bearer, Self.isToken(name) else { return refused(.kioskUnknown, language) }
            let found =
                if let number = form.number {
                    try await self.hall.findVisit(KioskSearch(kiosk: name, key: key, number: number))
                } else {
                    try await self.hall.chooseWindow(KioskChoice(kiosk: name, key: key, window: form.window))
                }
            return .json(RatingAnswer(code: found.code))
        } catch {
            return refused(PageRefusal(error), language, after: error.retryAfterSeconds)
        }
    }
}

/// What the entrance of a kiosk asks a code for: a number, else a window, else the hall.
struct KioskForm: Sendable, Codable {
    var number: String?
    var window: String?
    var language: String?
}

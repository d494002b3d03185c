// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird

extension KioskPages {
    /// The entrance of a self-service kiosk: a code is scanned or typed.
    func kiosk(_ query: PageQuery) async -> Response {
        var query = query
        query.place = .kiosk
        do {
            return show(try await describe(), nil, query)
        } catch {
            // The page of a kiosk comes back by itself.
            return refuse(.away, query)
        }
    }

    /// Goes to the page of the code that was entered, a whole address or the code alone.
    func enterKiosk(_ request: Request, _ query: PageQuery) async -> Response {
        do {
            let hall = try await describe()
            let body = try? await request.body.collect(upTo: 8192)
            let entered = body.flatMap { FormFields($0.readableBytesView) }?.first("code") ?? ""
            guard let code = Self.code(in: entered) else { return show(hall, .unreadableTitle, query) }
            return .seeOther("/r/\(code)?lang=\(query.language(in: hall).rawValue)&at=kiosk")
        } catch {
            return refuse(.away, query)
        }
    }

    /// The code in what a scanner typed: `https://…/r/CODE?…` or the code itself.
    static func code(in entered: String) -> String? {
        var rest = entered.filter { !$0.isWhitespace }[...]
        if let mark = rest.firstRange(of: "/r/") { rest = rest[mark.upperBound...] }
        let code = String(rest.prefix { !"?#/".contains($0) })
        return isToken(code) ? code : nil
    }

    private func show(_ hall: HallDescription, _ problem: Phrase?, _ query: PageQuery) -> Response {
        let language = query.language(in: hall)
        let frame = PageFrame(hall, language, title: .kioskTitle, place: .kiosk)
        let model = KioskPage(page: frame, problem: problem.map { Catalogue.text($0, in: language) })
        return .page(templates.render("kiosk", model), problem == nil ? .ok : .unprocessableContent)
    }
}

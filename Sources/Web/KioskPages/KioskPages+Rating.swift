// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI
import Hummingbird
import RatingModel

extension KioskPages {
    /// Whether a text from an address can be a code or a number at all; the core is not asked about anything else.
    static func isToken(_ text: String, atMost limit: Int = 512) -> Bool {
        (1...limit).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-._~".utf8.contains($0)
            }
    }

    /// The rating page behind a code.
    func rate(_ address: RatingAddress, _ query: PageQuery) async -> Response {
        var query = query.at(address)
        guard address.isWhole else { return refuse(.unreadable, query) }
        do {
            let hall = try await describe()
            query = try await findWayBack(address, query)
            let opening = try await self.hall.openPage(PageRequest(code: address.code))
            return page(hall, opening, address, query, submission: UUID().uuidString.lowercased())
        } catch {
            return refuse(PageRefusal(error), at: address, query, after: error.retryAfterSeconds)
        }
    }

    /// A rating from a page without a script: the answer is a page.
    func takeForm(_ address: RatingAddress, _ request: Request, _ query: PageQuery) async -> Response {
        var query = query.at(address)
        guard address.isWhole else { return refuse(.unreadable, query) }
        do {
            let hall = try await describe()
            query = try await findWayBack(address, query)
            guard let body = await body(of: request, hall), let fields = FormFields(body.readableBytesView)
            else { return .page("", .contentTooLarge) }
            let form = RatingForm(fields, in: hall)
            do {
                let submission = try form.submission(code: address.code, in: hall)
                let receipt = try await self.hall.submitRating(submission).receipt
                let frame = PageFrame(
                    hall, query.language(in: hall), title: .thanksTitle, place: query.place, terminal: query.terminal)
                return .page(
                    templates.render("thanks", ThanksPage(page: frame, receipt: receipt)),
                    framers: query.framers(in: hall))
            } catch let problem as RatingProblem {
                let opening = try await self.hall.openPage(PageRequest(code: address.code))
                let submission = form.submission.flatMap { RatingForm.isUUID($0) ? $0 : nil }
                return page(
                    hall, opening, address, query, submission: submission ?? UUID().uuidString.lowercased(),
                    form: form, problem: problem)
            }
        } catch {
            let error = error as? GatewayError
            return refuse(
                error.map(PageRefusal.init) ?? .away, at: address, query, after: error?.retryAfterSeconds)
        }
    }

    /// A rating from a page's script, in JSON, which no form of another site can send.
    func takeRating(_ address: RatingAddress, _ request: Request) async -> Response {
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            return Response(status: .unsupportedMediaType)
        }
        var language = PageLanguage.chinese
        do {
            let hall = try await describe()
            language = hall.languages.first ?? .chinese
            guard let body = await body(of: request, hall) else { return Response(status: .contentTooLarge) }
            guard address.isWhole else { return refused(.unreadable, at: address.place, language) }
            guard let form = try? JSONDecoder().decode(RatingForm.self, from: Data(body.readableBytesView)) else {
                return wrong(.other, language, hall)
            }
            language = form.language.flatMap(PageLanguage.init) ?? language
            do {
                let submission = try form.submission(code: address.code, in: hall, key: request.bearer)
                let receipt = try await self.hall.submitRating(submission).receipt
                return .json(RatingAnswer(receipt: receipt))
            } catch let problem as RatingProblem {
                return wrong(problem, language, hall)
            }
        } catch {
            guard let error = error as? GatewayError else { return refused(.away, language) }
            guard error.code != "rating.invalid" else { return wrong(.other, language, nil) }
            return refused(PageRefusal(error), at: address.place, language, after: error.retryAfterSeconds)
        }
    }

    private func page(
        _ hall: HallDescription, _ opening: PageOpening, _ address: RatingAddress, _ query: PageQuery,
        submission: String, form: RatingForm = RatingForm(), problem: RatingProblem? = nil
    ) -> Response {
        let language = query.language(in: hall)
        let frame = PageFrame(hall, language, title: .pageTitle, place: query.place, terminal: query.terminal)
        let model = RatePage(
            frame, hall, opening, address, language: language, submission: submission, form: form, problem: problem)
        return .page(
            templates.render("rate", model), problem == nil ? .ok : .unprocessableContent,
            framers: query.framers(in: hall))
    }

    /// An answer in words to a page's script.
    func refused(
        _ refusal: PageRefusal, at place: RatingSubmission.Place = .phone, _ language: PageLanguage,
        after seconds: Int? = nil
    ) -> Response {
        let words = refusal.words(at: place)
        return .json(
            RatingAnswer(
                error: refusal.rawValue, title: Catalogue.text(words.title, in: language),
                text: Catalogue.text(words.text, in: language)), refusal.status,
            retryAfter: refusal.retryAfter(seconds))
    }

    private func wrong(_ problem: RatingProblem, _ language: PageLanguage, _ hall: HallDescription?) -> Response {
        let values = ["limit": String(hall?.textLimit ?? Limits.freeTextCharacters)]
        return .json(
            RatingAnswer(error: problem.rawValue, text: Catalogue.text(problem.phrase, in: language, values)),
            .unprocessableContent)
    }

    /// The body of a request; `nil` where it is longer than the longest text can make it.
    private func body(of request: Request, _ hall: HallDescription) async -> ByteBuffer? {
        try? await request.body.collect(upTo: 8192 + 12 * hall.textLimit)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import RatingModel

extension KioskPages {
    /// Where a citizen enters the number of a receipt.
    func findReceipt(_ query: PageQuery) async -> Response {
        let entered = (query.receipt ?? "").filter { !$0.isWhitespace }
        if Self.isToken(entered) {
            let lang = query.lang.flatMap(PageLanguage.init).map { "?lang=\($0.rawValue)" } ?? ""
            return .seeOther("/c/\(entered)\(lang)")
        }
        do {
            let hall = try await describe()
            return show(hall, "", nil, unknown: !entered.isEmpty, query)
        } catch {
            return refuse(.away, query)
        }
    }

    /// Whether the rating of a receipt is recorded or delivered.
    func receipt(_ number: String, _ query: PageQuery) async -> Response {
        do {
            let hall = try await describe()
            guard Self.isToken(number) else { return show(hall, "", nil, unknown: true, query) }
            do {
                let state = try await self.hall.checkReceipt(ReceiptRequest(receipt: number))
                return show(hall, number, state, unknown: false, query, await offeredQuestionnaires())
            } catch {
                guard error.code == "receipt.unknown" else { throw error }
                return show(hall, number, nil, unknown: true, query)
            }
        } catch {
            return refuse(.away, query)
        }
    }

    private func show(
        _ hall: HallDescription, _ number: String, _ state: ReceiptState?, unknown: Bool, _ query: PageQuery,
        _ questionnaires: [QuestionnaireList.Entry] = []
    ) -> Response {
        let language = query.language(in: hall)
        let frame = PageFrame(hall, language, title: .receiptTitle, place: query.place)
        let model = ReceiptPage(
            page: frame, receipt: number, isKnown: state != nil, isDelivered: state?.progress == .delivered,
            unknown: unknown,
            offers: QuestionnairesPage(frame, questionnaires.filter(\.isOfferedAfterRating), language).entries)
        return .page(templates.render("receipt", model), unknown ? .notFound : .ok)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import RatingModel
import SQLite
import SystemClock

/// What a citizen's phone opens: the page of a case, and the rating that comes from it.
///
/// It is open to everybody, as a region's page is, and no fault touches it.
struct PageRoutes: Sendable {
    let core: RegionCore
    let rules: RegionRules
    /// The channel that its ratings count by.
    let channel: String

    func add(to router: Router<RegionContext>) {
        router.get("/evaluate") { request, _ in try await show(WireRequest(request)) }
        router.post("/evaluate") { request, _ in try await take(WireRequest(request)) }
    }

    private var page: RegionPage { RegionPage(levels: rules.levels) }

    private func show(_ request: WireRequest) async throws -> Response {
        guard let project = request.query["c"], let service = request.query["s"], !project.isEmpty, !service.isEmpty
        else { return response(page.refusal("二维码不完整"), status: 400) }
        let rated = CaseKey(projectNo: project, serviceNumber: service)
        guard try await !core.isRated(rated) else { return response(page.ratedBefore(), status: 409) }
        return response(page.form(for: rated))
    }

    private func take(_ request: WireRequest) async throws -> Response {
        guard let sent = try? FormWire(fields: JSONWire.namedAlike).ratings(request).first else {
            return response(page.refusal("提交内容无法识别"), status: 400)
        }
        let rated = CaseKey(projectNo: sent.projectNo ?? "", serviceNumber: sent.serviceNumber ?? "")
        var rating = ReceivedRating(
            projectNo: sent.projectNo, serviceNumber: sent.serviceNumber, pf: channel,
            satisfaction: sent.satisfaction, evalDetail: sent.evalDetail, writingEvaluation: sent.writingEvaluation,
            assessTime: HallZone.china.text(of: SystemClock().now().wall), assessNumber: 1)
        rating.id = "page/" + (rating.knownByItsCase().id ?? "")
        let answer = try await core.takeFromPage(rating, of: rated)
        switch answer.result {
        case .accepted: return response(page.thanks())
        case .duplicate: return response(page.ratedBefore(), status: 409)
        default: return response(page.form(for: rated, problem: answer.message), status: 422)
        }
    }

    private func response(_ html: String, status: Int = 200) -> Response {
        Response(
            status: .init(code: status),
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}

extension RegionCore {
    /// Whether a case's first rating is held, however it came.
    func isRated(_ rated: CaseKey) throws(SQLiteError) -> Bool {
        try store.holdsRating(of: rated)
    }

    /// Takes a rating of the page, unless its case has been rated; on disk when this returns.
    func takeFromPage(_ rating: ReceivedRating, of rated: CaseKey) throws(SQLiteError) -> RecordAnswer {
        let id = rating.id ?? ""
        let valid: ValidRating
        do throws(RegionRules.Refusal) {
            valid = try rules.check(rating, id: id)
        } catch { return RecordAnswer(id: id, result: .rejected, message: error.message) }
        let isNew = try store.transaction { () throws(SQLiteError) in
            let isNew = try store.accept(valid, body: rating.record)
            try store.keepRequest(call: "page", ratings: 1, status: isNew ? 200 : 409, faults: [])
            return isNew
        }
        return RecordAnswer(id: id, result: isNew ? .accepted : .duplicate)
    }
}

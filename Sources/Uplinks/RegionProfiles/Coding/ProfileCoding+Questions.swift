// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

extension ProfileCoding {
    func channel(of rating: OutgoingRecord) -> String? {
        rating.channel.flatMap { profile.channels[$0] }
    }

    func call(asking question: RegionQuestion, access: RegionAccess) throws(GatewayError) -> RegionCall? {
        let calls = profile.calls
        var values = CallValues(self, access)
        let form: CallForm?
        switch question {
        // A site without credentials was given a fixed token, or needs none.
        case .token: form = access.credentials.isEmpty && profile.asksForCredentials ? nil : calls.token
        case .alive: form = calls.alive
        case .outcomes(let batch):
            form = terms.onUnknown == .query ? calls.outcomes : nil
            values.ids = batch.map(\.id)
            values.reference = batch.first?.content.caseReference
        case .fileCase(let reference):
            form = terms.caseMode == .push ? calls.fileCase : nil
            values.reference = reference
        case .lookUpCase(let reference):
            form = terms.caseMode == .reference ? calls.lookUpCase : nil
            values.reference = reference
        case .holdings(let date):
            form = calls.holdings
            values.date = date
        case .notices(let after):
            form = calls.notices
            values.after = after
        case .isRated(let reference):
            form = calls.rated
            values.reference = reference
        case .code(let reference, let window):
            form = calls.code
            (values.reference, values.window) = (reference, window)
        }
        guard let form else { return nil }
        return RegionCall(
            method: form.method, path: try values.path(form), headers: try values.headers(form),
            body: form.body.pieces.isEmpty ? [] : try values.body(form, signing: nil))
    }

    func token(in reply: RegionReply) throws(GatewayError) -> RegionToken {
        let tree = try tree(reply)
        guard let token = tree.words(profile.answers.token.token), !token.isEmpty, token.utf8.count <= 4096,
            token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw .unreadableRegionAnswer }
        let seconds = tree.words(profile.answers.token.seconds).flatMap { Int64($0) }
        return RegionToken(value: token, validFor: seconds.map { .seconds(min(max(0, $0), 366 * 86_400)) })
    }

    func outcomes(in reply: RegionReply, of batch: [OutgoingRecord]) throws(GatewayError) -> [DeliveryOutcome] {
        let tree = try tree(reply)
        guard let each = profile.answers.each, let items = tree.items(each.list) else { throw .unreadableRegionAnswer }
        return EachReader(each, reader: answers, tree: tree, isQuestion: true).outcomes(of: items, batch: batch)
    }

    func holdsCase(_ reply: RegionReply) throws(GatewayError) -> Bool {
        // A case that is there already is refused by some regions, with 409 and 已存在: what the profile says of the words
        // goes for those answers too.
        guard [200, 201, 400, 409, 422].contains(reply.status) else { throw .regionStatus(reply.status) }
        guard let tree = answers.tree(reply.body) else { throw .unreadableRegionAnswer }
        return AnswerReader.holds(profile.answers.caseHeld, tree, from: 0)
    }

    func holdings(in reply: RegionReply) throws(GatewayError) -> RegionHoldings {
        let (tree, paths) = (try tree(reply), profile.answers.holdings)
        guard let items = tree.items(paths.list) else { throw .unreadableRegionAnswer }
        var ratings: [RegionHoldings.Holding] = []
        for item in items {
            // What cannot be named cannot be compared, and a comparison without it would be wrong.
            guard let id = tree.words(paths.id, from: item).flatMap({ RecordID($0) }) else {
                throw .unreadableRegionAnswer
            }
            let project = tree.words(paths.project, from: item)
            let service = tree.words(paths.service, from: item)
            ratings.append(
                RegionHoldings.Holding(
                    id: id, level: tree.words(paths.level, from: item).flatMap { profile.levels.level(of: $0) },
                    channel: tree.words(paths.channel, from: item) ?? "",
                    caseReference: project.map { CaseReference(projectNumber: $0, serviceNumber: service ?? "") }))
        }
        return RegionHoldings(ratings: ratings)
    }

    func notices(in reply: RegionReply) throws(GatewayError) -> RegionNotices {
        let (tree, paths) = (try tree(reply), profile.answers.notices)
        guard let items = tree.items(paths.list) else { throw .unreadableRegionAnswer }
        let next = tree.words(paths.next)
        return RegionNotices(
            notices: items.compactMap { NoticeReader(tree: tree, paths: paths, item: $0).notice },
            next: next?.isEmpty == false ? next : nil)
    }

    func isRated(_ reply: RegionReply) throws(GatewayError) -> Bool {
        let (tree, rules) = (try tree(reply), profile.answers.rated)
        if AnswerReader.holds(rules.yes, tree, from: 0) { return true }
        guard AnswerReader.holds(rules.no, tree, from: 0) else { throw .unreadableRegionAnswer }
        return false
    }

    func code(in reply: RegionReply) throws(GatewayError) -> ShownCode {
        let (tree, paths) = (try tree(reply), profile.answers.code)
        if let text = tree.words(paths.text), !text.isEmpty { return .text(text) }
        guard let image = tree.words(paths.image), !image.isEmpty else { throw .unreadableRegionAnswer }
        do { return .image(try CodeImage(base64: image)) } catch { throw .unusableCodeImage(error) }
    }

    /// The answer to a question; throws where the region failed or said nothing readable.
    private func tree(_ reply: RegionReply) throws(GatewayError) -> AnswerTree {
        guard reply.status == 200 else { throw .regionStatus(reply.status) }
        guard let tree = answers.tree(reply.body) else { throw .unreadableRegionAnswer }
        return tree
    }
}

/// Reads one notice; whatever a kind needs and lacks makes it none.
private struct NoticeReader {
    let tree: AnswerTree
    let paths: AnswerRules.NoticePaths
    let item: Int

    /// The notice; `nil` for kinds that are not known.
    var notice: RegionNotices.Notice? {
        switch words(paths.kind) {
        case "verdict":
            guard let rating, let number = words(paths.number), let outcome = words(paths.outcome) else { return nil }
            return .verdict(rating: rating, number: number, outcome: outcome, text: words(paths.text) ?? "")
        case "workOrder":
            guard let number = words(paths.number), let state = words(paths.state) else { return nil }
            return .workOrder(number: number, rating: rating, state: state, deadline: words(paths.deadline) ?? "")
        case "rate":
            guard let scope = words(paths.scope), let period = words(paths.period), let value = words(paths.value)
            else { return nil }
            return .rate(scope: scope, period: period, value: value)
        case "indicators":
            guard let version = words(paths.version), let table = words(paths.table) else { return nil }
            return .indicators(version: version, table: Array(table.utf8))
        case "rated":
            guard let project = words(paths.project), let service = words(paths.service) else { return nil }
            return .rated(CaseReference(projectNumber: project, serviceNumber: service))
        default: return nil
        }
    }

    private var rating: RecordID? { words(paths.rating).flatMap { RecordID($0) } }

    private func words(_ path: AnswerPath) -> String? { tree.words(path, from: item) }
}

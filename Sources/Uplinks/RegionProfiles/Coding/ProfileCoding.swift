// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// The language of a region, by its profile.
struct ProfileCoding: RegionCoding {
    let limits: UplinkLimits
    let profile: RegionProfile
    let zone: HallZone
    let site: [String: String]
    let terms: RegionTerms
    let answers: AnswerReader
    private let writer: RecordWriter
    private let others: ContentWriter
    private let sealing: (any RegionSealing)?

    init(_ settings: RegionSettings, zone: HallZone, sealing: (any RegionSealing)?) {
        limits = settings.limits
        profile = settings.profile
        self.zone = settings.profile.shape.zone ?? zone
        site = settings.site
        terms = settings.terms
        self.sealing = sealing
        writer = RecordWriter(
            profile, terms: settings.terms, values: FieldValues(profile, settings: settings, zone: zone))
        others = ContentWriter(profile, site: settings.site, zone: zone)
        let opens = profile.sealing.opensAnswers
        answers = AnswerReader(profile.answers, waitsForCase: settings.terms.caseMode != .none) { text in
            guard opens else { return text }
            return try? sealing?.decrypt(text)
        }
    }

    func canState(_ record: OutgoingRecord) -> Bool {
        record.rating == nil ? others.canState(record) : writer.canState(record)
    }

    func usesStatement(_ rating: OutgoingRecord) -> Bool { writer.usesStatement(rating) }

    // MARK: Ratings

    func message(for rating: OutgoingRecord) throws(GatewayError) -> [UInt8] {
        guard canState(rating) else { throw .notStatable }
        return try body(
            of: [rating], rating.rating == nil ? callForm(for: [rating]) : profile.calls.evaluate,
            CallValues(self, RegionAccess(now: rating.content.madeAt.wall)))
    }

    func outcomes(in message: [UInt8]) -> [RecordID: DeliveryOutcome]? {
        guard let each = profile.answers.each, let tree = answers.tree(message), let items = tree.items(each.list)
        else {
            return nil
        }
        return EachReader(each, reader: answers, tree: tree).outcomes(of: items)
    }

    func call(handingOver batch: [OutgoingRecord], access: RegionAccess) throws(GatewayError) -> RegionCall {
        let form = callForm(for: batch)
        let values = CallValues(self, access)
        return RegionCall(
            method: form.method, path: try values.path(form), headers: try values.headers(form),
            body: try body(of: batch, form, values))
    }

    /// The call a batch goes by: all of it are late ratings, or none is, and so with all that is no rating.
    private func callForm(for batch: [OutgoingRecord]) -> CallForm {
        guard let first = batch.first else { return profile.calls.evaluate }
        let form =
            switch first.content {
            case .questionnaire: profile.calls.questionnaire
            case .invitation: profile.calls.invitation
            case .rating: first.isLate ? profile.calls.supplement : profile.calls.evaluate
            }
        return form ?? profile.calls.evaluate
    }

    func report(_ reply: RegionReply, on batch: [OutgoingRecord], at now: WallTime) -> DeliveryReport {
        if profile.answers.refusedStatuses.contains(reply.status) {
            let tree = answers.tree(reply.body)
            let words = tree?.words(profile.answers.message) ?? ""
            return answers.refusal(
                of: batch, tree, words: words.isEmpty ? "HTTP \(reply.status)" : "HTTP \(reply.status): \(words)")
        }
        if [404, 405, 410, 501].contains(reply.status), batch.first.map({ $0.rating == nil }) ?? false {
            // A region that has no such call beside the one for ratings is no region that is away: its ratings go on.
            return .answered(batch.map { _ in DeliveryOutcome(.rejected, answer: "HTTP \(reply.status)") })
        }
        guard reply.status == 200 else {
            // A server that failed, or a gateway before it, may have handed the batch on first.
            return .unreachable(
                .regionStatus(reply.status), mayHaveArrived: reply.status >= 500 || reply.status == 408,
                retryAfter: reply.retryAfter.flatMap { RetryAfter.wait($0, now: now) })
        }
        guard let tree = answers.tree(reply.body) else {
            return .unreachable(.unreadableRegionAnswer, mayHaveArrived: true, retryAfter: nil)
        }
        return answers.report(tree, on: batch)
    }

    private func body(
        of batch: [OutgoingRecord], _ form: CallForm, _ values: CallValues
    ) throws(GatewayError) -> [UInt8] {
        var values = values
        values.records = try records(of: batch)
        return try values.body(form, signing: profile.sealing.signature == nil ? nil : profile.sealing.signed)
    }

    /// The records of a batch, sealed as the profile says.
    private func records(of batch: [OutgoingRecord]) throws(GatewayError) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(batch.count * 400 + 64)
        var isFirst = true
        for rating in batch where canState(rating) {
            if !isFirst { out.append(contentsOf: profile.shape.separator.utf8) }
            isFirst = false
            guard profile.sealing.extent == .each else {
                write(rating, into: &out)
                continue
            }
            var plain: [UInt8] = []
            write(rating, into: &plain)
            let isQuoted = profile.calls.evaluate.bodyForm == .json
            if isQuoted { out.append(UInt8(ascii: "\"")) }
            out.append(contentsOf: try encrypted(plain))
            if isQuoted { out.append(UInt8(ascii: "\"")) }
        }
        if let document = profile.shape.document, batch.first?.rating != nil {
            var whole: [UInt8] = []
            let inner = out
            _ = document.write(into: &whole, as: profile.shape.form) { slot in
                switch slot {
                case .records: .bytes(inner)
                case .site(let name): site[name].map { .text($0) } ?? .absent
                default: .absent
                }
            }
            out = whole
        }
        return profile.sealing.extent == .whole ? try encrypted(out) : out
    }

    private func write(_ record: OutgoingRecord, into out: inout [UInt8]) {
        if record.rating == nil { others.write(record, into: &out) } else { writer.write(record, into: &out) }
    }

    private func encrypted(_ text: [UInt8]) throws(GatewayError) -> [UInt8] {
        guard let sealing else { throw .noSealing }
        return try sealing.encrypt(text)
    }

    /// The signature over a text.
    func signature(over text: [UInt8]) throws(GatewayError) -> [UInt8] {
        guard let sealing else { throw .noSealing }
        return try sealing.sign(text)
    }
}

extension GatewayError {
    /// The region's interface has no words for a rating; the engine holds such ratings back before they come here.
    static let notStatable = GatewayError(
        "uplink.not-statable",
        LocalText("the region's interface has no words for this record", "上级接口无法表达此记录"),
        hint: LocalText("choose what becomes of such records in the region's profile", "请在上级配置中选择此类记录的处理方式"))

    /// The profile seals, and there are no keys.
    static let noSealing = GatewayError(
        "uplink.no-keys",
        LocalText("the region's profile encrypts or signs, and there are no keys", "上级接口要求加密或签名，但未配置密钥"),
        hint: LocalText("configure 'keys' for the uplink", "请为该上行链路配置 'keys'"))

    /// A call carries something the site has not given.
    static func missing(_ name: String) -> GatewayError {
        GatewayError(
            "uplink.value-missing",
            LocalText("the region's call needs '\(name)', which is not there", "上级接口需要 '\(name)'，但未提供"),
            hint: LocalText(
                "configure it under 'site' or 'credentials' of the uplink", "请在该上行链路的 'site' 或 'credentials' 下配置"))
    }
}

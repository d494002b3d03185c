// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import JournalAPI
import OperatorAPI
import RatingDelivery
import RatingModel
import UplinkAPI

extension GatewayQueue {
    /// Everything that is known of a record.
    ///
    /// `masked` writes a frame as the driver that understood it lets it be shown; `systemText` is what an uplink says for
    /// a rating in the place of a reason; `attempts` asks its forwarder what it remembers.
    func why(
        _ request: WhyRequest, masked: (CapturedPress) -> String,
        systemText: (UplinkName, OutgoingRecord) -> String? = { _, _ in nil },
        attempts: (UplinkName, RecordID) async -> [DeliveryAttempt]
    ) async throws(GatewayError) -> WhyReport {
        guard let id = RecordID(request.id), let entry = try await journal.entry(id) else {
            throw .noRecord(request.id)
        }
        let receipts = try await journal.receipts(of: id)
        // Only an auditor is told of the sentence, and whether it is said depends on what the citizen said.
        let outgoing = viewer == .auditing ? try await outgoing(entry) : nil
        var deliveries: [WhyReport.Delivery] = []
        for (uplink, place) in try await journal.places(of: id).sorted(by: { $0.key < $1.key }) {
            deliveries.append(
                WhyReport.Delivery(
                    uplink: uplink.value, state: place.word(for: viewer),
                    receipts: moves(receipts.filter { $0.uplink == uplink }),
                    attempts: await attempts(uplink, id).map(attempt),
                    systemText: outgoing.flatMap { systemText(uplink, $0) }))
        }
        return WhyReport(
            id: "\(id)", kind: entry.body.word, commit: WhyReport.Commit(entry),
            press: entry.body.rating.map { WhyReport.Press($0, frame: masked($0.press)) },
            response: entry.body.delivered?.response.map(WhyReport.Response.init),
            invitation: entry.body.delivered?.invitation.map(WhyReport.Invitation.init), deliveries: deliveries,
            beside: try await beside(entry, receipts),
            statement: entry.body.rating == nil ? WhyReport.Beside(entry) : nil)
    }

    /// A rating as an uplink is given it; `nil` for every other record.
    private func outgoing(_ entry: JournalEntry) async throws(GatewayError) -> OutgoingRecord? {
        guard case .rating(let rating) = entry.body else { return nil }
        return OutgoingRecord(
            id: entry.id, rating: rating, personal: try await journal.personal(of: entry.id), ordinal: 1)
    }

    /// What stands beside a rating, with the decisions and presses that its receipts name.
    private func beside(
        _ entry: JournalEntry, _ receipts: [Receipt]
    ) async throws(GatewayError) -> [WhyReport.Beside] {
        var found = try await journal.entries(beside: entry.id)
        for mover in receipts.compactMap(\.movedBy) where !found.contains(where: { $0.id == mover }) {
            if let entry = try await journal.entry(mover) { found.append(entry) }
        }
        var beside = found.sorted { $0.sequence < $1.sequence }.compactMap(WhyReport.Beside.init)
        // A rating takes the place of a press; of an invitation it is the answer.
        guard case .invitation = entry.body else { return beside }
        for index in beside.indices where beside[index].kind == "correction" { beside[index].kind = "rating" }
        return beside
    }

    private func moves(_ receipts: [Receipt]) -> [WhyReport.Delivery.Move] {
        seen(receipts).map { receipt in
            WhyReport.Delivery.Move(
                atMilliseconds: receipt.settledAt.wall.millisecondsSinceEpoch, state: receipt.place.word,
                wasDuplicate: receipt.wasDuplicate, answer: RegionWords.shown(receipt.answer, to: viewer))
        }
    }

    /// The receipts of one uplink that a viewer may see: a stay in a state that tells the level is left out with the way
    /// out of it. A rating may have begun in such a state, of which there is no receipt.
    func seen(_ receipts: [Receipt]) -> [Receipt] {
        guard viewer == .operating else { return receipts }
        var shown: [Receipt] = []
        var isHidden = true
        for receipt in receipts {
            let wasHidden = isHidden
            isHidden = receipt.place.tellsLevel
            if isHidden || wasHidden && receipt.place == .pending && receipt.movedBy == nil { continue }
            shown.append(receipt)
        }
        return shown
    }

    private func attempt(_ attempt: DeliveryAttempt) -> WhyReport.Delivery.Attempt {
        WhyReport.Delivery.Attempt(
            atMilliseconds: attempt.at.wall.millisecondsSinceEpoch, result: attempt.result.rawValue,
            ratings: attempt.ratings, code: attempt.failure?.code,
            answer: attempt.answer.map { RegionWords.shown($0, to: viewer) })
    }
}

/// A frame of the journal as text, masked by the driver that understood it.
struct FrameMask {
    let devices: [GatewayConfiguration.Device]

    /// Two hexadecimal digits a byte, `··` for one that holds a level; where no configured driver knows the frame,
    /// every byte is masked.
    func text(of press: CapturedPress) -> String {
        let fitting = devices.filter { $0.driver.name == press.driver }
        let settings = Set(fitting.map(\.driver.settings))
        let device = settings.count == 1 ? fitting.first : fitting.first { $0.line.path == press.key.device.value }
        let nothing = press.rawFrame.map { _ in UInt8?.none }
        let shown = device?.driver.make().masked(press.rawFrame, .received) ?? nothing
        // A driver that does not know the frame shows at most the zeros that stand between frames on its line, and a
        // zero in what was unpacked from a line is none of these.
        let isKnown = shown.count == press.rawFrame.count && shown.contains { $0 != nil && $0 != 0 }
        return (isKnown ? shown : nothing).map { byte in
            byte.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) } ?? "··"
        }.joined(separator: " ")
    }
}

extension RecordBody {
    /// The rating in it, of a press that counts or of one that came again with another body.
    fileprivate var rating: Rating? {
        switch self {
        case .rating(let rating): rating
        case .conflict(let conflict): conflict.rating
        case .session, .imported, .noAnswer, .integrity, .decision, .verdict, .questionnaire, .invitation: nil
        }
    }

    fileprivate var word: String {
        switch self {
        case .rating: "rating"
        case .conflict: "conflict"
        case .session: "session"
        case .imported: "import"
        case .noAnswer: "no-answer"
        case .integrity: "flag"
        case .decision: "decision"
        case .verdict: "verdict"
        case .questionnaire: "questionnaire"
        case .invitation: "invitation"
        }
    }
}

extension WhyReport.Commit {
    fileprivate init(_ entry: JournalEntry) {
        let head = entry.chainHead.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        self.init(
            sequence: entry.sequence, atMilliseconds: entry.recordedAt.wall.millisecondsSinceEpoch,
            isTimeTrusted: entry.recordedAt.isWallTrusted, head: head)
    }
}

extension WhyReport.Press {
    fileprivate init(_ rating: Rating, frame: String) {
        let press = rating.press
        let outcome =
            switch press.outcome {
            case .rated: "rated"
            case .timedOut: "timed-out"
            case .cancelled: "cancelled"
            }
        self.init(
            device: press.key.device.value, log: String(press.key.log, radix: 16), number: press.key.sequence,
            driver: press.driver, frame: frame, outcome: outcome,
            pressedAtMilliseconds: rating.pressedAt.wall.millisecondsSinceEpoch, proof: "\(press.authenticity)",
            lifetimeCount: press.lifetimeCount, window: rating.window?.value, session: rating.session,
            caseReference: rating.caseReference.map { "\($0)" },
            marks: (rating.isRepeat ? ["repeat"] : []) + (rating.isOutsideHours ? ["outside-hours"] : []),
            channel: rating.channel.rawValue)
    }
}

extension WhyReport.Response {
    fileprivate init(_ response: QuestionnaireResponse) {
        self.init(
            questionnaire: response.questionnaire, version: response.version, answers: response.answers.count,
            channel: response.channel.rawValue, language: response.language,
            answeredAtMilliseconds: response.answeredAt.wall.millisecondsSinceEpoch, window: response.window?.value,
            caseReference: response.caseReference.map { "\($0)" })
    }
}

extension WhyReport.Invitation {
    fileprivate init(_ invitation: Invitation) {
        self.init(
            caseReference: "\(invitation.caseReference)", window: invitation.window.value,
            session: invitation.session, askedAtMilliseconds: invitation.askedAt.wall.millisecondsSinceEpoch,
            endedAtMilliseconds: invitation.endedAt.wall.millisecondsSinceEpoch)
    }
}

extension WhyReport.Beside {
    /// `nil` for a record that says nothing of another. Reasons stay in the journal: they may speak of a level (G9).
    fileprivate init?(_ entry: JournalEntry) {
        let time = entry.recordedAt.wall.millisecondsSinceEpoch
        switch entry.body {
        case .decision(let decision):
            self.init(
                id: "\(entry.id)", atMilliseconds: time, kind: "decision", what: "\(decision.kind)",
                who: decision.user, way: "\(decision.origin)", count: decision.count)
        case .verdict(let verdict):
            self.init(
                id: "\(entry.id)", atMilliseconds: time, kind: "verdict",
                what: RegionWords.shown(verdict.outcome, to: .operating), who: verdict.number,
                way: verdict.uplink.value)
        case .conflict: self.init(id: "\(entry.id)", atMilliseconds: time, kind: "conflict")
        case .rating: self.init(id: "\(entry.id)", atMilliseconds: time, kind: "correction")
        case .session, .imported, .noAnswer, .integrity, .questionnaire, .invitation: return nil
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import OperatorAPI
import RatingModel

/// Reads the queue for somebody who came on the socket of a role.
struct GatewayQueue: Sendable {
    let journal: any RatingJournal
    let viewer: QueueViewer

    /// Records of a page where nobody says how many.
    private static let usualRecords = 50

    /// Where every rating is, and some of those that have stopped, or of those in the state that is named.
    func list(_ request: QueueRequest) async throws(GatewayError) -> QueueReport {
        let uplinks = try await uplinks(named: request.uplink)
        let places = try places(named: request.state)
        let limit = min(max(1, request.limit ?? Self.usualRecords), QueueRequest.mostRecords)
        var report = QueueReport(uplinks: [], records: [], next: nil, isCut: false)
        // Only a single list has a position to go on behind.
        let isSingle = uplinks.count == 1 && places.count == 1
        for uplink in uplinks {
            report.uplinks.append(QueueReport.Counters(uplink, shown(try await journal.conservation(for: uplink))))
            for place in places {
                let wanted = limit - report.records.count
                let found = try await journal.waiting(
                    in: place, for: uplink, after: isSingle ? request.after ?? 0 : 0, atMost: wanted + 1)
                for rating in found.prefix(wanted) { report.records.append(try await record(rating, place, uplink)) }
                report.isCut = report.isCut || found.count > wanted
            }
        }
        if isSingle, report.isCut { report.next = report.records.last?.sequence }
        return report
    }

    /// Recounts everything.
    func verify() async throws(GatewayError) -> QueueVerification {
        let report = try await journal.verify()
        var counters: [QueueReport.Counters] = []
        for uplink in try await journal.knownUplinks() {
            counters.append(QueueReport.Counters(uplink, shown(try await journal.conservation(for: uplink))))
        }
        return QueueVerification(
            records: report.records, uplinks: counters, findings: report.findings.map(\.description))
    }

    /// The counters as a viewer may see them: that ratings wait for a reason tells how many 差评 there are.
    private func shown(_ kept: Conservation) -> Conservation { viewer == .operating ? kept.shown : kept }

    /// The uplinks the journal knows, or the one that is named.
    func uplinks(named name: String?) async throws(GatewayError) -> [UplinkName] {
        let known = try await journal.knownUplinks()
        guard let name else { return known }
        guard known.contains(UplinkName(name)) else { throw .noUplink(name, known: known.map(\.value)) }
        return [UplinkName(name)]
    }

    private func places(named word: String?) throws(GatewayError) -> [RatingPlace] {
        guard let word else { return RatingPlace.stopped.filter(isListed) }
        let places = RatingPlace.places(word)
        guard !places.isEmpty, word != RatingPlace.delivered.word else {
            throw .noState(word, known: RatingPlace.all.filter { $0 != .delivered }.map(\.word))
        }
        let listed = places.filter(isListed)
        guard !listed.isEmpty else { throw .stateNotListed }
        return listed
    }

    private func isListed(_ place: RatingPlace) -> Bool { viewer == .auditing || !place.tellsLevel }

    private func record(
        _ rating: WaitingRating, _ place: RatingPlace, _ uplink: UplinkName
    ) async throws(GatewayError) -> QueueReport.Record {
        var (moves, last) = (rating.moves, rating.last)
        if viewer == .operating, last != nil {
            let receipts = seen(try await journal.receipts(of: rating.id).filter { $0.uplink == uplink })
            (moves, last) = (receipts.count, receipts.last)
        }
        let content = rating.entry?.body.delivered
        let recordedAt = rating.entry?.recordedAt.wall.millisecondsSinceEpoch
        let answer = last.flatMap { $0.answer.isEmpty ? nil : RegionWords.shown($0.answer, to: viewer) }
        return QueueReport.Record(
            id: "\(rating.id)", sequence: rating.sequence, uplink: uplink.value,
            state: rating.isLent ? RatingPlace.inFlight.word : place.word, window: content?.window?.value,
            device: content?.key.device.value, recordedAtMilliseconds: recordedAt,
            sinceMilliseconds: last?.settledAt.wall.millisecondsSinceEpoch ?? recordedAt, moves: moves,
            answer: answer)
    }
}

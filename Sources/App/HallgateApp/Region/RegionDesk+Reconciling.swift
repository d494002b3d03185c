// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import OperatorAPI
import RatingModel
import Reconciliation
import UplinkAPI

extension RegionDesk {
    /// Records of the journal looked at in one turn.
    private static let pageRecords = 500

    /// Compares what was delivered of a day with what the region says that it holds; nothing is changed by it.
    func reconcile(_ day: DayOfHall) async throws(GatewayError) -> ReconciliationReport {
        let span = day.span(in: zone)
        var delivered: [Reconciliation.Delivered] = []
        var next: RecordID?
        repeat {
            let page = try await journal.delivered(
                pressedIn: span, for: name, after: next, atMost: Self.pageRecords)
            delivered += page.ratings.compactMap(self.delivered)
            next = page.next
        } while next != nil
        let held = try coding.holdings(in: try await ask(.holdings(day.text)))
        let comparison = Reconciliation(delivered: delivered, held: held)
        var whereabouts: [RecordID: Reconciliation.Whereabouts] = [:]
        for id in comparison.onlyThere { whereabouts[id] = try await self.whereabouts(of: id, pressedIn: span) }
        let report = comparison.report(uplink: name, date: day.text, whereabouts: whereabouts)
        note(report)
        return report
    }

    private func whereabouts(
        of id: RecordID, pressedIn span: Range<WallTime>
    ) async throws(GatewayError) -> Reconciliation.Whereabouts {
        guard let entry = try await journal.entry(id), case .rating(let rating) = entry.body,
            let place = try await journal.places(of: id)[name]
        else { return .foreign }
        guard place == .delivered else { return .unsettled }
        guard span.contains(rating.pressedAt.wall), let late = delivered(entry) else { return .ofAnotherDay }
        return .deliveredSince(late)
    }

    private func delivered(_ entry: JournalEntry) -> Reconciliation.Delivered? {
        guard case .rating(let rating) = entry.body else { return nil }
        return Reconciliation.Delivered(
            id: entry.id, window: rating.window, level: rating.level,
            channel: coding.channel(of: OutgoingRecord(id: entry.id, rating: rating, personal: nil, ordinal: 1)),
            caseReference: rating.caseReference)
    }
}

extension GatewayOperator {
    func reconcile(_ request: ReconcileRequest) async throws(GatewayError) -> ReconciliationReport {
        guard let day = DayOfHall(request.date) else {
            throw GatewayError(
                "reconcile.date", LocalText("'\(request.date)' is no day", "“\(request.date)”不是有效日期"),
                hint: LocalText("write it as 2026-11-24", "请写成 2026-11-24"))
        }
        let desks = gateway.desks.filter(\.asks)
        if let name = request.uplink {
            guard let desk = desks.first(where: { $0.name.value == name }) else {
                throw .chooseUplink(desks.map(\.name.value))
            }
            return try await desk.reconcile(day).blurred()
        }
        guard desks.count == 1, let desk = desks.first else { throw .chooseUplink(desks.map(\.name.value)) }
        return try await desk.reconcile(day).blurred()
    }
}

extension GatewayError {
    fileprivate static func chooseUplink(_ names: [String]) -> GatewayError {
        let list = names.joined(separator: ", ")
        return GatewayError(
            "reconcile.uplink", LocalText("one uplink has to be named; there are: \(list)", "请指定一个上行通道，现有：\(list)"),
            hint: LocalText("give --uplink", "请使用 --uplink"))
    }

    static func holdingsDiffer(_ report: ReconciliationReport) -> GatewayError {
        GatewayError(
            "reconcile.differences",
            LocalText(
                "\(report.uplink) holds other ratings of \(report.date) than were delivered: \(report.missing.count) missing, "
                    + "\(report.unknown.count) unknown here, \(report.altered.count) altered",
                "\(report.uplink) 所持 \(report.date) 的评价与已送达的不一致：缺少 \(report.missing.count) 条，"
                    + "本厅没有的 \(report.unknown.count) 条，被更改的 \(report.altered.count) 条"),
            hint: LocalText(
                "list them with hallgate reconcile --date \(report.date) --uplink \(report.uplink) and ask the region",
                "请运行 hallgate reconcile --date \(report.date) --uplink \(report.uplink) 列出差异，并向上级核实"))
    }

    static func notCompared(_ uplink: UplinkName, _ failure: GatewayError) -> GatewayError {
        GatewayError(
            "reconcile.failed",
            LocalText(
                "the daily comparison with \(uplink) could not be made (\(failure.message.english))",
                "未能与 \(uplink) 完成每日对账（\(failure.message.chinese)）"),
            cause: failure.cause, hint: failure.hint)
    }
}

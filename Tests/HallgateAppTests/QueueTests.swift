// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Foundation
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingModel
import RegionProfiles
import SQLiteJournal
import StandInRegion
import SystemClock
import Testing

@testable import HallgateApp

/// The queue as operators and auditors see it: the real gateway, its sockets, and a region that refuses.
@Suite(.timeLimit(.minutes(3))) struct QueueTests {
    private struct Hall {
        let gateway: Gateway
        let operating, auditing: ControlClient
    }

    /// Three ratings with cases, the last a 不满意; the region refuses two of them.
    private static let drafts = (1...3).map { number in
        JournalSamples.rating(
            number,
            press: JournalSamples.press(
                sequence: number, outcome: number == 3 ? .rated(.dissatisfied, key: 4, label: "不满意") : nil),
            reference: CaseReference(projectNumber: "P\(number)", serviceNumber: "S\(number)"))
    }

    /// Runs a gateway whose journal holds ``drafts``, with its forwarder, against a region with these faults.
    private func withHall(faults: [FaultRule], _ body: (Hall) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "queue-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory + "/journal", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let authority = try ThrowAwayCA(in: directory)
        let tls = StandInRegionConfiguration.TLS(certificate: authority.serverCertificate, key: authority.serverKey)
        let setup = StandInRegionConfiguration(store: directory + "/region.db", tls: tls, faults: faults)
        try await withStandInRegion(setup) { region in
            let journal = try await SQLiteJournal.open(
                SQLiteJournalConfiguration(directory: directory + "/journal"), uplinks: [UplinkName("region")],
                clock: SystemClock())
            _ = try await journal.record(Self.drafts)
            await journal.close()
            let text = """
                journal: {directory: \(directory)/journal}
                uplinks:
                  - {name: region, kind: https, profile: national, url: '\(region.evaluateURL)', ca: \(authority.authority)}

                """
            let configuration = try #require(GatewayConfiguration.read(text: text).configuration)
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let gateway = try await buildGateway(configuration, logger: logger)
            let service = GatewayOperator(
                gateway: gateway, reader: ConfigurationSource(path: nil), refused: nil, logger: logger)
            let operating = ControlServer(path: directory + "/o", service: service, logger: logger)
            let auditing = ControlServer(
                path: directory + "/a", auditor: GatewayAuditor(service: service), logger: logger)
            let hall = Hall(
                gateway: gateway, operating: ControlClient(path: directory + "/o"),
                auditing: ControlClient(path: directory + "/a"))
            let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
            try await whileServing(operating, of: gateway) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await ForwarderService(forwarder: gateway.forwarders[0].forwarder).run() }
                    group.addTask { try await auditing.run { isListening.yield() } }
                    for await _ in listening { break }
                    try await body(hall)
                    group.cancelAll()
                    while let result = await group.nextResult() { _ = result }
                }
            }
        }
    }

    private func parked(_ hall: Hall) async throws -> QueueReport {
        #expect(
            await eventually {
                let states = try? await hall.operating.queue(QueueRequest()).uplinks.first?.states
                return states == ["parked": 2, "delivered": 1]
            })
        return try await hall.operating.queue(QueueRequest())
    }

    @Test func `what a region refused is listed, sent again, and explained`() async throws {
        try await withHall(faults: [FaultRule(.reject, limit: 2)]) { hall in
            let (client, ids) = (hall.operating, Self.drafts.map { "\($0.id)" })
            let listed = try await parked(hall)
            #expect(listed.records.map(\.id) == [ids[0], ids[1]] && listed.records.allSatisfy { $0.state == "parked" })
            #expect(listed.uplinks.first?.holds == true && listed.uplinks.first?.recorded == 3)
            #expect(listed.records.first?.window == "A01" && listed.records.first?.device == "pad-1")
            #expect(listed.records.allSatisfy { $0.answer?.contains("评价数据校验不通过") == true && $0.moves == 1 })
            #expect(try await hall.auditing.queue(QueueRequest(state: "parked")).records == listed.records)

            let report = try await client.retry(RetryRequest(id: ids[0], user: "wang"))
            #expect(report.ratings == 1)
            #expect(await eventually { (try? await client.why(ids[0]).deliveries.first?.state) == "delivered" })
            let why = try await client.why(ids[0])
            #expect(why.deliveries.first?.receipts.map(\.state) == ["parked", "pending", "delivered"])
            #expect(why.beside.map(\.what) == ["retried"] && why.beside.first?.who == "wang")
            #expect(why.beside.first?.id == report.decisions.first)
            #expect(why.commit.sequence == 1 && why.commit.head.count == 64 && why.press?.outcome == "rated")
            #expect(why.press?.caseReference == "P1/S1")
            // No configured driver can say which byte of the frame is the level's.
            #expect(why.press?.frame == "·· ·· ··" && why.statement == nil)
            // That a sentence stands for a reason tells the level, so that only an auditor is told.
            #expect(try await hall.auditing.why(ids[0]).deliveries.first?.systemText == nil)
            #expect(try await hall.auditing.why(ids[2]).deliveries.first?.systemText == RegionSettings.statement)
            #expect(try await client.why(ids[2]).deliveries.first?.systemText == nil)
            let said = try await client.why(try #require(report.decisions.first)).statement
            #expect(said?.what == "retried" && said?.who == "wang")
            let error = await #expect(throws: GatewayError.self) {
                try await client.retry(RetryRequest(id: ids[0], user: "wang"))
            }
            #expect(error?.code == "queue.not-stopped" && error?.cause?.contains("region delivered") == true)
            #expect(try await client.verifyQueue().findings == [])
        }
    }

    @Test func `a page ends where the next one begins`() async throws {
        try await withHall(faults: [FaultRule(.reject, limit: 2)]) { hall in
            _ = try await parked(hall)
            let request = QueueRequest(uplink: "region", state: "parked", limit: 1)
            let first = try await hall.operating.queue(request)
            #expect(first.records.count == 1 && first.isCut)
            var next = request
            next.after = first.next
            let second = try await hall.operating.queue(next)
            #expect(second.records.map(\.id) == ["\(Self.drafts[1].id)"] && !second.isCut && second.next == nil)
            for (request, code) in [
                (QueueRequest(state: "delivered"), "queue.no-state"), (QueueRequest(state: "tea"), "queue.no-state"),
                (QueueRequest(uplink: "tea"), "queue.no-uplink"),
            ] {
                let error = await #expect(throws: GatewayError.self) { try await hall.operating.queue(request) }
                #expect(error?.code == code)
            }
            let error = await #expect(throws: GatewayError.self) { try await hall.operating.why("tea") }
            #expect(error?.code == "queue.no-record")
        }
    }

    @Test func `a rating is set aside by two people of two roles, and by nobody else`() async throws {
        try await withHall(faults: [FaultRule(.reject, limit: 2)]) { hall in
            _ = try await parked(hall)
            let id = "\(Self.drafts[1].id)"
            let wish = SetAsideRequest(id: id, user: "wang", reason: "训练按键")
            let code = { (body: () async throws(GatewayError) -> QueueStepReport) async -> String? in
                do throws(GatewayError) { _ = try await body() } catch { return error.code }
                return nil
            }
            #expect(
                await code { () throws(GatewayError) in try await hall.auditing.confirmSetAside(wish) }
                    == "queue.not-proposed")
            var unexplained = wish
            unexplained.reason = " "
            #expect(
                await code { () throws(GatewayError) in try await hall.operating.proposeSetAside(unexplained) }
                    == "queue.unexplained")
            _ = try await hall.operating.proposeSetAside(wish)
            // The operator's socket has no word for agreeing, the auditor's none for proposing.
            #expect(
                await code { () throws(GatewayError) in try await hall.operating.confirmSetAside(wish) }
                    == "control.bad-answer")
            #expect(
                await code { () throws(GatewayError) in try await hall.auditing.proposeSetAside(wish) }
                    == "control.bad-answer")
            var other = wish
            other.user = "Wang "
            #expect(
                await code { () throws(GatewayError) in try await hall.auditing.confirmSetAside(other) }
                    == "queue.same-person")
            #expect(try await hall.operating.queue(QueueRequest(state: "set-aside")).records.isEmpty)
            other.user = "li"
            #expect(try await hall.auditing.confirmSetAside(other).ratings == 1)
            let counters = try #require(try await hall.operating.queue(QueueRequest()).uplinks.first)
            #expect(counters.states == ["parked": 1, "delivered": 1, "set-aside": 1] && counters.holds)
            let why = try await hall.operating.why(id)
            #expect(
                why.beside.map(\.what) == ["setAsideProposed", "setAside"] && why.beside.map(\.who) == ["wang", "li"])
            #expect(why.beside.map(\.way) == ["operatorSocket", "auditorSocket"])
            #expect(
                await code { () throws(GatewayError) in try await hall.operating.discard(wish) } == "queue.readable")
            // It can be sent after all; then the old proposal is no word for another time.
            _ = try await hall.operating.retry(RetryRequest(id: id, user: "wang"))
            #expect(try await hall.operating.verifyQueue().findings == [])
        }
    }
}

/// What operators see of a rating that was held because of its level, once it is no longer.
@Suite struct UnseenHoldTests {
    @Test func `a rating that waited for a reason is listed like any other`() async throws {
        let uplink = UplinkName("region")
        let journal = MemoryJournal(uplinks: [uplink])
        let drafts = [
            UplinkSamples.draft(1, level: .dissatisfied, for: uplink, beginning: .held(.reasonless)),
            UplinkSamples.draft(2, level: .satisfied, for: uplink),
        ]
        _ = try await journal.record(drafts)
        let now = JournalSamples.time(90_000_000)
        let released = try await journal.release(.reasonless, olderThan: .zero, atMost: 10, for: uplink, at: now)
        #expect(released.released == 1)
        let operating = GatewayQueue(journal: journal, viewer: .operating)
        for state in ["pending", "parked"] {
            let records = try await operating.list(QueueRequest(uplink: uplink.value, state: state)).records
            #expect(records.map(\.id) == drafts.map { "\($0.id)" })
            #expect(Set(records.map(\.moves)).count == 1 && Set(records.map(\.sinceMilliseconds)).count == 1)
            let told = try await GatewayQueue(journal: journal, viewer: .auditing)
                .list(QueueRequest(uplink: uplink.value, state: state)).records
            #expect(told.map(\.moves) == (state == "pending" ? [1, 0] : [2, 1]), "an auditor is told")
            let leased = try await journal.lease(10, for: uplink)
            let settlements = leased.map {
                Settlement(sequence: $0.sequence, result: .parked, answer: "no", settledAt: now)
            }
            try await journal.settle(settlements, for: uplink)
        }
    }
}

@Suite struct SetAsideRuleTests {
    private let region = UplinkName("region")

    private func entry(_ sequence: JournalSequence, _ decision: OperatorDecision) -> JournalEntry {
        JournalEntry(
            sequence: sequence, id: JournalSamples.id(UInt64(sequence)), recordedAt: JournalSamples.time(sequence),
            body: .decision(decision), chainHead: [])
    }

    private func proposal(_ origin: OperatorDecision.Origin = .operatorSocket) -> OperatorDecision {
        OperatorDecision(
            .setAsideProposed, origin: origin, user: "wang", reason: "x", subject: .init(uplink: region))
    }

    private func receipt(_ milliseconds: Int64, by mover: RecordID? = nil) -> Receipt {
        Receipt(
            number: 1, uplink: region, place: mover == nil ? .parked : .pending,
            answer: mover.map { "retried by \($0)" } ?? "no", settledAt: JournalSamples.time(milliseconds))
    }

    @Test func `a proposal stands until the rating moves`() {
        let entries = [entry(5, proposal())]
        #expect(SetAsideRule.openProposal(among: entries, for: region, after: nil) != nil)
        #expect(SetAsideRule.openProposal(among: entries, for: region, after: receipt(4)) != nil)
        #expect(SetAsideRule.openProposal(among: entries, for: region, after: receipt(6)) == nil)
        #expect(SetAsideRule.openProposal(among: entries, for: UplinkName("other"), after: nil) == nil)
        let retried = entry(7, OperatorDecision(.retried, origin: .operatorSocket, user: "wang"))
        // By the chain, even where a clock says otherwise.
        let move = receipt(1, by: retried.id)
        #expect(SetAsideRule.openProposal(among: entries + [retried], for: region, after: move) == nil)
        let again = entry(8, proposal())
        #expect(SetAsideRule.openProposal(among: entries + [retried, again], for: region, after: move) != nil)
        #expect(SetAsideRule.openProposal(among: [entry(5, proposal(.auditorSocket))], for: region, after: nil) == nil)
    }

    @Test func `nobody agrees with themselves, however the name is written`() {
        #expect(SetAsideRule.isAnotherPerson("li", than: proposal()))
        for name in ["wang", "WANG", " wang ", "Wan g"] {
            #expect(!SetAsideRule.isAnotherPerson(name, than: proposal()))
        }
    }

    @Test func `words of a region that tell the level are for auditors alone`() {
        for words in ["差评须填写 evalDetail 或 writingEvaluation", "satisfaction 应为 1 至 5", "Satisfaction=2", "满意度有误"] {
            #expect(RegionWords.shown(words, to: .operating) == "●")
            #expect(RegionWords.shown(words, to: .auditing) == words)
        }
        for words in ["办件不存在", "projectNo missing", "系统繁忙", ""] {
            #expect(RegionWords.shown(words, to: .operating) == words)
        }
    }
}

@Suite struct FrameMaskTests {
    private func press(_ driver: String, _ frame: [UInt8]) -> CapturedPress {
        CapturedPress(
            key: PressKey(device: DeviceID("pad-7"), log: 1, sequence: 1), outcome: .timedOut, prompt: nil, age: nil,
            lifetimeCount: nil, driver: driver, rawFrame: frame)
    }

    /// The driver that understood a frame says which of its bytes hold a level; a frame that no driver knows is masked.
    @Test func `a kept frame is masked by its driver, or wholly`() throws {
        let text = "devices: [{path: /dev/b, driver: queue-bus}, {path: /dev/n, driver: native}]"
        let mask = FrameMask(devices: try #require(GatewayConfiguration.read(text: text).configuration).devices)
        let rating: [UInt8] = [0xFF, 0x68, 3, 3, 0x68, 1, 0x11, 3, 0x15, 0x16]
        let shown = mask.text(of: press("queue-bus", rating))
        #expect(shown.hasPrefix("FF 68 03 03 68 01 11 ··") && !shown.contains("15"))
        #expect(mask.text(of: press("native", [1, 0, 2, 0])) == "·· ·· ·· ··")
        #expect(mask.text(of: press("framed", [1, 2])) == "·· ··")
        #expect(mask.text(of: press("native", [])) == "")
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

@testable import HallgateCommands
import Foundation
import OperatorAPI
import Testing

@Suite struct QueuePageTests {
    private static let id = "019e7a10-1c00-7001-8000-9e3779b97f4a"
    private static let moment: Int64 = 1_780_000_000_000

    private func console(_ locale: String) -> Console {
        Console(locale: locale, usesColor: false, output: { _ in }, errors: { _ in })
    }

    /// A moment as the machine's own zone shows it.
    private var time: String { QueueWords(isChinese: false).time(Self.moment) }

    private let counters = QueueReport.Counters(
        uplink: "region", recorded: 1204,
        states: ["delivered": 1190, "pending": 9, "parked": 2, "set-aside": 1, "held:unmatched": 2], holds: true)

    private func record(_ state: String, device: String? = "pad-7", answer: String?) -> QueueReport.Record {
        QueueReport.Record(
            id: Self.id, sequence: 5, uplink: "region", state: state, window: device == nil ? nil : "A01",
            device: device, recordedAtMilliseconds: Self.moment, sinceMilliseconds: Self.moment, moves: 1,
            answer: answer)
    }

    @Test func `the list in English`() {
        let report = QueueReport(
            uplinks: [counters],
            records: [
                record("parked", answer: "办件不存在"), record("parked", answer: "●"),
                record("held:unmatched", device: nil, answer: nil),
            ], next: nil, isCut: true)
        let expected = """
            region
              1,204 recorded = 1,190 delivered + 9 pending + 2 parked + 1 set aside + 2 held (unmatched)

            parked · region
              id                                    window  device  since                moves
              \(Self.id)  A01     pad-7   \(time)      1
                ↳ 办件不存在
              \(Self.id)  A01     pad-7   \(time)      1
                ↳ ● the region's words speak of the level
            held (unmatched) · region
              id                                    window  device  since                moves
              \(Self.id)  –       –       \(time)      1
                ↳ the record cannot be read

            There are more: name one with --uplink and --state.
            """
        #expect(QueuePage(report, console("C")).text == expected)
    }

    @Test func `the list in Chinese`() {
        let report = QueueReport(
            uplinks: [counters], records: [record("parked", answer: "●")], next: 5, isCut: true)
        let expected = """
            region
              1,204 条已记录 = 1,190 已送达 + 9 待发送 + 2 已搁置 + 1 已剔置 + 2 暂存（未匹配办件）

            已搁置 · region
              编号                                  窗口  设备   开始于               变动
              \(Self.id)  A01   pad-7  \(time)     1
                ↳ ● 上级系统的答复涉及等级

            还有更多：hallgate queue ls --uplink region --state parked --after 5
            """
        #expect(QueuePage(report, console("zh_CN.UTF-8")).text == expected)
    }

    @Test func `what does not add up is said`() {
        var wrong = counters
        wrong.holds = false
        let text = QueuePage(QueueReport(uplinks: [wrong], records: [], next: nil, isCut: false), console("C")).text
        #expect(text.contains("1,204 recorded ≠") && text.contains("hallgate queue verify"))
        #expect(text.hasSuffix("Nothing has stopped."))
        let none = QueueReport(uplinks: [], records: [], next: nil, isCut: false)
        #expect(QueuePage(none, console("zh")).text == "未配置上行链路：评价仅保存在日志库中。")
    }

    @Test func `what a check found`() {
        let fine = QueueVerification(records: 1204, uplinks: [], findings: [])
        #expect(VerificationPage(fine, console("C")).text == "1,204 records checked, all is well.")
        let broken = QueueVerification(records: 3, uplinks: [], findings: ["the chain breaks at record 2"])
        #expect(
            VerificationPage(broken, console("zh")).text
                == "已核对 3 条记录，发现 1 处不符：\n  the chain breaks at record 2")
    }

    // MARK: Why

    private func story(state: String = "delivered") -> WhyReport {
        WhyReport(
            id: Self.id, kind: "rating",
            commit: .init(
                sequence: 5, atMilliseconds: Self.moment, isTimeTrusted: false, head: String(repeating: "ab", count: 32)
            ),
            press: .init(
                device: "pad-7", log: "feed", number: 7, driver: "queue-bus", frame: "FF 68 03 03 68 01 11 ·· 15 16",
                outcome: "rated", pressedAtMilliseconds: Self.moment, proof: "proven", lifetimeCount: nil,
                window: "A01", session: 77, caseReference: "P1/S1", marks: ["repeat"]),
            deliveries: [
                .init(
                    uplink: "region", state: state,
                    receipts: [
                        .init(atMilliseconds: Self.moment, state: "parked", wasDuplicate: false, answer: "●"),
                        .init(
                            atMilliseconds: Self.moment, state: "delivered", wasDuplicate: true, answer: "评价数据不可重复"),
                    ],
                    attempts: [
                        .init(
                            atMilliseconds: Self.moment - 1, result: "unreachable", ratings: 3,
                            code: "uplink.unreachable", answer: nil)
                    ])
            ],
            beside: [
                .init(
                    id: Self.id, atMilliseconds: Self.moment, kind: "decision", what: "retried", who: "wang",
                    way: "operatorSocket", count: 3),
                .init(
                    id: Self.id, atMilliseconds: Self.moment, kind: "verdict", what: "维持", who: "FH-7", way: "region"),
                .init(id: Self.id, atMilliseconds: Self.moment, kind: "conflict"),
            ])
    }

    @Test(arguments: [
        ("ingest", "C", "by ingest of desk-12345, channel: a telephone call"),
        ("ingest", "zh_CN.UTF-8", "由 desk-12345 接口报送，渠道：电话"),
        ("ingest-page", "C", "on the page of desk-12345, channel: a telephone call"),
        ("ingest-page", "zh_CN.UTF-8", "在 desk-12345 的评价页面上提交，渠道：电话"),
    ]) func `a rating of a source says whose it is and by which channel`(
        _ driver: String, _ locale: String, _ words: String
    ) {
        var report = story()
        report.press?.device = "ingest/desk-12345"
        report.press?.driver = driver
        report.press?.channel = "phone"
        let lines = WhyPage(report, console(locale)).text.split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(lines.contains { $0 == words })
        #expect(!lines.contains { $0.hasPrefix("channel") || $0.hasPrefix("渠道") })
        // A pad of that name is none.
        report.press?.driver = "native"
        #expect(!WhyPage(report, console(locale)).text.contains(words))
    }

    @Test func `a story in English`() {
        let before = QueueWords(isChinese: false).time(Self.moment - 1)
        let expected = """
            \(Self.id)  rating
              frame   FF 68 03 03 68 01 11 ·· 15 16
                      read by queue-bus
              press   rated ●, pad-7 feed/7, \(time)
                      proven by the pad's key, a repeat
              window  A01, session 77, case P1/S1
              commit  record 5, \(time) (clock not trusted), head abababababababab…

            region  delivered
              \(before)  not delivered: the exchange failed, with 2 others (from memory): uplink.unreachable
              \(time)  → parked: ● the region's words speak of the level
              \(time)  → delivered, the region had it already: 评价数据不可重复

            Beside it
              \(time)  wang had 3 ratings sent again
              \(time)  the region's review FH-7: 维持
              \(time)  the same press came again with another body (\(Self.id))
            """
        #expect(WhyPage(story(), console("C")).text == expected)
    }

    @Test func `a story in Chinese`() {
        let before = QueueWords(isChinese: true).time(Self.moment - 1)
        let expected = """
            \(Self.id)  评价
              帧    FF 68 03 03 68 01 11 ·· 15 16
                    由 queue-bus 解读
              按键  已评价 ●，pad-7 feed/7，\(time)
                    经评价器密钥验证，重复按键
              窗口  A01，会话 77，办件 P1/S1
              入库  第 5 条记录，\(time)（时钟未校准），链首 abababababababab…

            region  已搁置
              \(before)  未送达：通信失败，同批另有 2 条（内存记录）：uplink.unreachable
              \(time)  → 已搁置：● 上级系统的答复涉及等级
              \(time)  → 已送达，上级系统已有该评价：评价数据不可重复

            相关记录
              \(time)  wang 重新上送 3 条评价
              \(time)  复核 FH-7：维持
              \(time)  同一按键以不同内容再次上报 (\(Self.id))
            """
        #expect(WhyPage(story(state: "parked"), console("zh_CN.UTF-8")).text == expected)
    }

    // MARK: Command lines

    @Test func `an export tells no level`() {
        let line = ExportedRecord(record("parked", answer: nil)).line
        #expect(line.contains(#""level":"●""#) && line.contains(#""state":"parked""#) && !line.contains("\n"))
    }

    @Test(arguments: [
        ["queue", "retry"], ["queue", "retry", "ID", "--unknown"], ["queue", "ls", "--limit", "0"],
        ["queue", "ls", "--after", "5"], ["queue", "set-aside", "ID"], ["why"],
    ]) func `a command that says too little, or two things, is refused`(_ arguments: [String]) async {
        let console = RecordedConsole()
        #expect(await console.run(arguments) == 2)
    }

    @Test(arguments: [["queue"], ["why", id], ["queue", "verify"], ["queue", "retry", "--all-parked"]])
    func `without a daemon the status is 3`(_ arguments: [String]) async {
        let console = RecordedConsole()
        #expect(await console.run(arguments + ["--socket", "/nonexistent/s"]) == 3)
        #expect(console.errors.contains("→"))
    }

    /// Every command line of the page is one that the program takes.
    @Test func `the examples of Operating the queue are command lines`() async throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = root.appending(path: "Sources/App/HallgateApp/Documentation.docc/OperatingQueue.md")
        let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("$ hallgate ") }
        #expect(lines.count >= 8)
        for line in lines {
            let words = line.dropFirst("$ hallgate ".count).split(separator: " ").map(String.init)
            // Understood, it asks a daemon that is not there; else the status would be 2.
            #expect(await RecordedConsole().run(words + ["--socket", "/nonexistent/s"]) == 3, "\(line)")
        }
    }
}

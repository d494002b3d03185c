// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HallgateLabApp

@Suite struct ProgressTests {
    private var picture: ProgressPicture {
        var picture = ProgressPicture()
        picture.elapsed = .seconds(67)
        picture.seed = 42
        picture.pads = 8
        picture.padsOnLine = 7
        picture.goal = 200
        picture.pressed = 150
        picture.waiting = 2
        picture.recorded = 148
        picture.delivered = 100
        picture.acknowledgementMedian = 1.24
        picture.acknowledgementWorst = 12.06
        return picture
    }

    @Test func theLiveView() {
        let expected = """
            Hallgate demo  8 pads · 200 ratings · seed 42 · 01:07
              pads       █████████████████████░░░  7 / 8
              pressed    ██████████████████░░░░░░  150 / 200
              recorded   █████████████████░░░░░░░  148
              delivered  ████████████░░░░░░░░░░░░  100  lag 48
              thanks     p50 1.2 ms  p99 12.1 ms  waiting 2
            """
        #expect(ProgressText().lines(picture).joined(separator: "\n") == expected)
    }

    @Test func theLiveViewInChineseKeepsItsColumns() {
        let expected = """
            Hallgate 演示  8 台评价器 · 200 条评价 · 种子 42 · 01:07
              在线       █████████████████████░░░  7 / 8
              按键       ██████████████████░░░░░░  150 / 200
              落盘       █████████████████░░░░░░░  148
              送达       ████████████░░░░░░░░░░░░  100  积压 48
              致谢       p50 1.2 ms  p99 12.1 ms  等待 2
            """
        #expect(ProgressText(locale: "zh_CN.UTF-8").lines(picture).joined(separator: "\n") == expected)
    }

    @Test func faultsAndKillsAreListed() {
        var picture = picture
        picture.faults = Dictionary(uniqueKeysWithValues: DemoFault.allCases.map { ($0, 3) })
        picture.kills = 50
        picture.killsWanted = 100
        let expected = """
              faults     pad_unplugged 3 · bytes_to_pad 3 · bytes_to_gateway 3 · daemon_killed 3
                         region_down 3 · region_500 3 · region_401 3 · region_success_false 3
                         region_duplicate 3 · region_garbage 3 · region_half_answer 3 · region_lost_answer 3
              kills      ████████████░░░░░░░░░░░░  50 / 100
            """
        #expect(ProgressText().lines(picture).dropFirst(6).joined(separator: "\n") == expected)
    }

    @Test func colourIsUsedOnlyWhereItIsWanted() {
        #expect(ProgressText(hasColour: true).lines(picture).joined().contains("\u{1B}[32m"))
        #expect(!ProgressText().lines(picture).joined().contains("\u{1B}"))
    }

    @Test func nothingIsKnownAtFirst() {
        var empty = ProgressPicture()
        empty.isDaemonUp = false
        #expect(
            ProgressText().line(empty)
                == "00:00  pads 0/0  pressed 0/0  recorded –  delivered –  lag –  unthanked 0  daemon down")
        #expect(ProgressText().lines(empty)[1].hasSuffix("0 / 0  daemon down"))
    }

    @Test func thePlainLine() {
        var picture = picture
        picture.faults = [.region401: 2, .daemonKilled: 3]
        picture.killsWanted = 9
        #expect(
            ProgressText().line(picture)
                == "01:07  pads 7/8  pressed 150/200  recorded 148  delivered 100  lag 48  unthanked 2  faults 5  kills 0/9"
        )
    }

    @Test func theReportsLastLine() {
        var report = DemoReport(
            plan: DemoPlan(pads: 2, ratings: 0, kills: 2, seed: 5), verdict: OracleVerdict(pressed: [], delivered: []),
            recorded: 0)
        report.acknowledgementMedian = 0.8125
        report.acknowledgementWorst = 3
        report.seconds = 4.06
        report.faults = [.regionDown: 1]
        report.kills = 2
        report.killsWithPress = 1
        #expect(
            report.json == """
                {"pressed":0,"recorded":0,"delivered":0,"lost":0,"duplicated":0,"altered":0,"invented":0,\
                "ack_p50_ms":0.813,"ack_p99_ms":3.000,"seconds":4.1,"pads":2,"unrated":0,"seed":5,"well":true,"kills":2,\
                "kills_with_unacknowledged_press":1,"kills_with_backlog":0,"faults":{"region_down":1}}
                """)
    }

    @Test func aDemoIsWellOnlyWhereEverythingFits() {
        let clean = DemoReport(
            plan: DemoPlan(ratings: 0), verdict: OracleVerdict(pressed: [], delivered: []), recorded: 0)
        #expect(clean.isWell)
        var other = clean
        other.recorded = 1
        #expect(!other.isWell, "recorded must equal pressed")
        other = clean
        other.plan.ratings = 1
        #expect(!other.isWell, "too few were pressed")
        other = clean
        other.complaints = ["late"]
        #expect(!other.isWell)
        other = clean
        other.plan.hasFaults = true
        #expect(!other.isWell, "the faults did not fire")
        other.faults = Dictionary(uniqueKeysWithValues: DemoFault.allCases.map { ($0, 3) })
        #expect(other.isWell)
        other.verdict.lost = [PressPlace(log: 1, sequence: 1)]
        #expect(!other.isWell)
    }
}

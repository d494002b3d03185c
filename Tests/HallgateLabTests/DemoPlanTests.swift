// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import HallgateLabApp

@Suite struct DemoPlanTests {
    @Test func everyLevelIsPressedAndASeedRepeats() {
        let plan = DemoPlan(ratings: 200, seed: 7)
        let levels = (0..<200).map { plan.press(ofRating: $0).level }
        #expect(Set(levels) == [1, 2, 3, 4, 5])
        #expect(Set(levels.prefix(5)) == [1, 2, 3, 4, 5], "even a demo of five ratings")
        #expect(levels == (0..<200).map { plan.press(ofRating: $0).level })
        #expect(levels != (0..<200).map { DemoPlan(ratings: 200, seed: 8).press(ofRating: $0).level })
    }

    @Test func windowsAreNamedOnce() {
        let plan = DemoPlan(pads: 4, windowNames: ["A02", "hall"])
        #expect(plan.windows == ["A02", "hall", "A01", "A03"])
    }

    @Test(arguments: [(200, 3), (2000, 4), (20_000, 5)])
    func everyFaultIsScheduledOftenEnough(ratings: Int, times: Int) {
        let plan = DemoPlan(ratings: ratings, hasFaults: true)
        let schedule = FaultSchedule(plan: plan)
        for fault in DemoFault.allCases { #expect(schedule.faults.count { $0 == fault } == times, "\(fault)") }
        var last = 0
        for index in schedule.faults.indices {
            let allowance = schedule.allowance(before: index, plan: plan)
            #expect(allowance >= last)
            last = allowance
        }
        #expect(last <= ratings / 2)
        #expect(schedule == FaultSchedule(plan: plan), "a seed repeats")
        #expect(FaultSchedule(plan: DemoPlan(ratings: ratings)).faults.isEmpty)
    }

    @Test func ratingsWaitForTheirTurnAndStopAtTheGoal() {
        let ledger = DemoLedger()
        #expect(ledger.next() == .wait)
        ledger.allow(2)
        ledger.allow(1)
        #expect(ledger.next() == .rate(0))
        #expect(ledger.next() == .rate(1))
        #expect(ledger.next() == .wait)
        ledger.allowMore(1)
        ledger.allowMore(1)
        #expect(ledger.next() == .rate(2))
        #expect(ledger.next() == .wait)
        ledger.allow(4)
        ledger.close()
        #expect(ledger.next() == .rate(3), "what was allowed is pressed to its end")
        #expect(ledger.next() == .end)
    }

    @Test func casesAreNeverUsedTwice() {
        let ledger = DemoLedger()
        #expect(Set((0..<1000).map { _ in ledger.newCase() }).count == 1000)
    }

    @Test func theConfigurationOfTheDaemon() {
        let text = DemoSite.configurationText(
            DemoPlan(pads: 2), directory: "/d", socket: "/d/s", authority: "/d/ca.pem", port: 8443)
        #expect(text.contains("  - {path: /d/pads/A02, driver: native, baud: 115200, window: A02}\n"))
        #expect(text.contains("    url: https://127.0.0.1:8443/api/evaluate\n"))
        #expect(text.contains("  directory: /d/journal\n"))
    }

    @Test(arguments: [
        ("press 3", PadScript.press(3)), ("3", .press(3)), ("unplug", .unplug), ("u", .unplug), ("plug", .plug),
        ("p", .plug), ("quit", .quit), ("q", .quit),
    ])
    func scriptsOfAPad(text: String, command: PadScript) { #expect(PadScript(text) == command) }

    @Test(arguments: ["", "press", "press 0", "press 6", "press 3 3", "99999", "x"])
    func nonsenseIsNoScript(text: String) { #expect(PadScript(text) == nil) }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Testing

@testable import HallgateLabApp

@Suite struct PadsBenchTests {
    private func report() -> PadsBenchReport {
        var report = PadsBenchReport(plan: .init(pads: 2, seconds: 2, burst: 2, bursts: 1, seed: 1))
        report.presses.add([900, 1000, 1100, 1900])
        report.echo.add([100, 200, 300, 500])
        report.disk.add([150, 400])
        report.burst.add([2000, 3000])
        report.burstEcho.add([400, 600])
        report.use = [(processor: 0.1, seconds: 1), (processor: 0.3, seconds: 1)]
        report.pressed = 6
        return report
    }

    @Test func `the goal is three echoes and one wait for the disk`() {
        let report = report()
        #expect(abs(report.goal - 1.9) < 1e-9)
        #expect(report.json.contains("\"meets_goal\":true"))
        #expect(report.json.contains("\"ack_p50_ms\":1.000,\"ack_p99_ms\":1.900,\"ack_max_ms\":1.900"))
        #expect(report.json.contains("\"cpu_percent\":20.0"))
        var slow = report
        slow.presses.add([1901])
        #expect(slow.json.contains("\"meets_goal\":false"))
    }

    @Test func `a press that was not acknowledged fails the run`() {
        #expect(report().isWell)
        var lost = report()
        lost.unacknowledged = 1
        #expect(!lost.isWell)
        var short = report()
        short.pressed = 7
        #expect(!short.isWell)
    }

    @Test func `the table speaks both languages`() {
        #expect(report().summary(locale: "en_GB").joined().contains("frame to acknowledgement"))
        #expect(report().summary(locale: "zh_CN").joined().contains("按键帧到确认"))
    }

    @Test func `without any times nothing is divided by zero`() {
        let report = PadsBenchReport(plan: .init())
        #expect(!report.isWell)
        #expect(report.json.contains("\"ack_p99_ms\":0.000"))
        #expect(report.processorPercent == 0)
    }

    @Test func `a process is looked at by the kernel's account`() {
        #expect(ProcessUse.ticks(inStat: "7 (a b) c) S 1 1 1 0 -1 0 0 0 0 0 30 12 0 0 20 0") == 42)
        #expect(ProcessUse.ticks(inStat: "7 (a") == 0)
        #expect(ProcessUse.kibibytes("VmRSS", inStatus: "VmHWM:\t9 kB\nVmRSS:\t  1234 kB\n") == 1234)
        let own = ProcessUse(pid: getpid())
        #expect(own.resident > 1 << 20 && own.anonymous > 0 && own.processor > 0)
        #expect(ProcessUse(pid: -1).resident == 0)
    }

    @Test func `the disk's limit is measured`() async {
        let directory = FileManager.default.temporaryDirectory.path
        let times = await DiskLimit.microseconds(in: directory, rounds: 3, every: .milliseconds(1))
        unlink(directory + "/limit")
        #expect(times.count == 3)
        #expect(await DiskLimit.microseconds(in: "/nowhere", rounds: 3, every: .zero).isEmpty)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import PadProtocol
import RatingModel
import Testing
import VirtualPads

@testable import HallgateLabApp

/// Pads on real pseudo-terminals, held to firmware-protocol.md as `hallgate pad certify` does it.
@Suite struct CertificationTests {
    /// Certifies the pad on a line.
    private func certify(
        _ path: String, _ hand: BenchHand, only: Set<String> = [], discards: Bool = false
    ) async throws -> CertificationReport {
        let plan = Certification.Plan(discards: discards, only: only)
        return try await Certification(line: BenchLine(path: path, baud: 115_200), hand: hand, plan: plan).run()
    }

    private func expectLevelOne(_ report: CertificationReport) {
        for finding in report.findings where finding.verdict == .failed {
            Issue.record("\(finding.check.id), section \(finding.check.section): \(finding.evidence)")
        }
        #expect(report.stated == 1 && report.reached == 1 && report.isWell)
        let figure = report.passed(upTo: 1)
        // All but the two that take a minute, and those of higher levels.
        #expect(figure.passed == figure.of && figure.of == CertificationCheck.all.count { $0.level <= 1 } - 2)
    }

    @Test func `Hallgate's own pad and one written from the document alone reach L1`() async throws {
        try await withBenchDirectory { directory in
            async let outside = outsideReport(in: directory)
            async let native = nativeReport(in: directory)
            expectLevelOne(try await outside)
            expectLevelOne(try await native)
        }
    }

    private func outsideReport(in directory: String) async throws -> CertificationReport {
        let pad = try await OutsidePad(in: directory + "/outside")
        return try await certify(pad.line, pad.hand)
    }

    private func nativeReport(in directory: String) async throws -> CertificationReport {
        let settings = PadSettings(
            id: 0x51, link: directory + "/native", memoryPath: directory + "/native.memory", newLog: 0x77)
        let rack = try PadRack(pads: [settings], seed: 1)
        defer { rack.stop() }
        let hand = BenchHand(
            pressing: .call { rack.press(pad: 0, key: 2, level: 2) },
            cutting: .call { rack.unplug(pad: 0, replugAfter: .milliseconds(200)) })
        return try await certify(settings.link, hand)
    }

    /// Each mistake that can be planted in the outside pad, and the check that is for it.
    private static let faults = [
        ("sequence-reset", "power-sequence"), ("ram-log", "power-keeps"), ("forgets-early", "press-again"),
        ("takes-any-log", "foreign-log"), ("takes-any-sequence", "unknown-sequence"),
        ("wrong-checksum", "whole-frames"),
        ("answers-broken", "wrong-checksum"), ("changes-field", "press-same"), ("age-stands", "press-age"),
        ("never-slower", "press-again"), ("six-at-once", "in-flight"), ("refuse-forgets", "refuse-keeps"),
        ("nonce-zero", "hello-nonce"), ("prompt-again", "prompt-again"), ("ignores-pause", "paused-press"),
        ("counts-wrong", "health-waiting"), ("stops-at-unknown", "unknown-type"), ("strict-length", "longer-payload"),
        ("silent-timeout", "prompt-timeout"), ("cancel-entry", "prompt-cancel"), ("speaks-closed", "closed-silent"),
        ("lifetime-stands", "lifetime-next"),
    ]

    @Test func `every mistake that is planted in a pad is found by the check that is for it`() async throws {
        try await withBenchDirectory { directory in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (fault, check) in Self.faults {
                    group.addTask {
                        let pad = try await OutsidePad(in: "\(directory)/\(fault)", fault: fault)
                        // The presses are made so that their frames are heard at all.
                        let only: Set<String> = check == "whole-frames" ? [check, "press-fields"] : [check]
                        let report = try await certify(pad.line, pad.hand, only: only)
                        let verdicts = report.findings.filter { $0.check.id == check }.map(\.verdict)
                        #expect(verdicts == [.failed], "\(fault)")
                        #expect(!report.isWell)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `proofs and displays are judged too`() async throws {
        let key = [UInt8](0..<32)
        let checks = CertificationCheck.proofs + CertificationCheck.display
        try await withThrowingTaskGroup(of: Void.self) { group in
            let pad = try BenchFullPad(key: key, conformance: 3)
            group.addTask { await pad.run() }
            let hand = BenchHand(pressing: .call { pad.press() })
            for (given, isWell) in [(key, true), (key.reversed(), false)] {
                let plan = Certification.Plan(discards: true, key: given, only: Set(checks.map(\.id)))
                let line = BenchLine(path: pad.path, baud: 115_200)
                let report = try await Certification(line: line, hand: hand, plan: plan).run()
                #expect(report.findings.count == checks.count)
                #expect(report.isWell == isWell)
                for finding in report.findings where isWell && finding.verdict != .passed {
                    Issue.record("\(finding.check.id): \(finding.evidence)")
                }
                let proof = report.findings.first { $0.check == .proof }
                #expect(proof?.verdict == (isWell ? .passed : .failed))
            }
            group.cancelAll()
        }
    }

    @Test func `an entry that waits in a pad is not acknowledged without leave`() async throws {
        try await withBenchDirectory { directory in
            let pad = try await OutsidePad(in: directory + "/pad")
            try await pad.hand.press()
            await #expect(throws: GatewayError.self) { try await certify(pad.line, pad.hand, only: ["welcome-opens"]) }
            let line = BenchLine(path: pad.line, baud: 115_200)
            let again = Certification(line: line, hand: pad.hand, plan: .init())
            try line.open()
            await again.open()
            #expect(await again.nextPress(within: .seconds(2))?.1.sequence == 1)
            let report = try await certify(pad.line, pad.hand, only: ["welcome-opens"], discards: true)
            #expect(report.isWell && report.isPartial)
        }
    }

    @Test func `a line without a pad, and a bench without a hand, are said to be so`() async throws {
        try await withBenchDirectory { directory in
            let pad = try await OutsidePad(in: directory + "/pad")
            await expectError("lab.no-hand") { try await certify(pad.line, BenchHand(), only: ["press-fields"]) }
            await expectError("lab.line") { try await certify(directory + "/nothing", BenchHand()) }
            let mute = try await OutsidePad(in: directory + "/mute", fault: "mute")
            await expectError("lab.no-pad") { try await certify(mute.line, BenchHand()) }
        }
    }

    private func expectError(_ code: String, _ body: () async throws -> CertificationReport) async {
        do {
            _ = try await body()
            Issue.record("\(code) was not thrown")
        } catch let error as GatewayError { #expect(error.code == code) } catch { Issue.record("\(error)") }
    }
}

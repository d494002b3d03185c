// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PadProtocol
import Testing

@testable import HallgateLabApp

@Suite struct CertificationReportTests {
    private func report(_ verdicts: [(CertificationCheck, CertificationFinding.Verdict)], stated: UInt8 = 1)
        -> CertificationReport
    {
        var report = CertificationReport()
        report.hello = Hello(
            versions: .spoken, conformance: stated, keys: 5, padID: 0xC0FFEE, log: 1, nonce: 1,
            model: Array("P\u{1B}5".utf8), firmware: Array("1.0".utf8))
        report.findings = verdicts.map { CertificationFinding(check: $0.0, verdict: $0.1, evidence: "say \"no\"") }
        return report
    }

    @Test func `the level reached is the last below the first failure`() {
        #expect(report([(.helloAnswer, .passed), (.powerKeeps, .passed)]).reached == 1)
        #expect(report([(.helloAnswer, .passed), (.powerKeeps, .failed)]).reached == 0)
        #expect(report([(.helloAnswer, .failed), (.powerKeeps, .passed)]).reached == nil)
        #expect(report([(.helloAnswer, .passed), (.proof, .failed)], stated: 3).reached == 1)
        #expect(report([(.helloAnswer, .passed), (.refuseAgain, .skipped)], stated: 3).reached == 3)
        #expect(report([(.helloAnswer, .passed)], stated: 4).reached == nil)
        #expect(!report([(.powerKeeps, .failed)]).isWell)
        #expect(CertificationReport().reached == nil && !CertificationReport().isWell)
    }

    @Test func `the report speaks both languages, names sections, and lets no pad write to the terminal`() {
        let report = report([(.helloAnswer, .passed), (.powerKeeps, .failed), (.proof, .notApplicable)])
        let english = report.lines(locale: "en_GB")
        #expect(english.first == "Pad 0000000000C0FFEE: P5 1.0, L1")
        #expect(english.contains { $0.hasSuffix("see firmware-protocol.md section 1.4") })
        #expect(english.suffix(2) == ["L1: failed (1 of 2)", "level reached: L0"])
        #expect(!english.contains { $0.contains("proof") })
        let chinese = report.lines(locale: "zh_CN.UTF-8")
        #expect(chinese.suffix(2) == ["L1: 未通过 （1/2）", "达到的级别：L0"])
        #expect(report.json.contains(#""evidence":"say \"no\"""#) && report.json.contains(#""well":false"#))
    }

    @Test func `every check has a name of its own and a section that both documents have`() throws {
        let checks = CertificationCheck.all
        #expect(Set(checks.map(\.id)).count == checks.count)
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        for name in ["firmware-protocol.md", "firmware-protocol.zh-CN.md"] {
            let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
            for check in checks { #expect(text.contains("\n### \(check.section) "), "\(check.id) \(name)") }
        }
    }

    @Test func `a key is read as the label has it`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID())").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try (String(repeating: "0aF1", count: 16) + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try BenchKey.read(path).prefix(2) == [0x0A, 0xF1])
        try "0aF1".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: (any Error).self) { try BenchKey.read(path) }
    }
}

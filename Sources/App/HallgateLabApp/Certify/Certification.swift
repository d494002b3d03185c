// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import RatingModel

/// A pad on the bench: asks it, listens, and judges it check by check.
///
/// It plays the gateway's part as firmware-protocol.md states it, and beyond that sends what a pad has to bear.
final class Certification {
    /// What is asked for on the command line.
    struct Plan: Sendable {
        /// Whether to make the checks that take a minute each.
        var isLong = false
        /// Whether entries that wait in the pad may be acknowledged, which loses them.
        var discards = false
        /// The pad's key, of 32 bytes.
        var key: [UInt8]?
        /// Only these checks; empty for all.
        var only: Set<String> = []
    }

    /// Checks that are made together, and what they need.
    struct Step {
        let checks: [CertificationCheck]
        var needsPress = false
        var needsPower = false
        let run: (Certification) async throws -> Void
    }

    let line: BenchLine
    let hand: BenchHand
    let plan: Plan
    var report = CertificationReport()
    var hello: Hello?
    var nonce: UInt64 = 0
    /// Whether the pad proves its presses, and wants proven acknowledgements.
    var isProven = false
    /// The press that was seen last.
    var newest: PressReport?
    private var promptNumber = UInt32.random(in: 0x0101_0101...0x7FFF_FFFF)
    /// What is told while it runs; evidence is for the report.
    private let progress: (String) -> Void

    init(line: BenchLine, hand: BenchHand, plan: Plan, progress: @escaping (String) -> Void = { _ in }) {
        self.line = line
        self.hand = hand
        self.plan = plan
        self.progress = progress
        report.isPartial = !plan.only.isEmpty
    }

    /// Makes all checks that were asked for, and reports.
    func run() async throws -> CertificationReport {
        try line.open()
        guard await findPad() else {
            throw GatewayError(
                "lab.no-pad", LocalText("No pad answered on \(line.path)", "\(line.path) 上没有评价器应答"),
                cause: line.faults.isEmpty ? nil : "\(line.faults)",
                hint: LocalText(
                    "check line, rate and section 3.1: a pad answers ask with hello",
                    "请检查连线、速率和 3.1 节：评价器以 hello 应答 ask"))
        }
        try await refuseToLose()
        for step in Certification.steps { try await make(step) }
        judge(
            .wholeFrames, line.faults.isEmpty,
            line.faults.map { "\($0.key): \($0.value)" }.sorted().joined(separator: ", "))
        report.hello = hello
        return report
    }

    private static var steps: [Step] {
        openingSteps + proofSteps + framingSteps + pressSteps + promptSteps + displaySteps + powerSteps
    }

    /// An entry that waits may be somebody's rating: the bench acknowledges what it is shown, so it asks first.
    private func refuseToLose() async throws {
        guard await open() else { return }
        let waits = await listen(for: .milliseconds(700)).contains { $0.message.press != nil }
        guard waits, !plan.discards else { return }
        throw GatewayError(
            "lab.entries-wait", LocalText("Entries wait in the pad", "评价器中有待发送的条目"),
            cause: nil,
            hint: LocalText(
                "let the gateway fetch them, or give --discard to lose them", "请先让网关收取，或用 --discard 放弃这些条目"))
    }

    private func make(_ step: Step) async throws {
        let wanted = step.checks.filter { plan.only.isEmpty || plan.only.contains($0.id) }
        guard !wanted.isEmpty, !Task.isCancelled else { return }
        let stated = hello?.conformance ?? 0
        let isFor = wanted.filter { $0.level <= stated }
        for check in wanted where check.level > stated {
            add(check, .notApplicable, "L\(check.level)")
        }
        guard !isFor.isEmpty else { return }
        progress(isFor.map(\.id).joined(separator: ", "))
        if step.needsPress && hand.pressing == nil || step.needsPower && hand.cutting == nil {
            throw GatewayError(
                "lab.no-hand", LocalText("Nobody is there to press or to cut the power", "无人按键或断电"),
                cause: isFor.first?.id,
                hint: LocalText("give --press-command and --power-command", "请给出 --press-command 和 --power-command"))
        }
        await clear()
        line.isJudging = true
        try await step.run(self)
        for check in isFor where !report.findings.contains(where: { $0.check == check }) {
            judge(check, false, "–")
        }
    }

    // MARK: Verdicts

    func judge(_ check: CertificationCheck, _ isMet: Bool, _ evidence: String) {
        add(check, isMet ? .passed : .failed, evidence)
    }

    func judge(_ check: CertificationCheck, _ isMet: Bool, _ heard: [PadMessage]) {
        judge(check, isMet, BenchFrames.words(heard))
    }

    func skip(_ check: CertificationCheck, _ reason: String) { add(check, .skipped, reason) }

    private func add(_ check: CertificationCheck, _ verdict: CertificationFinding.Verdict, _ evidence: String) {
        guard plan.only.isEmpty || plan.only.contains(check.id) else { return }
        guard check.level <= hello?.conformance ?? 0 || verdict == .notApplicable else { return }
        report.findings.append(CertificationFinding(check: check, verdict: verdict, evidence: evidence))
    }

    // MARK: The gateway's part

    func send(_ message: HostMessage) async { await line.send(message.encoded()) }

    /// A number that no prompt and no content had before; none of its bytes is 0.
    func freshNumber() -> UInt32 {
        promptNumber &+= 1
        if promptNumber & 0xFF == 0 { promptNumber &+= 1 }
        return promptNumber | 0x0101_0100
    }

    /// All that comes within a time.
    func listen(for duration: Duration) async -> [BenchLine.Heard] {
        let deadline = ContinuousClock.now + duration
        var heard: [BenchLine.Heard] = []
        while let message = await line.next(until: deadline), heard.count < 1000 { heard.append(message) }
        return heard
    }

    /// The first message that is wanted; others are passed over.
    func first<Wanted>(
        within limit: Duration, _ wanted: (PadMessage) -> Wanted?
    ) async -> (heard: BenchLine.Heard, Wanted)? {
        let deadline = ContinuousClock.now + limit
        while let heard = await line.next(until: deadline) {
            if let found = wanted(heard.message) { return (heard, found) }
        }
        return nil
    }

    /// Asks until the pad says hello with the nonce; the last hello is the pad's.
    func ask(_ nonce: UInt64, for limit: Duration = .seconds(3)) async -> BenchLine.Heard? {
        self.nonce = nonce
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline, !Task.isCancelled {
            await send(.ask(versions: .spoken, nonce: nonce))
            let answer = await first(within: .milliseconds(500)) { message -> Hello? in
                if case .hello(let hello) = message, hello.nonce == nonce { hello } else { nil }
            }
            if let (heard, hello) = answer {
                self.hello = hello
                return heard
            }
        }
        return nil
    }

    /// Opens a session anew, so that all entries are due.
    @discardableResult
    func open() async -> Bool {
        let isThere = await ask(UInt64.random(in: 1 ... .max)) != nil
        // A pad that does not give the nonce back is welcomed all the same; hello-nonce speaks of it.
        await send(.welcome(version: 1))
        return isThere
    }

    func acknowledge(_ press: PressReport) async {
        if isProven {
            await line.send(provenAcknowledgement(of: press))
        } else {
            await send(.acknowledge(log: press.log, sequence: press.sequence))
        }
    }

    /// Opens a session and acknowledges what comes, until nothing does.
    func clear() async {
        await open()
        await send(.resume)
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline, let (_, press) = await nextPress(within: .milliseconds(400)) {
            newest = press
            await acknowledge(press)
        }
    }

    func nextPress(within limit: Duration) async -> (heard: BenchLine.Heard, PressReport)? {
        await first(within: limit) { $0.press }
    }

    /// Has a key pressed, and waits for the press.
    func press() async throws -> (heard: BenchLine.Heard, PressReport)? {
        try await hand.press()
        let pressed = await nextPress(within: hand.pressLimit)
        if let pressed { newest = pressed.1 }
        return pressed
    }

    func health() async -> PadHealth? {
        await send(.keepAlive)
        return await first(within: .seconds(1)) { $0.health }?.1
    }

    private func findPad() async -> Bool {
        if await ask(UInt64.random(in: 1 ... .max), for: .seconds(4)) != nil { return true }
        // It may be there and not give the nonce back.
        await send(.ask(versions: .spoken, nonce: nonce))
        guard let (_, hello) = await first(within: .seconds(2), { $0.hello }) else { return false }
        self.hello = hello
        return true
    }
}

extension PadMessage {
    var press: PressReport? {
        switch self {
        case .press(let press), .provenPress(let press, _): press
        default: nil
        }
    }

    var health: PadHealth? { if case .health(let health) = self { health } else { nil } }

    var hello: Hello? { if case .hello(let hello) = self { hello } else { nil } }
}

extension Duration {
    /// Milliseconds, for evidence.
    var milliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }

    /// Whether it is so many milliseconds, as well as a pad's tick, the line and this computer's load allow.
    func isAbout(_ expected: Int) -> Bool { abs(milliseconds - expected) <= 250 + expected / 10 }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// Prompts, pauses and health (firmware-protocol.md sections 2.5 to 2.9).
extension Certification {
    static var promptSteps: [Step] {
        [
            Step(checks: [.promptShows, .promptAgain, .promptTimeout, .promptEnded]) { await $0.checkTimeout() },
            Step(checks: [.promptCancel]) { await $0.checkCancel() },
            Step(checks: [.promptReplaced]) { await $0.checkReplacement() },
            Step(checks: [.promptPress], needsPress: true) { try await $0.checkPromptedPress() },
            Step(checks: [.pauseHealth, .pausedPress, .resumeHealth], needsPress: true) { try await $0.checkPause() },
            Step(checks: [.nonceResumes]) { await $0.checkNonceResumes() },
            Step(checks: [.timeIgnored, .identifyHealth, .healthUptime]) { await $0.checkHealth() },
        ]
    }

    /// The answer about a prompt: whether it shows; `nil` where none came.
    private func prompting(_ number: UInt32, within limit: Duration = .seconds(1)) async -> Bool? {
        await first(within: limit) { message -> Bool? in
            if case .prompting(number, let isShowing) = message { isShowing } else { nil }
        }?.1
    }

    private func word(_ state: Bool?) -> String { state.map { $0 ? "1" : "0" } ?? "–" }

    private func checkTimeout() async {
        let number = freshNumber()
        let begin = ContinuousClock.now
        await send(.prompt(number: number, milliseconds: 2_000))
        let shows = await prompting(number)
        judge(.promptShows, shows == true, "prompting \(word(shows))")
        await send(.prompt(number: number, milliseconds: 600_000))
        let again = await prompting(number)
        let timeout = await nextPress(within: .milliseconds(3_500))
        let after = (timeout?.heard.at ?? begin) - begin
        judge(.promptAgain, again == true && after.isAbout(2_000), "prompting \(word(again)); \(after.milliseconds) ms")
        if let press = timeout?.1 {
            let isWell = press.result == .timedOut && press.prompt == number && press.level == 0 && press.key == 0
            judge(.promptTimeout, isWell, "result=\(press.result.rawValue) prompt=\(press.prompt) number=\(number)")
            await acknowledge(press)
        }
        await send(.prompt(number: number, milliseconds: 5_000))
        let ended = await prompting(number)
        judge(.promptEnded, ended == false, "prompting \(word(ended))")
    }

    private func checkCancel() async {
        let number = freshNumber()
        await send(.prompt(number: number, milliseconds: 1_500))
        let shows = await prompting(number)
        await send(.cancelPrompt(number: number))
        let ended = await prompting(number)
        let entries = await listen(for: .milliseconds(2_300)).filter { $0.message.press != nil }
        judge(
            .promptCancel, shows == true && ended == false && entries.isEmpty,
            "prompting \(word(shows)), \(word(ended)); " + BenchFrames.words(entries.map(\.message)))
    }

    private func checkReplacement() async {
        let (old, new) = (freshNumber(), freshNumber())
        await send(.prompt(number: old, milliseconds: 1_500))
        let first = await prompting(old)
        await send(.prompt(number: new, milliseconds: 600_000))
        let second = await prompting(new)
        let entries = await listen(for: .milliseconds(2_300)).filter { $0.message.press != nil }
        await send(.prompt(number: old, milliseconds: 600_000))
        let again = await prompting(old)
        await send(.cancelPrompt(number: new))
        _ = await prompting(new)
        judge(
            .promptReplaced, first == true && second == true && again == false && entries.isEmpty,
            "prompting \(word(first)), \(word(second)), \(word(again)); " + BenchFrames.words(entries.map(\.message)))
    }

    private func checkPromptedPress() async throws {
        let number = freshNumber()
        await send(.prompt(number: number, milliseconds: 600_000))
        let shows = await prompting(number)
        guard let (_, press) = try await press() else { return }
        judge(
            .promptPress, shows == true && press.prompt == number && press.result == .rated,
            "prompting \(word(shows)); prompt=\(press.prompt) number=\(number)")
    }

    private func checkPause() async throws {
        let before = await health()?.lifetimeCount ?? 0
        await send(.pause)
        let paused = await untilHealth()
        judge(.pauseHealth, paused.contains { $0.health?.isPaused == true }, paused)
        try await hand.press()
        let deadline = ContinuousClock.now + hand.pressLimit
        var count = before
        var pressed: [PadMessage] = []
        while count == before, pressed.isEmpty, ContinuousClock.now < deadline, !Task.isCancelled {
            await send(.keepAlive)
            let heard = await untilHealth()
            pressed += heard.filter { $0.press != nil }
            count = heard.compactMap { $0.health?.lifetimeCount }.last ?? count
        }
        pressed += await listen(for: .seconds(1)).map(\.message).filter { $0.press != nil }
        judge(
            .pausedPress, pressed.isEmpty && count > before,
            "lifetime=\(before), \(count); " + BenchFrames.words(pressed))
        await send(.resume)
        let resumed = await untilHealth()
        judge(.resumeHealth, resumed.contains { $0.health?.isPaused == false }, resumed)
    }

    private func checkNonceResumes() async {
        await send(.pause)
        let paused = await untilHealth()
        await open()
        let after = await health()
        judge(
            .nonceResumes, paused.contains { $0.health?.isPaused == true } && after?.isPaused == false,
            paused + (after.map { [.health($0)] } ?? []))
    }

    private func checkHealth() async {
        let before = await health()
        let begin = ContinuousClock.now
        await send(.time(millisecondsSinceEpoch: .max))
        await send(.time(millisecondsSinceEpoch: 1_767_225_600_000))
        let silence = await listen(for: .milliseconds(500)).map(\.message)
        let after = await health()
        judge(.timeIgnored, silence.isEmpty && after != nil, silence)
        await send(.identify)
        let identified = await untilHealth()
        judge(.identifyHealth, identified.count { $0.health != nil } == 1, identified)
        try? await Task.sleep(for: .milliseconds(2_000))
        let last = await health()
        let passed = Int((ContinuousClock.now - begin).milliseconds / 1000)
        let grown = Int(last?.uptimeSeconds ?? 0) - Int(before?.uptimeSeconds ?? 0)
        judge(
            .healthUptime, before != nil && last != nil && grown > 0 && abs(grown - passed) <= 2,
            "uptime +\(grown) s, \(passed) s")
    }
}

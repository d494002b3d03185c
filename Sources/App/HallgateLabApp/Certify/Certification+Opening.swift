// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// Who is there (firmware-protocol.md sections 2.2 and 3.1).
extension Certification {
    static var openingSteps: [Step] {
        [
            Step(checks: [.helloAnswer, .helloFields, .helloNonce, .helloRepeats, .closedSilent]) {
                await $0.checkHello()
            },
            Step(checks: [.versionZero, .helloEachMinute]) { await $0.checkVersionZero() },
            Step(checks: [.welcomeOpens]) { await $0.checkWelcome() },
        ]
    }

    private func checkHello() async {
        var given: [UInt64] = []
        var answered: BenchLine.Heard?
        let nonces = [UInt64.random(in: 1 ... .max), UInt64.random(in: 1 ... .max)]
        var times: [Int] = []
        for nonce in nonces {
            let begin = ContinuousClock.now
            await send(.ask(versions: .spoken, nonce: nonce))
            guard let (heard, hello) = await first(within: .seconds(2), { $0.hello }) else { continue }
            answered = heard
            times.append((heard.at - begin).milliseconds)
            given.append(hello.nonce)
        }
        judge(
            .helloAnswer, times.count == 2 && times.allSatisfy { $0 <= 500 },
            times.map { "\($0) ms" }.joined(separator: ", "))
        judge(.helloNonce, given == nonces, given.map { String($0, radix: 16) }.joined(separator: ", "))
        guard let answered, let hello = answered.message.hello else { return }
        let isText =
            String(validating: hello.model, as: UTF8.self) != nil
            && String(validating: hello.firmware, as: UTF8.self) != nil
        judge(
            .helloFields,
            hello.versions.lowest == 1 && hello.conformance <= 3 && hello.keys > 0 && hello.padID != 0 && isText,
            "versions=\(hello.versions.lowest)–\(hello.versions.highest) conformance=\(hello.conformance) keys=\(hello.keys)"
        )
        // Whatever else is said to it, a closed session brings hello alone: after 1 s, and 2 s after that.
        await send(.keepAlive)
        await send(.prompt(number: freshNumber(), milliseconds: 5_000))
        let heard = await listen(for: .milliseconds(3_700))
        let others = heard.filter { $0.message.hello == nil }
        judge(.closedSilent, others.isEmpty, others.map(\.message))
        let moments = [answered.at] + heard.filter { $0.message.hello != nil }.map(\.at)
        let intervals = zip(moments.dropFirst(), moments).map { $0 - $1 }
        judge(
            .helloRepeats, intervals.count == 2 && intervals[0].isAbout(1_000) && intervals[1].isAbout(2_000),
            intervals.map { "\($0.milliseconds) ms" }.joined(separator: ", "))
    }

    private func checkVersionZero() async {
        _ = await ask(UInt64.random(in: 1 ... .max))
        await send(.welcome(version: 0))
        let begin = ContinuousClock.now
        await send(.keepAlive)
        let heard = await listen(for: .milliseconds(2_500)).map(\.message)
        judge(.versionZero, heard.isEmpty, heard)
        guard plan.isLong else { return skip(.helloEachMinute, "--long") }
        let again = await first(within: .seconds(75)) { $0.hello }
        let interval = (again?.heard.at ?? begin) - begin
        judge(.helloEachMinute, interval.isAbout(60_000), "\(interval.milliseconds) ms")
    }

    private func checkWelcome() async {
        await open()
        await send(.keepAlive)
        let heard = await listen(for: .milliseconds(2_500)).map(\.message)
        judge(.welcomeOpens, heard.contains { $0.health != nil } && !heard.contains { $0.hello != nil }, heard)
    }
}

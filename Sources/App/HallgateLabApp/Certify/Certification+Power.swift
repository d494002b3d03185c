// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// What a power cut leaves (firmware-protocol.md sections 1.4 and 3.1).
extension Certification {
    static var powerSteps: [Step] {
        [
            Step(checks: [.powerHello, .powerKeeps, .powerSequence], needsPress: true, needsPower: true) {
                try await $0.checkPowerCut()
            }
        ]
    }

    /// Takes the power away and gives it back; the hello that the pad then says by itself.
    private func cutPower() async throws -> Hello? {
        // What a power cut leaves of a frame is not the pad's mistake.
        line.isJudging = false
        defer { line.isJudging = true }
        try await hand.cutPower()
        let deadline = ContinuousClock.now + hand.powerLimit
        while ContinuousClock.now < deadline, !Task.isCancelled {
            guard await line.reopen(until: deadline) else { return nil }
            let hello = await first(within: .milliseconds(500)) { message -> Hello? in
                if case .hello(let hello) = message, hello.nonce == 0 { hello } else { nil }
            }
            if let (_, hello) = hello { return hello }
        }
        return nil
    }

    private func checkPowerCut() async throws {
        guard let (_, first) = try await press() else { return }
        await acknowledge(first)
        guard let (_, kept) = try await press() else { return }
        let log = hello?.log
        let restarted = try await cutPower()
        judge(.powerHello, restarted != nil, restarted.map { [.hello($0)] } ?? [])
        await open()
        let again = await nextPress(within: .seconds(2))?.1
        judge(
            .powerKeeps, again?.withoutAge == kept.withoutAge && restarted?.log == log,
            again.map { "press \($0.sequence) after \(kept.sequence)" } ?? "–")
        if let again { await acknowledge(again) }
        await clear()
        _ = try await cutPower()
        await open()
        guard let (_, next) = try await press() else { return }
        judge(
            .powerSequence,
            next.log == kept.log && next.sequence == kept.sequence &+ 1 && next.lifetimeCount > kept.lifetimeCount,
            [kept, next].map { "log=\(String($0.log, radix: 16)) sequence=\($0.sequence) lifetime=\($0.lifetimeCount)" }
                .joined(separator: "; "))
        await acknowledge(next)
    }
}

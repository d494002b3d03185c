// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// Entries on their way (firmware-protocol.md sections 2.3, 2.4 and 3.2).
extension Certification {
    static var pressSteps: [Step] {
        [
            Step(checks: [.pressFields, .pressAgain, .pressSame, .pressAge, .healthWaiting], needsPress: true) {
                try await $0.checkRetransmission()
            },
            Step(checks: [.foreignLog, .unknownSequence], needsPress: true) {
                try await $0.checkForeignAcknowledgements()
            },
            Step(checks: [.refuseWaits, .refuseAgain, .refuseKeeps], needsPress: true) { try await $0.checkRefusal() },
            Step(checks: [.acknowledgeReleases, .sequenceNext, .lifetimeNext], needsPress: true) {
                try await $0.checkRelease()
            },
            Step(checks: [.inFlight, .oldestFirst], needsPress: true) { try await $0.checkWindow() },
        ]
    }

    private func checkRetransmission() async throws {
        guard let (sent, press) = try await press(), let hello else { return }
        let isKey = press.key >= 1 && press.key <= hello.keys && press.prompt == 0 && press.result == .rated
        judge(
            .pressFields, isKey && press.log == hello.log && press.ageMilliseconds < 2_000,
            "log=\(String(press.log, radix: 16)) sequence=\(press.sequence) age=\(press.ageMilliseconds) prompt=\(press.prompt)"
        )
        let expected = [500, 1_000, 2_000, 4_000] + (plan.isLong ? [8_000, 8_000] : [])
        let duration = Duration.milliseconds(expected.reduce(900, +))
        let all =
            [(sent, press)]
            + (await listen(for: duration)).compactMap { heard in heard.message.press.map { (heard, $0) } }
        let same = all.filter { $0.1.sequence == press.sequence }
        let intervals = zip(same.dropFirst(), same).map { $0.0.at - $1.0.at }
        judge(
            .pressAgain, intervals.count == expected.count && zip(intervals, expected).allSatisfy { $0.isAbout($1) },
            intervals.map { "\($0.milliseconds) ms" }.joined(separator: ", "))
        let fields = same.map(\.1.withoutAge)
        judge(
            .pressSame, same.count > 1 && Set(fields).count == 1,
            fields.map { "sequence=\($0.sequence) lifetime=\($0.lifetimeCount) prompt=\($0.prompt)" }.joined(
                separator: "; "))
        let ages = same.map(\.1.ageMilliseconds)
        let isRight = zip(same.dropFirst(), intervals).enumerated().allSatisfy { index, next in
            let grown = Int(next.0.1.ageMilliseconds) - Int(ages[index])
            return next.1.isAbout(grown) && ages[index] != ProtocolLimits.unknownAge
        }
        judge(.pressAge, same.count > 1 && isRight, ages.map { "age=\($0)" }.joined(separator: ", "))
        let waiting = await health()
        judge(
            .healthWaiting, waiting?.waiting == 1 && waiting?.lifetimeCount == press.lifetimeCount,
            waiting.map { [PadMessage.health($0)] } ?? [])
    }

    /// Whether an entry is still there: after a welcome it is due.
    private func isKept(_ press: PressReport) async -> Bool {
        await open()
        return await first(within: .milliseconds(1_500)) { $0.press?.sequence == press.sequence ? true : nil } != nil
    }

    private func checkForeignAcknowledgements() async throws {
        guard var (_, press) = try await press() else { return }
        await send(.acknowledge(log: press.log ^ 0x0100_0000_0000_0000, sequence: press.sequence))
        let outlivesLog = await isKept(press)
        judge(.foreignLog, outlivesLog, "press \(press.sequence): \(outlivesLog ? "kept" : "released")")
        if !outlivesLog {
            guard let (_, another) = try await self.press() else { return }
            press = another
        }
        await send(.acknowledge(log: press.log, sequence: press.sequence &+ 1_000))
        let outlivesSequence = await isKept(press)
        judge(.unknownSequence, outlivesSequence, "press \(press.sequence): \(outlivesSequence ? "kept" : "released")")
    }

    private func checkRefusal() async throws {
        guard let (_, press) = try await press() else { return }
        await send(.refuse(log: press.log, sequence: press.sequence))
        let refused = ContinuousClock.now
        // What was on the line already may still arrive.
        _ = await listen(for: .milliseconds(100))
        let early = await listen(for: .milliseconds(2_500)).filter { $0.message.press != nil }.map(\.message)
        judge(.refuseWaits, early.isEmpty, early)
        if plan.isLong {
            let again = await nextPress(within: .seconds(40))
            let interval = (again?.heard.at ?? refused) - refused
            judge(
                .refuseAgain, again?.1.withoutAge == press.withoutAge && interval.isAbout(30_000),
                "\(interval.milliseconds) ms")
        } else {
            skip(.refuseAgain, "--long")
        }
        judge(.refuseKeeps, await isKept(press), "press \(press.sequence)")
    }

    private func checkRelease() async throws {
        guard let (_, press) = try await press() else { return }
        await acknowledge(press)
        _ = await listen(for: .milliseconds(100))
        await open()
        let heard = await listen(for: .milliseconds(1_200)).compactMap { $0.message.press?.sequence }
        let rest = await health()
        judge(.acknowledgeReleases, heard.isEmpty && rest?.waiting == 0, rest.map { [.health($0)] } ?? [])
        guard let (_, next) = try await self.press() else { return }
        let evidence = [press, next].map { "sequence=\($0.sequence) lifetime=\($0.lifetimeCount)" }.joined(
            separator: "; ")
        judge(.sequenceNext, next.sequence == press.sequence &+ 1, evidence)
        judge(.lifetimeNext, next.lifetimeCount == press.lifetimeCount &+ 1, evidence)
    }

    private func checkWindow() async throws {
        let wanted = 6
        try await hand.press(wanted)
        let deadline = ContinuousClock.now + hand.pressLimit
        var waiting = 0
        while waiting < wanted, ContinuousClock.now < deadline, !Task.isCancelled {
            waiting = Int(await health()?.waiting ?? 0)
        }
        await open()
        let seen = await listen(for: .milliseconds(1_900)).compactMap { $0.message.press }
        var order: [UInt32] = []
        for press in seen where !order.contains(press.sequence) { order.append(press.sequence) }
        let evidence = "\(order)"
        judge(.oldestFirst, order.count > 1 && order == order.sorted(), evidence)
        guard order.count == 4, let oldest = seen.first(where: { $0.sequence == order[0] }) else {
            return judge(.inFlight, false, evidence)
        }
        await acknowledge(oldest)
        // The place that came free is given to the next, and only that.
        for press in await listen(for: .milliseconds(1_900)).compactMap({ $0.message.press })
        where !order.contains(press.sequence) { order.append(press.sequence) }
        judge(.inFlight, order.count == 5, "\(order)")
    }
}

extension PressReport {
    /// What must be equal in all transmissions.
    var withoutAge: PressReport {
        var copy = self
        copy.ageMilliseconds = 0
        return copy
    }
}

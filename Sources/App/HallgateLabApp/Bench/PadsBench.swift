// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import OperatorAPI
import RatingModel
import VirtualPads

/// Pads at one press a second against the real daemon, in turns with a bare echo, a bare commit and the disk.
struct PadsBench {
    /// What is measured.
    struct Plan: Sendable, Hashable {
        var pads = 256
        var seconds = 20
        var burst = 64
        var bursts = 20
        var seed: UInt64 = 1
    }

    /// A turn is so long, so that a neighbour on the machine disturbs the daemon and its limits alike.
    private static let secondsPerTurn = 5
    /// As long as a press's frame on the wire, in bytes.
    private static let frame = [UInt8](repeating: 0x55, count: 48)

    private let plan: Plan
    private let site: DemoSite
    private let hall: DemoHall
    private let rack: PadRack
    private let echo: EchoRack
    private let bare: BareRack

    /// Runs it to its end; nothing is left behind.
    static func run(_ plan: Plan, programs: DemoHall.Programs) async throws -> PadsBenchReport {
        signal(SIGPIPE, SIG_IGN)
        let site = try DemoSite(directory: nil)
        defer { site.remove() }
        let hall = try DemoHall(site: site, programs: programs, seed: plan.seed)
        let demo = DemoPlan(pads: plan.pads, ratings: 1, seed: plan.seed)
        let rack = try PadRack(pads: site.pads(of: demo), seed: plan.seed)
        let bench = PadsBench(
            plan: plan, site: site, hall: hall, rack: rack, echo: try EchoRack(lines: plan.pads),
            bare: try BareRack(lines: plan.pads, path: "\(site.directory)/bare.db"))
        do {
            try site.writeConfiguration(for: demo, regionPort: hall.regionPort)
            let report = try await bench.measure()
            _ = await hall.stop()
            rack.stop()
            return report
        } catch {
            rack.stop()
            await hall.end()
            throw error
        }
    }

    private func measure() async throws -> PadsBenchReport {
        try await hall.startRegion()
        try await hall.startDaemon()
        try await padsReady()
        guard let daemon = await hall.daemonProcess else { throw DemoFailure.daemonEnded }
        var report = PadsBenchReport(plan: plan)
        var secondsLeft = plan.seconds
        while secondsLeft > 0 {
            let seconds = min(secondsLeft, Self.secondsPerTurn)
            secondsLeft -= seconds
            report.disk.add(
                await DiskLimit.microseconds(
                    in: site.directory, rounds: 50 * seconds, every: .seconds(1) / plan.pads))
            await inTurns(seconds) { pad in report.echo.add(echo.strike(pad..<(pad + 1), frame: Self.frame)) }
            try bare.rest()
            await inTurns(seconds) { pad in report.bare.add(bare.strike(pad..<(pad + 1), frame: Self.frame)) }
            let before = ProcessUse(pid: daemon.pid)
            report.presses.add(try await pressSteadily(for: seconds))
            report.use.append(ProcessUse(pid: daemon.pid).since(before))
        }
        for _ in 0..<plan.bursts {
            report.burstEcho.add(echo.strike(0..<plan.burst, frame: Self.frame))
            report.burstBare.add(bare.strike(0..<plan.burst, frame: Self.frame))
            report.burst.add(try await pressTogether())
        }
        report.resident = ProcessUse(pid: daemon.pid).resident
        report.anonymous = ProcessUse(pid: daemon.pid).anonymous
        report.pressed = rack.report.pressed
        report.unacknowledged = rack.report.unacknowledged
        return report
    }

    private func padsReady() async throws {
        let overseer = BusinessSystem(socket: site.socket)
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if let status = await overseer.status(),
                status.devices.count(where: { $0.state == .ready }) == plan.pads
            {
                return await overseer.hangUp()
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw DemoFailure.padsNotGreeted
    }

    /// Acts for one pad after the other, each once a second, evenly over the second.
    private func inTurns(_ seconds: Int, _ act: (Int) -> Void) async {
        let start = ContinuousClock.now
        for number in 0..<(plan.pads * seconds) {
            let due = start + .seconds(1) * number / plan.pads
            if due > .now { try? await Task.sleep(until: due, clock: .continuous) }
            act(number % plan.pads)
        }
    }

    private func pressSteadily(for seconds: Int) async throws -> [UInt32] {
        let before = rack.report.wireMicroseconds.count
        await inTurns(seconds) { pad in rack.press(pad: pad, key: 1, level: 1) }
        return try await acknowledgements(\.wireMicroseconds, since: before, count: plan.pads * seconds)
    }

    private func pressTogether() async throws -> [UInt32] {
        let before = rack.report.acknowledgementMicroseconds.count
        for pad in 0..<plan.burst { rack.press(pad: pad, key: 1, level: 1) }
        return try await acknowledgements(\.acknowledgementMicroseconds, since: before, count: plan.burst)
    }

    private func acknowledgements(
        _ times: KeyPath<RackReport, [UInt32]>, since before: Int, count: Int
    ) async throws -> [UInt32] {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            let times = rack.report[keyPath: times]
            if times.count >= before + count || ContinuousClock.now > deadline { return Array(times[before...]) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel
import StandInRegion
import VirtualPads

/// Lets the faults of the schedule happen, one after the other, and sees to it that each really did.
struct FaultDriver: Sendable {
    let plan: DemoPlan
    let rack: PadRack
    let ledger: DemoLedger
    let hall: DemoHall
    let board: ProgressBoard

    /// Runs the schedule, then the kills; returns when all are done and everything is up again.
    func run() async throws {
        let schedule = FaultSchedule(plan: plan)
        var generator = SeededGenerator(seed: plan.seed, stream: 3)
        for (index, fault) in schedule.faults.enumerated() {
            ledger.allow(schedule.allowance(before: index, plan: plan))
            try await fire(fault, &generator)
        }
        if plan.kills > 0 { try await KillCampaign(driver: self).run() }
        ledger.allow(plan.ratings)
        ledger.close()
    }

    private func fire(_ fault: DemoFault, _ generator: inout SeededGenerator) async throws {
        switch fault {
        case .padUnplugged: try await unplugPad(&generator)
        case .bytesToPad: try await disturb(.toPad, &generator)
        case .bytesToGateway: try await disturb(.toGateway, &generator)
        case .daemonKilled: try await killDaemon(&generator)
        case .regionDown:
            try await takeRegionDown(for: .milliseconds(Int64.random(in: 200...900, using: &generator)))
        default: try await misbehave(fault, &generator)
        }
    }

    private func unplugPad(_ generator: inout SeededGenerator) async throws {
        let before = rack.report.unpluggedInMidPress
        ledger.pullPlug(
            DemoLedger.PulledPlug(
                bytesSent: Int.random(in: 0...48, using: &generator),
                replugAfter: .milliseconds(Int64.random(in: 20...400, using: &generator))))
        try await wait(for: .padUnplugged) { rack.report.unpluggedInMidPress > before }
        board.count(.padUnplugged, rack.report.unpluggedInMidPress)
    }

    private func disturb(_ direction: LineDirection, _ generator: inout SeededGenerator) async throws {
        let fault: DemoFault = direction == .toPad ? .bytesToPad : .bytesToGateway
        let fired = { direction == .toPad ? rack.report.disturbedToPad : rack.report.disturbedToGateway }
        let before = fired()
        let pieces = Int.random(in: 1...4, using: &generator)
        rack.disturb(direction, pieces: pieces)
        try await wait(for: fault) { fired() >= before + pieces }
        board.count(fault, fired())
    }

    /// Kills the daemon at a moment when a press has no thanks yet, which the pads' own thread vouches for.
    private func killDaemon(_ generator: inout SeededGenerator) async throws {
        guard let daemon = await hall.daemonProcess else { throw DemoFailure.daemonEnded }
        let delay = Duration.microseconds(Int64.random(in: 0...3000, using: &generator))
        async let strike = rack.strike(after: delay, patience: .seconds(20)) { daemon.signal(SIGKILL) }
        try await wait(for: .daemonKilled) { daemon.endStatus() != nil }
        guard await strike != nil else { throw DemoFailure.daemonEnded }
        board.count(.daemonKilled)
        try await restartDaemon(after: .milliseconds(Int64.random(in: 0...200, using: &generator)))
    }

    /// Reaps the killed daemon and starts another after a while.
    func restartDaemon(after pause: Duration) async throws {
        await hall.reapDaemon()
        board.daemonIsUp(false)
        try await Task.sleep(for: pause)
        rack.clearExclusive()
        try await hall.startDaemon()
        board.daemonIsUp(true)
    }

    /// Kills the region and starts it again after a while.
    func takeRegionDown(for pause: Duration) async throws {
        await hall.killRegion()
        board.count(.regionDown)
        try await Task.sleep(for: pause)
        try await hall.startRegion()
    }

    private func misbehave(_ fault: DemoFault, _ generator: inout SeededGenerator) async throws {
        guard let (rule, name) = fault.regionRule else { return }
        let before = firedAtRegion(name)
        let times = Int.random(in: 1...2, using: &generator)
        guard await hall.inject("\(rule) x\(times)") else { throw DemoFailure.faultDidNotFire(fault) }
        try await wait(for: fault) { firedAtRegion(name) >= before + times }
        board.count(fault, firedAtRegion(name))
        // Before the next fault the region is well again for a batch, or the line would seem dead all the time.
        let received = receivedAtRegion
        try await wait(for: fault) { receivedAtRegion > received || receivedAtRegion >= rack.report.pressed }
    }

    /// How often a fault fired, by the region's own store: it is right even after the region was killed.
    private func firedAtRegion(_ name: String) -> Int {
        (try? RegionStoreReader(path: hall.site.store).counts().faults[name]) ?? 0
    }

    private var receivedAtRegion: Int { (try? RegionStoreReader(path: hall.site.store).counts().received) ?? 0 }

    /// Waits for a fault to fire, and has a rating pressed now and then where nothing else would set it off.
    private func wait(for fault: DemoFault, _ condition: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        var turns = 0
        while !condition() {
            guard ContinuousClock.now < deadline else { throw DemoFailure.faultDidNotFire(fault) }
            if fault != .daemonKilled, await hall.hasDaemonFailed { throw DemoFailure.daemonEnded }
            turns += 1
            let isDeliveryAsked = fault.regionRule != nil && receivedAtRegion < rack.report.pressed
            if turns % 4 == 0, !isDeliveryAsked { ledger.allowMore(1 + plan.pads / 8) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import StandInRegion
import VirtualPads

/// Many kills of the daemon at random moments, under load and with a backlog.
struct KillCampaign: Sendable {
    let driver: FaultDriver

    /// Kills as often as the plan says while somebody is at every pad; the region is slow all the time and away part
    /// of it.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keepPadsBusy() }
            group.addTask { try await kills() }
            // The kills are the only child that ends by itself.
            defer { group.cancelAll() }
            try await group.next()
        }
        guard await driver.hall.clearFaults() else { throw DemoFailure.faultDidNotFire(.regionDown) }
    }

    private func kills() async throws {
        var generator = SeededGenerator(seed: driver.plan.seed, stream: 4)
        for number in 0..<driver.plan.kills {
            if number % 10 == 0 { try await slowRegion(isRestarted: number % 20 == 10) }
            try await killOnce(waitingForPress: number % 2 == 1, &generator)
        }
    }

    /// However many ratings that makes: the goal of the plan is only the least.
    private func keepPadsBusy() async throws {
        while true {
            driver.ledger.allowMore(driver.plan.pads)
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Half of the kills come at any moment from the daemon's first breath on; the others take the next moment at which
    /// a press has no thanks.
    private func killOnce(waitingForPress: Bool, _ generator: inout SeededGenerator) async throws {
        guard let daemon = await driver.hall.daemonProcess else { throw DemoFailure.daemonEnded }
        try await Task.sleep(for: .microseconds(Int64.random(in: 0...400_000, using: &generator)))
        let delay = Duration.microseconds(Int64.random(in: 0...3000, using: &generator))
        let strike = await driver.rack.strike(
            after: delay, patience: .seconds(20), needsPress: waitingForPress
        ) { daemon.signal(SIGKILL) }
        guard let strike else { throw DemoFailure.daemonEnded }
        await driver.hall.reapDaemon()
        // An acknowledged press is in the journal, and nothing leaves a dead daemon: what the region lacks of them now
        // was a backlog when it died.
        let received = (try? RegionStoreReader(path: driver.hall.site.store).counts().received) ?? 0
        driver.board.countKill(
            withPress: strike.unacknowledged > 0, withBacklog: strike.pressed - strike.waiting > received)
        try await driver.restartDaemon(after: .milliseconds(Int64.random(in: 0...50, using: &generator)))
    }

    private func slowRegion(isRestarted: Bool) async throws {
        if isRestarted { try await driver.takeRegionDown(for: .milliseconds(300)) }
        _ = await driver.hall.clearFaults()
        for rule in ["delay:150ms", "status:503:0.3", "lostanswer:0.1"] {
            guard await driver.hall.inject(rule) else { throw DemoFailure.faultDidNotFire(.regionDown) }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import OperatorAPI
import PadProtocol
import RatingModel
import StandInRegion
import VirtualPads

/// The whole way of a rating, with real parts: pads on pseudo-terminals, the real daemon, a region over HTTPS.
struct Demo: Sendable {
    let plan: DemoPlan
    let site: DemoSite
    private let hall: DemoHall
    private let rack: PadRack
    private let ledger: DemoLedger
    private let board: ProgressBoard
    private let interruption: Interruption
    private let overseer: BusinessSystem

    /// Prepares everything; nothing runs yet but the pads.
    init(plan: DemoPlan, site: DemoSite, programs: DemoHall.Programs) throws {
        // A region that was killed leaves a pipe nobody reads.
        signal(SIGPIPE, SIG_IGN)
        self.plan = plan
        self.site = site
        interruption = Interruption()
        hall = try DemoHall(site: site, programs: programs, seed: plan.seed)
        rack = try PadRack(pads: site.pads(of: plan), seed: plan.seed)
        ledger = DemoLedger()
        board = ProgressBoard(plan: plan)
        overseer = BusinessSystem(socket: site.socket)
    }

    /// Runs it to its end and lets the oracle count.
    func run() async throws -> DemoReport {
        var complaints: [String] = []
        do {
            try await live()
        } catch let failure as DemoFailure {
            complaints.append(failure.text(site))
        } catch {
            rack.stop()
            await hall.end()
            throw error
        }
        await overseer.hangUp()
        let isOrderly = await hall.stop()
        if !isOrderly { complaints.append("the daemon did not stop in order, see \(site.daemonLog)") }
        let rackReport = rack.report
        rack.stop()
        return try report(rackReport, complaints: complaints)
    }

    /// The hall's day: from the first process to the last rating delivered.
    private func live() async throws {
        try site.writeConfiguration(for: plan, regionPort: hall.regionPort)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await interruption.wait()
                try Task.checkCancellation()
                rack.stop()
                throw Interrupted()
            }
            group.addTask {
                await showProgress()
                throw CancellationError()
            }
            group.addTask { try await day() }
            // The day is the only child that ends without an error.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func day() async throws {
        try await hall.startRegion()
        try await hall.startDaemon()
        try await padsGreeted()
        let business = (0..<min(8, plan.pads)).map { _ in BusinessSystem(socket: site.socket) }
        let visitors = Visitors(plan: plan, rack: rack, ledger: ledger, business: business)
        let driver = FaultDriver(plan: plan, rack: rack, ledger: ledger, hall: hall, board: board)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await visitors.run() }
            group.addTask { try await driver.run() }
            do {
                try await group.waitForAll()
            } catch {
                group.cancelAll()
                throw error
            }
        }
        for system in business { await system.hangUp() }
        try await everythingDelivered()
    }

    /// Waits until the daemon knows each pad, so that the first sessions find somebody to prompt.
    private func padsGreeted() async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if let status = await overseer.status() {
                board.take(status)
                if status.devices.count(where: { $0.state == .ready }) == plan.pads { return }
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw DemoFailure.padsNotGreeted
    }

    /// Waits until the daemon says that each press in the pads' memories is with the region.
    private func everythingDelivered() async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            try Task.checkCancellation()
            if await hall.hasDaemonFailed { throw DemoFailure.daemonEnded }
            if let status = await overseer.status() {
                board.take(status)
                let rack = rack.report
                if let uplink = board.current.uplink, rack.unacknowledged == 0, rack.pluggedIn == plan.pads,
                    uplink.recordedRatings == rack.pressed, Int(clamping: uplink.delivered) == rack.pressed
                {
                    return
                }
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw DemoFailure.notAllDelivered
    }

    private func showProgress() async {
        var screen = ProgressScreen()
        while !Task.isCancelled {
            if let status = await overseer.status() { board.take(status) }
            screen.show(board.picture(plan: plan, rack: rack.report))
            try? await Task.sleep(for: screen.interval)
        }
        screen.show(board.picture(plan: plan, rack: rack.report), isLast: true)
    }

    /// Compares the pads' files with the region's file; by now every process has ended.
    private func report(_ rack: RackReport, complaints: [String]) throws -> DemoReport {
        let notes = board.current
        let memories = try plan.windows.map { try PadMemoryContents.read(path: site.memory($0)) }
        let pressed = memories.flatMap { PressedFact.all(in: $0, cases: ledger.cases) }
        let verdict = OracleVerdict(pressed: pressed, delivered: try DeliveredFact.all(inStore: site.store))
        var report = DemoReport(
            plan: plan, verdict: verdict, recorded: notes.uplink?.recordedRatings ?? 0, complaints: complaints)
        let atRegion = try RegionStoreReader(path: site.store).counts()
        if atRegion.altered > 0 { report.complaints.append("\(atRegion.altered) ratings came again with another body") }
        if let uplink = notes.uplink {
            if !uplink.isConserved { report.complaints.append("the daemon's states do not add up to what it recorded") }
            if uplink.parked > 0 { report.complaints.append("\(uplink.parked) ratings are parked") }
        }
        report.unrated = memories.reduce(0) { $0 + $1.presses.count { $0.result != .rated } }
        report.acknowledgementMedian = rack.acknowledgementMilliseconds(share: 0.5)
        report.acknowledgementWorst = rack.acknowledgementMilliseconds(share: 0.99)
        report.seconds = board.elapsed.inSeconds
        report.faults = notes.faults
        for fault in DemoFault.allCases where plan.hasFaults {
            if let name = fault.regionRule?.countedAs { report.faults[fault] = atRegion.faults[name] ?? 0 }
        }
        report.kills = notes.kills
        report.killsWithPress = notes.killsWithPress
        report.killsWithBacklog = notes.killsWithBacklog
        return report
    }
}

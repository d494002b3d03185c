// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension RackLoop {
    /// Presses younger than this count as on their way; older ones wait for a gateway that is not there.
    static let freshNanoseconds: UInt64 = 1_000_000_000

    /// Lets a waiting strike fall when its moment has come.
    func strikeIfDue(at now: UInt64) {
        guard let strike else { return }
        if now >= strike.giveUpAt { return finishStrike(nil) }
        let waiting = pads.reduce(0) { $0 + $1.unacknowledged(since: now &- RackLoop.freshNanoseconds) }
        guard waiting > 0 || !strike.needsPress else {
            strikeAt = nil
            return
        }
        guard let strikeAt else {
            strikeAt = now &+ strike.delay
            return
        }
        guard strikeAt <= now else { return }
        strike.action()
        finishStrike(
            StrikeReport(
                unacknowledged: waiting, pressed: pads.reduce(0) { $0 + $1.ratedCount },
                waiting: pads.reduce(0) { $0 + $1.waitingCount }))
    }

    /// Answers the caller of the waiting strike, if there is one.
    func finishStrike(_ report: StrikeReport?) {
        if let finish = strike?.finish { answers.append { finish(report) } }
        strike = nil
        strikeAt = nil
    }

    /// Brings the figures that callers see up to date.
    func publish() {
        var plugged = 0
        var lost = 0
        var pressed = 0
        var unacknowledged = 0
        for pad in pads {
            plugged += pad.master == nil ? 0 : 1
            lost += pad.lostBytes
            pressed += pad.ratedCount
            unacknowledged += pad.waitingCount
        }
        let noise = noise
        shared.report.withLock { report in
            report.pads = pads.count
            report.pluggedIn = plugged
            report.pressed = pressed
            report.unacknowledged = unacknowledged
            report.lostBytes = lost
            report.disturbedToPad = noise.fired[.toPad] ?? 0
            report.disturbedToGateway = noise.fired[.toGateway] ?? 0
        }
    }
}

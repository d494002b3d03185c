// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Logging
import RatingModel
import WindowSessions

/// What reaches the gateway from a window beside presses: keys of staff, scanned codes, devices that come and go.
extension PressReception {
    func receive(_ key: StaffKey, from source: PressSource) async {
        guard let window = source.window else { return }
        logger.debug("a staff key", metadata: ["path": "\(source.path)"])
        await handle(.key(key, window))
    }

    func receive(_ code: ScannedCode, from source: PressSource) async {
        guard let window = source.window else { return }
        switch (codes[source.path] ?? settings.codes).meaning(of: code) {
        case .ticket(let ticket): await handle(.ticketCalled(window, ticket: ticket, waiting: nil))
        case .caseNumber(let reference): await handle(.scannedCase(window, reference))
        case .badge(let staff): await signIn(staff, at: window)
        case nil:
            // The code itself stays out of the log: it may name a citizen.
            logger.notice("a scanned code fits no rule", metadata: ["path": "\(source.path)"])
        }
    }

    func receive(staff code: String?, from source: PressSource) async {
        guard let window = source.window else { return }
        // A code that nobody has leaves the window without anybody, never with whoever was there before.
        await handle(.signedIn(window, staff: code.flatMap { settings.codes.member(badge: $0) }))
    }

    func lost(_ source: PressSource) async {
        if let window = source.window { observe(.padLost(window)) }
    }

    func greeting(for source: PressSource) async -> [DeviceCommand] {
        let now = clock.now()
        var commands: [DeviceCommand] = now.isWallTrusted ? [.setTime(now.wall)] : []
        guard let window = source.window else { return commands + (await screens.greet(nil)) }
        for action in sessions.handle(.padConnected(window), at: now) {
            switch action {
            case .prompt(let number, _, let remaining): commands.append(prompt(number, at: window, remaining))
            case .pause: commands.append(.pause)
            default: break
            }
        }
        return commands + (await screens.greet(window))
    }
}

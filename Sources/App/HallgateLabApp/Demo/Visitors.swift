// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel
import VirtualPads

/// The people in front of the pads, and the clerks who open a session for each of them.
struct Visitors: Sendable {
    let plan: DemoPlan
    let rack: PadRack
    let ledger: DemoLedger
    let business: [BusinessSystem]

    /// Serves at every pad until the ledger ends it.
    func run() async {
        await withTaskGroup { group in
            for (pad, window) in plan.windows.enumerated() {
                group.addTask { await serve(pad: pad, window: window) }
            }
        }
    }

    private func serve(pad: Int, window: String) async {
        while !Task.isCancelled {
            switch ledger.next() {
            case .end: return
            case .wait: try? await Task.sleep(for: .milliseconds(5))
            case .rate(let number): await rate(number, pad: pad, window: window)
            }
        }
    }

    /// Has one rating pressed: a session that could not be shown is opened anew with another case.
    private func rate(_ number: Int, pad: Int, window: String) async {
        let (level, thinking) = plan.press(ofRating: number)
        while !Task.isCancelled {
            let reference = ledger.newCase()
            let request = SessionRequest(
                window: window, projectNumber: reference.projectNumber, serviceNumber: reference.serviceNumber)
            guard let ticket = await business[pad % business.count].open(request) else {
                try? await Task.sleep(for: .milliseconds(10 + plan.pads / 2))
                continue
            }
            ledger.remember(prompt: ticket.session, reference)
            guard ticket.promptedPads > 0 else {
                try? await Task.sleep(for: .milliseconds(20))
                continue
            }
            let plug = ledger.takePlug()
            let visit = Visit(
                prompt: ticket.session, key: level, level: level, thinking: thinking, patience: plan.patience,
                unplugAfterBytes: plug?.bytesSent)
            let outcome = await rack.receive(visit, pad: pad)
            if let plug {
                if outcome == .kept {
                    rack.unplug(pad: pad, replugAfter: plug.replugAfter)
                } else {
                    ledger.pullPlug(plug)
                }
            }
            if outcome == .thanked || outcome == .kept { return }
        }
    }
}

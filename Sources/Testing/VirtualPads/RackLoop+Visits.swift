// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadSession
import Synchronization

extension RackLoop {
    /// Takes in what a pad did, and lets the citizen at it act.
    func follow(_ pad: Int, at now: UInt64) {
        takeNotices(of: pad)
        guard let ongoing = visits[pad] else { return }
        switch ongoing.stage {
        case .waitingForPrompt:
            if pads[pad].prompt == ongoing.visit.prompt {
                visits[pad]?.stage = .thinking
                visits[pad]?.until = now &+ ongoing.visit.thinking.wholeNanoseconds
                follow(pad, at: now)
            } else if ongoing.until <= now {
                leave(pad, .notShown)
            }
        case .thinking:
            if pads[pad].prompt != ongoing.visit.prompt {
                leave(pad, .notShown)
            } else if ongoing.until <= now {
                press(pad, ongoing, at: now)
            }
        case .waitingForThanks:
            if ongoing.until <= now { leave(pad, .kept) }
        }
    }

    /// Ends the visit at a pad, if there is one.
    func leave(_ pad: Int, _ outcome: VisitOutcome) {
        guard let finish = visits[pad]?.finish else { return }
        visits[pad] = nil
        answers.append { finish(outcome) }
    }

    private func press(_ pad: Int, _ ongoing: OngoingVisit, at now: UInt64) {
        let cut = ongoing.visit.unplugAfterBytes.map(VirtualPad.PowerCut.init(bytesSent:))
        pads[pad].press(key: ongoing.visit.key, level: ongoing.visit.level, cut: cut, at: now, noise: &noise)
        var sequence: UInt32?
        for case .pressed(let pressed) in pads[pad].notices { sequence = pressed }
        guard let sequence else {
            takeNotices(of: pad)
            return leave(pad, .notTaken)
        }
        if cut != nil, pads[pad].master == nil {
            shared.report.withLock { $0.unpluggedInMidPress += 1 }
            takeNotices(of: pad)
            leave(pad, .kept)
            return
        }
        visits[pad]?.stage = .waitingForThanks(sequence: sequence)
        visits[pad]?.until = now &+ ongoing.visit.patience.wholeNanoseconds
        takeNotices(of: pad)
    }

    private func takeNotices(of pad: Int) {
        let notices = pads[pad].notices
        guard !notices.isEmpty else { return }
        pads[pad].notices.removeAll(keepingCapacity: true)
        for notice in notices {
            shared.onNotice(pad, notice)
            switch notice {
            case .acknowledged(let sequence, let nanoseconds, let nanosecondsOnWire):
                if let nanoseconds {
                    shared.report.withLock {
                        $0.acknowledgementMicroseconds.append(UInt32(clamping: nanoseconds / 1000))
                        if let nanosecondsOnWire {
                            $0.wireMicroseconds.append(UInt32(clamping: nanosecondsOnWire / 1000))
                        }
                    }
                }
                if case .waitingForThanks(sequence) = visits[pad]?.stage { leave(pad, .thanked) }
            case .unplugged:
                if case .waitingForThanks = visits[pad]?.stage { leave(pad, .kept) }
            default:
                break
            }
        }
    }
}

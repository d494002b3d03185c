// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import Logging
import OperatorAPI
import RatingModel
import WindowSessions

/// What happens because time passes.
extension PressReception {
    /// Lets the timers of windows run out, what can no longer be corrected leave, and flags go to disk; answers when
    /// to look again. The timers of windows are of seconds; a rating that may leave should not wait as long.
    @discardableResult func tick() async -> Duration {
        let time = clock.now()
        let now = time.monotonic
        for (window, deadline) in deadlines.sorted(by: { $0.key < $1.key }) where deadline <= now {
            deadlines[window] = nil
            await handle(.timer(window))
        }
        let last = gate.last(at: now)
        if last != lastReleased { wakeForwarders() }
        lastReleased = last
        observe(.timePassed(minuteOfWeek: hall.minuteOfWeek(at: time)))
        await recordFlags()
        await keepUp(at: time)
        return .milliseconds(last == .max ? 250 : 50)
    }

    /// Lets the watch see something; what it flags goes to disk with the next tick, so that nobody waits for it.
    func observe(_ sign: IntegritySign) {
        let now = clock.now()
        for event in watch.handle(sign, at: now) {
            flags.add(event, at: now)
            flagLog.add(event, at: now)
        }
    }

    /// What was flagged at each window, since the start and on the hall's present day.
    func flagCounts() -> (sinceStart: [GatewayStatus.WindowFlags], today: [GatewayStatus.WindowFlags]) {
        let now = clock.now()
        return (flagLog.counted(at: now, in: hall.zone), flagLog.countedToday(at: now, in: hall.zone))
    }

    /// The flags an operator asks for; throws where the configuration does not name the window.
    func flags(_ request: FlagsRequest) throws(GatewayError) -> FlagsReport {
        let window = request.window.map { WindowID($0) }
        if let window { try check(window) }
        let age = request.sinceSeconds.map { Duration.seconds(max(0, $0)) }
        return FlagsReport(flags: flagLog.flags(of: window, within: age, at: clock.now(), in: hall.zone))
    }

    private func recordFlags() async {
        let batch = flags.take(Limits.groupCommitRecords)
        guard !batch.isEmpty else { return }
        do throws(GatewayError) {
            _ = try await journal.record(
                batch.map { event, time in
                    RecordDraft(id: Self.mintID(at: time), body: .integrity(event), recordedAt: time)
                })
        } catch {
            logger.warning("flags were not recorded; they are tried again", metadata: ["error": "\(error)"])
            flags.putBack(batch)
        }
    }
}

/// Flags that wait for the disk: a bounded number, of which the oldest gives way.
struct FlagBacklog: Sendable {
    /// Most flags that wait.
    static let limit = 4096
    private var waiting: [(event: IntegrityEvent, time: CaptureTime)] = []

    mutating func add(_ event: IntegrityEvent, at time: CaptureTime) {
        waiting.append((event, time))
        trim()
    }

    mutating func take(_ count: Int) -> [(event: IntegrityEvent, time: CaptureTime)] {
        defer { waiting.removeFirst(min(count, waiting.count)) }
        return Array(waiting.prefix(count))
    }

    mutating func putBack(_ batch: [(event: IntegrityEvent, time: CaptureTime)]) {
        waiting.insert(contentsOf: batch, at: 0)
        trim()
    }

    private mutating func trim() {
        if waiting.count > Self.limit { waiting.removeFirst(waiting.count - Self.limit) }
    }
}

extension IntegrityEvent.Cause {
    /// The word an operator and the metrics read.
    var word: String {
        switch self {
        case .ticketWithoutPrompt: "ticket-without-prompt"
        case .promptCancelled: "prompt-cancelled"
        case .promptPaused: "prompt-paused"
        case .padUnplugged: "pad-unplugged"
        case .hastyPress: "hasty-press"
        case .keyStreak: "key-streak"
        case .outsideHours: "outside-hours"
        }
    }
}

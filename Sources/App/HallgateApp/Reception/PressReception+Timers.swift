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
        let now = clock.now().monotonic
        for (window, deadline) in deadlines.sorted(by: { $0.key < $1.key }) where deadline <= now {
            deadlines[window] = nil
            await handle(.timer(window))
        }
        let last = gate.last(at: now)
        if last != lastReleased { wakeForwarders() }
        lastReleased = last
        await recordFlags()
        return .milliseconds(last == .max ? 250 : 50)
    }

    /// Lets the watch see something; what it flags goes to disk with the next tick, so that nobody waits for it.
    func observe(_ sign: IntegritySign) {
        let now = clock.now()
        for event in watch.handle(sign, at: now) { flags.add(event, at: now) }
    }

    /// What was flagged at each window since the start.
    var flagCounts: [GatewayStatus.WindowFlags] {
        watch.counts.map { window, causes in
            GatewayStatus.WindowFlags(
                window: window?.value,
                counts: Dictionary(uniqueKeysWithValues: causes.map { ($0.key.word, $0.value) }))
        }.sorted { ($0.window ?? "") < ($1.window ?? "") }
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

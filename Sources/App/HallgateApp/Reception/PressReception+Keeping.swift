// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import WindowSessions

/// What a restart is to know, kept whenever the windows do something that no record tells.
extension PressReception {
    /// How often the gateway notes that it is alive while a hall is in use; a restart is that much less sure.
    static var aliveInterval: Duration { .seconds(10) }
    /// How many records a restart reads at most, beside those of one interval.
    private static var mostRecordsBehind: JournalSequence { 2048 }

    /// Keeps the windows as they are now.
    func keep() async {
        guard let keeper else { return }
        let kept = KeptSessions(
            through: known.through, keptAt: clock.now(), sessions: sessions.memory, watch: watch.memory)
        keeping.wanted += 1
        let (version, lasting) = (keeping.wanted, kept.sessions.lasting)
        let isLasting = lasting != keeping.lasting
        let isKept = await waitingForDisk { await keeper.save(kept, version: version, lasting: isLasting) }
        guard isKept, version > keeping.kept else { return }
        keeping.kept = version
        keeping.through = kept.through
        if isLasting { keeping.lasting = lasting }
    }

    /// Keeps again what could not be kept, or has fallen behind, and notes that the gateway is alive.
    func keepUp(at now: CaptureTime) async {
        guard let keeper else { return }
        let isDue = keeping.markedAt.map { $0.duration(to: now.monotonic) >= Self.aliveInterval } ?? true
        guard isDue || known.through - keeping.through > Self.mostRecordsBehind else { return }
        keeping.markedAt = now.monotonic
        if !keeping.isCurrent || known.through - keeping.through > Self.mostRecordsBehind { await keep() }
        // A mark says that what is kept was true until then.
        if keeping.isCurrent, sessions.isOccupied(at: now) {
            await waitingForDisk { await keeper.note(AliveMark(at: now)) }
        }
    }

    /// The gateway stops in good order: what is being counted is told, and the next start is sure of everything.
    func stop() async {
        observe(.stopping)
        await tick()
        await keep()
    }
}

/// How far what is kept has come.
struct KeepingState: Sendable {
    /// The newest version that was to be kept.
    var wanted: UInt64 = 0
    /// The newest version that is.
    var kept: UInt64 = 0
    /// The newest record it knows.
    var through: JournalSequence = 0
    /// What of it is on the disk.
    var lasting: SessionMemory?
    /// When the gateway last noted that it is alive.
    var markedAt: MonotonicInstant?

    /// Whether the newest version is kept.
    var isCurrent: Bool { kept == wanted }
}

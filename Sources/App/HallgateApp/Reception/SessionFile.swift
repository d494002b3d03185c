// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import RatingModel
import WindowSessions

/// Keeps what the windows are doing over a restart.
protocol SessionKeeper: Sendable {
    /// What was kept, and when the gateway was last alive.
    func load() async -> (kept: KeptSessions, aliveAt: CaptureTime)?
    /// Replaces what was kept, unless a later version has been; answers whether it is kept. What is `lasting` is on the
    /// disk then, the rest survives the process and not the power.
    func save(_ kept: KeptSessions, version: UInt64, lasting: Bool) async -> Bool
    /// Notes that the gateway is alive.
    func note(_ alive: AliveMark) async
}

/// The file `sessions` beside the journal, with `sessions.alive`, whose only line is written over while the hall works.
actor SessionFile: SessionKeeper {
    /// Most bytes read: a thousand windows with every text at its limit.
    private static let mostBytes = 8 * 1024 * 1024

    private let file: WholeFile
    private let mark: WholeFile
    private let logger: Logger
    private var version: UInt64 = 0
    private var hasFailed = false

    init(directory: String, logger: Logger) {
        file = WholeFile(directory: directory, name: "sessions")
        mark = WholeFile(directory: directory, name: "sessions.alive")
        self.logger = logger
    }

    func load() -> (kept: KeptSessions, aliveAt: CaptureTime)? {
        guard let text = file.read(atMost: Self.mostBytes) else { return nil }
        guard let kept = KeptSessions(text: text) else {
            logger.warning(
                "what the windows were doing is not readable; nothing is made of it", metadata: ["path": "\(file.path)"]
            )
            return nil
        }
        let mark = mark.read(atMost: 4096).flatMap(AliveMark.init(text:))
        return (kept, AliveMark.last(keptAt: kept.keptAt, mark: mark))
    }

    func save(_ kept: KeptSessions, version: UInt64, lasting: Bool) -> Bool {
        // A later version has what this one has.
        guard version > self.version else { return true }
        if let reason = file.replace(with: kept.text, isSynced: lasting) {
            if !hasFailed {
                logger.warning(
                    "what the windows are doing was not kept", metadata: ["path": "\(file.path)", "error": "\(reason)"])
            }
            hasFailed = true
            return false
        }
        self.version = version
        hasFailed = false
        return true
    }

    func note(_ alive: AliveMark) { mark.overwrite(with: alive.text) }
}

/// Up to which record of the journal the windows know what happened.
///
/// A record that is being committed is on disk before it is known here; until then nothing behind the newest one known
/// when it was begun counts as known.
struct KnownRecords: Sendable {
    /// Names a commit under way.
    typealias Ticket = UInt64

    private var inHand: [Ticket: JournalSequence] = [:]
    private var newest: JournalSequence
    private var issued: Ticket = 0

    init(newest: JournalSequence = 0) { self.newest = newest }

    /// A commit begins.
    mutating func begin() -> Ticket {
        issued &+= 1
        inHand[issued] = newest
        return issued
    }

    /// What was committed is known; `nil` where nothing was.
    mutating func end(_ ticket: Ticket, at sequence: JournalSequence?) {
        inHand[ticket] = nil
        if let sequence { newest = max(newest, sequence) }
    }

    /// Everything up to here is known.
    var through: JournalSequence { inHand.values.min() ?? newest }
}

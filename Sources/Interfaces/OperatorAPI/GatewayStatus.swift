// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The gateway at one moment: the one immutable picture that CLI, console, metrics and systemd's status line render.
///
/// Levels never appear here (G9). Times are milliseconds since the Unix epoch; ages are seconds.
public struct GatewayStatus: Sendable, Hashable, Codable {
    /// Hallgate's version.
    public var version: String
    /// The hall's name as configured.
    public var hall: String
    /// When the daemon started.
    public var startedAtMilliseconds: Int64
    /// When this picture was taken.
    public var takenAtMilliseconds: Int64
    /// Everything an operator should do something about; empty is well.
    public var troubles: [Trouble]
    /// What an operator should know and cannot mend today, such as a pad with fewer keys than levels.
    public var warnings: [Trouble]
    /// The journal.
    public var journal: Journal
    /// Each configured line.
    public var devices: [Device]
    /// Each uplink.
    public var uplinks: [Uplink]
    /// For each uplink whose region takes invitations, or took some: where they are. They are no ratings, and counted in
    /// none of the uplinks' figures.
    public var invitations: [Uplink] = []
    /// Each window that has been flagged since the start.
    public var flags: [WindowFlags]
    /// Each window that has been flagged today, by the hall's own day.
    public var flagsToday: [WindowFlags]
    /// What people decided last, the newest first; the journal has all.
    public var decisions: [Decision]

    /// What each region let the hall know.
    public var mirrors: [Mirror] = []

    /// How it stands with the region's own codes; `nil` where the hall's codes are its own.
    public var regionCodes: RegionCodes?

    /// Whether nothing needs an operator.
    public var isWell: Bool { troubles.isEmpty }

    /// Takes the parts.
    public init(
        version: String, hall: String, startedAtMilliseconds: Int64, takenAtMilliseconds: Int64, troubles: [Trouble],
        warnings: [Trouble] = [], journal: Journal, devices: [Device], uplinks: [Uplink], flags: [WindowFlags] = [],
        flagsToday: [WindowFlags] = [],
        decisions: [Decision] = []
    ) {
        self.version = version
        self.hall = hall
        self.startedAtMilliseconds = startedAtMilliseconds
        self.takenAtMilliseconds = takenAtMilliseconds
        self.troubles = troubles
        self.warnings = warnings
        self.journal = journal
        self.devices = devices
        self.uplinks = uplinks
        self.flags = flags
        self.flagsToday = flagsToday
        self.decisions = decisions
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import OperatorAPI
public import RatingModel

/// Everything health is judged from, read at one moment.
public struct HealthPicture: Sendable {
    /// Hallgate's version.
    public var version: String
    /// The hall's name.
    public var hall: String
    /// When the daemon started.
    public var startedAt: CaptureTime
    /// Now.
    public var now: CaptureTime
    /// The journal.
    public var journal: JournalStatus
    /// Each configured line.
    public var devices: [GatewayStatus.Device]
    /// Whose codes devices show.
    public var codes: ShownCodes
    /// Each uplink, configured or remembered.
    public var uplinks: [UplinkPicture]
    /// Each queue of invitations, which are no ratings.
    public var invitations: [UplinkPicture]
    /// Presses each pad still owes (G4).
    public var missingPresses: [DeviceID: UInt64]
    /// Presses whose key came again with another body, since the start.
    public var conflicts: Int64
    /// What was flagged at each window since the start.
    public var flags: [GatewayStatus.WindowFlags]
    /// What was flagged on the hall's present day.
    public var flagsToday: [GatewayStatus.WindowFlags]
    /// What else is wrong, such as a configuration that was refused.
    public var faults: [GatewayError]
    /// What else an operator should know and cannot mend today.
    public var warnings: [GatewayError]

    /// Takes the readings.
    public init(
        version: String, hall: String, startedAt: CaptureTime, now: CaptureTime, journal: JournalStatus,
        devices: [GatewayStatus.Device], codes: ShownCodes = .none, uplinks: [UplinkPicture],
        invitations: [UplinkPicture] = [],
        missingPresses: [DeviceID: UInt64], conflicts: Int64, flags: [GatewayStatus.WindowFlags] = [],
        flagsToday: [GatewayStatus.WindowFlags] = [], faults: [GatewayError], warnings: [GatewayError] = []
    ) {
        self.version = version
        self.hall = hall
        self.startedAt = startedAt
        self.now = now
        self.journal = journal
        self.devices = devices
        self.codes = codes
        self.uplinks = uplinks
        self.invitations = invitations
        self.missingPresses = missingPresses
        self.conflicts = conflicts
        self.flags = flags
        self.flagsToday = flagsToday
        self.faults = faults
        self.warnings = warnings
    }
}

/// Whose codes the displays of devices show, by which citizens rate with their own phones.
public enum ShownCodes: Sendable, Hashable {
    /// Devices show none.
    case none
    /// The hall's own, which lead to its pages.
    case hall
    /// The region's, which lead to its page; tablets open that as well.
    case region
}

/// An uplink as its forwarder and the journal see it.
public struct UplinkPicture: Sendable {
    /// The name in the configuration, or that of its queue of invitations.
    public var name: UplinkName
    /// What the forwarder is doing; `nil` where the configuration no longer names the uplink.
    public var state: GatewayStatus.Uplink.State?
    /// Where its ratings are.
    public var conservation: Conservation
    /// When the region last took a rating or answered a probe.
    public var lastAnswerAt: MonotonicInstant?
    /// What went wrong last, while it has not gone right since.
    public var lastFailure: GatewayError?
    /// Whether 差评 are held or parked more often than other ratings; known of many together, never of one.
    public var withholdsBad: Bool

    /// Takes the readings.
    public init(
        name: UplinkName, state: GatewayStatus.Uplink.State?, conservation: Conservation,
        lastAnswerAt: MonotonicInstant?, lastFailure: GatewayError?, withholdsBad: Bool = false
    ) {
        self.name = name
        self.state = state
        self.conservation = conservation
        self.lastAnswerAt = lastAnswerAt
        self.lastFailure = lastFailure
        self.withholdsBad = withholdsBad
    }
}

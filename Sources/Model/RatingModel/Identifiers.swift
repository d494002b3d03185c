// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The stable name of a device: what the device says of itself, else where it is plugged in.
public struct DeviceID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// At most ``Limits/identifierBytes`` bytes of UTF-8.
    public let value: String

    /// Wraps a name; nothing is checked here, because the limits belong to whoever reads it from outside.
    public init(_ value: String) { self.value = value }

    public var description: String { value }

    public static func < (left: DeviceID, right: DeviceID) -> Bool { left.value < right.value }
}

/// The name of a service window as the hall writes it, such as `A01`.
public struct WindowID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// At most ``Limits/identifierBytes`` bytes of UTF-8.
    public let value: String

    /// Wraps a name.
    public init(_ value: String) { self.value = value }

    public var description: String { value }

    public static func < (left: WindowID, right: WindowID) -> Bool { left.value < right.value }
}

/// The configured name of an uplink; delivery states are kept under it, so it outlives a change of address.
public struct UplinkName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The name in the configuration.
    public let value: String

    /// Wraps a name.
    public init(_ value: String) { self.value = value }

    public var description: String { value }

    public static func < (left: UplinkName, right: UplinkName) -> Bool { left.value < right.value }

    /// What ends the name of a queue of invitations; no configuration can give an uplink such a name.
    public static let invitationsEnding = "/invitations"

    /// The name under which the journal keeps this uplink's invitations: a queue of its own, so that they count as no
    /// ratings and hold up none.
    public var invitations: UplinkName { isOfInvitations ? self : UplinkName(value + Self.invitationsEnding) }

    /// Whether this names a queue of invitations.
    public var isOfInvitations: Bool { value.hasSuffix(Self.invitationsEnding) }

    /// The uplink by which what waits under this name is delivered.
    public var carrier: UplinkName {
        isOfInvitations ? UplinkName(String(value.dropLast(Self.invitationsEnding.count))) : self
    }
}

/// The case a service belongs to, as the region knows it.
public struct CaseReference: Sendable, Hashable, CustomStringConvertible {
    /// 办件编号: the case's number in the region.
    public let projectNumber: String
    /// 服务编号: which of the case's services this is; a case can be served, and rated, more than once.
    public let serviceNumber: String

    /// Names one service of one case.
    public init(projectNumber: String, serviceNumber: String) {
        self.projectNumber = projectNumber
        self.serviceNumber = serviceNumber
    }

    public var description: String { "\(projectNumber)/\(serviceNumber)" }
}

/// The address of a device on a line that several share, such as RS-485.
public typealias BusAddress = UInt8

/// The position of a record in the journal, from 1; the order of everything.
public typealias JournalSequence = Int64

/// The number a prompt or window session carries on the wire, so that a press can name what it answers; 0 is none.
public typealias PromptNumber = UInt32

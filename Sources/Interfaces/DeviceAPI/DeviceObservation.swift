// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What a device says of itself.
public struct DeviceIdentity: Sendable, Hashable {
    /// The name its presses are recorded under.
    public let device: DeviceID
    /// The number of its press log, where it keeps one.
    public let log: UInt64?
    /// Maker and model in the device's words.
    public let model: String
    /// The firmware's version in the device's words.
    public let firmware: String
    /// Where it is on a shared line.
    public let address: BusAddress?

    /// Takes the device's words.
    public init(device: DeviceID, log: UInt64?, model: String, firmware: String, address: BusAddress? = nil) {
        self.device = device
        self.log = log
        self.model = model
        self.firmware = firmware
        self.address = address
    }
}

/// Something a driver saw that an operator may want to know.
public enum DeviceObservation: Sendable, Hashable {
    /// What the reason of a ``badFrame(reason:)`` begins with where it is the checksum that is wrong.
    public static let checksum = "checksum"

    /// Bytes that belong to no frame were passed over.
    case garbage(bytes: Int)
    /// A frame was whole but wrong: its checksum, length, version or fields.
    case badFrame(reason: String)
    /// The device does not answer.
    case silent
    /// The device answers again.
    case answering
    /// On a shared line: the device at this address does not answer.
    case absent(BusAddress)
    /// On a shared line: the device at this address answers again.
    case present(BusAddress)
    /// The device does not prove who it is, though its key is known or a proof is demanded.
    case unproven(reason: String)
    /// The device's press log is full, so that it refuses presses.
    case logFull
    /// The device's own report: presses waiting in its log, and its lifetime count.
    case health(waiting: Int, lifetimeCount: UInt64)
    /// The prompt is showing.
    case prompting(PromptNumber)
    /// A press came again that was reported before, because its acknowledgement was late or lost.
    case repeated
    /// The device's supply, in millivolts.
    case supply(millivolts: Int)
    /// The device speaks no version of the protocol that this driver knows.
    case incompatible(version: Int)
    /// A key has been held down for longer than a citizen presses; which one is not said, for it is a level.
    case stuckKey
    /// The key that was stuck was let go.
    case keyReleased
    /// A device speaks at an address that the configuration does not name; its presses are the line's.
    case unknownAddress(BusAddress)
    /// What the device was to show, and does not.
    case notShown(RefusedContent, at: BusAddress? = nil)
    /// What could not be shown is shown again.
    case shownAgain(RefusedContent.Kind, at: BusAddress? = nil)
    /// A firmware update went on.
    case firmware(FirmwareProgress, at: BusAddress? = nil)
}

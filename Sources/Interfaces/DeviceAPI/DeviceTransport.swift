// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// Opens lines to devices and runs a driver on each.
public protocol DeviceTransport: Sendable {
    /// Opens a line and starts the driver on it.
    ///
    /// Throws where the line cannot be opened: missing, taken by someone else, no permission.
    func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection
}

/// An open line with a driver running on it.
public protocol DeviceConnection: Sendable {
    /// What the driver put out that the engine has to act on, in order; it finishes when the line is gone.
    ///
    /// The buffer is bounded: while it is full the line is not read, so that a flood waits in the device.
    var outputs: AsyncStream<DeviceOutput> { get }
    /// Gives the driver an event and carries out what it answers; does nothing on a line that is gone.
    func handle(_ event: DriverEvent) async
    /// Reads no more of the line: the outputs finish after what was read, and the driver still writes until `close()`.
    func finish() async
    /// Closes the line at once; the outputs finish.
    func close() async
    /// The line's last traffic, for the operator; empty once the line is gone.
    func traffic() async -> LineTraffic
}

extension DeviceConnection {
    /// For lines that cannot be read and written apart: closes them.
    public func finish() async { await close() }

    /// For lines that keep none.
    public func traffic() async -> LineTraffic { LineTraffic() }
}

/// What comes off a connection.
public enum DeviceOutput: Sendable, Hashable {
    /// The device said who it is.
    case identified(DeviceIdentity)
    /// A press to record.
    case press(CapturedPress)
    /// Something to show the operator.
    case observed(DeviceObservation)
    /// A member of staff pressed a key of the call panel at an address.
    case staffKey(StaffKey, at: BusAddress?)
    /// A scanner read a code.
    case scanned(ScannedCode, at: BusAddress?)
    /// A member of staff signed in; `nil` where the device says that nobody is signed in.
    case signedIn(String?, at: BusAddress?)
    /// The line is gone: hang-up, error, or closed by the driver; nothing follows.
    case closed(reason: String)
}

/// Where the engine hands presses on: matches them with a session, records them, and returns after the commit.
public protocol PressReceiver: Sendable {
    /// Records a press; returns once it is on disk, or says that it is not.
    func receive(_ press: CapturedPress, from source: PressSource) async -> PressDisposition
    /// Takes a key of staff; what comes of it reaches devices as commands.
    func receive(_ key: StaffKey, from source: PressSource) async
    /// Takes a code that was scanned at a window or in a waiting area.
    func receive(_ code: ScannedCode, from source: PressSource) async
    /// Takes the number by which a member of staff signed in at a device; `nil` where nobody is.
    func receive(staff code: String?, from source: PressSource) async
    /// What a device that just connected is to be told: the time, the prompt of its window, paused or not.
    func greeting(for source: PressSource) async -> [DeviceCommand]
    /// Takes note that a device that was known has gone away by itself.
    func lost(_ source: PressSource) async
}

extension PressReceiver {
    /// Nothing comes of it, unless somebody cares.
    public func receive(staff code: String?, from source: PressSource) async {}

    /// Nothing comes of it, unless somebody cares.
    public func lost(_ source: PressSource) async {}
}

/// Where a press came in.
public struct PressSource: Sendable, Hashable {
    /// The line's path in the configuration.
    public let path: String
    /// The window the line belongs to; `nil` in a waiting area.
    public let window: WindowID?

    /// Names a source.
    public init(path: String, window: WindowID?) {
        self.path = path
        self.window = window
    }
}

/// Whether a press is on disk.
public enum PressDisposition: Sendable, Hashable {
    /// It is, now or from before: the device may say thanks.
    case recorded
    /// It is not: the device shows its fault signal.
    case refused(GatewayError)
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// The pure logic of one kind of device: bytes and commands in, bytes and presses out; no clock, no file, no socket.
///
/// A driver is created for each connection. Every implementation runs the suite in
/// `HallgateTesting/DriverConformance`. Whatever bytes arrive, a driver neither traps nor keeps unbounded memory.
public protocol DeviceDriver: Sendable {
    /// The name used in the configuration and kept with each press, such as `native`.
    static var name: String { get }
    /// What this device can do, as shown to the operator and in Guarantees; it does not change while the driver lives.
    var capabilities: DeviceCapabilities { get }

    /// Takes an event and answers with what is to be done, in order.
    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction]

    /// Some traffic of such a device as everyone may see it: `nil` for each byte that holds a level, or would let one
    /// be worked out, such as a checksum over it (G9).
    ///
    /// The bytes are a stretch of what went one way, whatever it begins and ends with; what cannot be told to be
    /// harmless is masked. Answers as many elements as there are bytes.
    func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?]
}

extension DeviceDriver {
    /// A driver that does not say where the level is lets nothing be seen, either way: acknowledgements repeat levels.
    public func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?] { bytes.map { _ in nil } }
}

/// What a driver is told.
public enum DriverEvent: Sendable, Hashable {
    /// The line is open; `nonce` is fresh randomness for this connection.
    case opened(nonce: UInt64)
    /// Bytes came in, split and joined at will.
    case received([UInt8])
    /// A timer the driver set has run out.
    case timer(DriverTimer)
    /// A press is on disk: the device may say thanks.
    case recorded(PressKey)
    /// A press could not be recorded: the device shows its fault signal and keeps the press.
    case refused(PressKey)
    /// The operator or the engine wants something of the device; on a shared line, of the device at an address, or of
    /// every one of them without it.
    case command(DeviceCommand, at: BusAddress? = nil)
}

/// A timer of a driver; setting one again replaces it.
public enum DriverTimer: UInt8, Sendable, Hashable, CaseIterable {
    /// Waiting for the device to answer.
    case answer
    /// Time to ask the device whether it is alive.
    case keepAlive
    /// Time to poll the bus.
    case poll
    /// Waiting for the device to answer a part of something large, which nobody waits for.
    case bulk
    /// What is shown for a time has been shown so long.
    case display
}

/// What a driver wants done.
public enum DriverAction: Sendable, Hashable {
    /// Write these bytes, all of them, in order.
    case send([UInt8])
    /// A press came in: record it, then tell the driver `recorded` or `refused`.
    case press(CapturedPress)
    /// The device said who it is.
    case identified(DeviceIdentity)
    /// Something the operator should see.
    case observed(DeviceObservation)
    /// A member of staff pressed a key of the call panel at an address.
    case staffKey(StaffKey, at: BusAddress? = nil)
    /// A code was read by a scanner.
    case scanned(ScannedCode, at: BusAddress? = nil)
    /// A member of staff signed in at the device, by the number on a badge or a user's code of at most
    /// `Limits.identifierBytes` bytes; `nil` where the device says that nobody is signed in.
    case signedIn(String?, at: BusAddress? = nil)
    /// Start or restart a timer.
    case setTimer(DriverTimer, after: Duration)
    /// Stop a timer.
    case cancelTimer(DriverTimer)
    /// Close the line; it is opened anew after the back-off.
    case close(reason: String)
}

/// What the engine can ask of a device.
public enum DeviceCommand: Sendable, Hashable {
    /// Ask the citizen for a rating: "请对本次服务评价"; `about` is for devices that show what it is about.
    case prompt(PromptNumber, timeout: Duration, about: PromptSubject? = nil)
    /// Take the prompt back.
    case cancelPrompt(PromptNumber)
    /// Refuse presses until resumed.
    case pause
    /// Take presses again.
    case resume
    /// Show how many wait and which ticket is served, on devices with figures for it.
    case showWaiting(count: Int, ticket: Int?)
    /// Show something until it is replaced or its lifetime ends, on devices with a display.
    case show(DisplayContent)
    /// Open a page, on devices that are browsers: the region's own, as it was handed out; one that is open stays as it is.
    case openPage(url: String)
    /// Close the page that was opened, on devices that are browsers: the next citizen must not find it.
    case closePage
    /// Switch the scanner of a device that has one.
    case scan(isOn: Bool)
    /// Blink and beep, so that a person finds the device.
    case identify
    /// Tell the device the time.
    case setTime(WallTime)
    /// Carry a firmware to the device, between everything else; again with the same image it changes nothing.
    case update(FirmwareImage)
    /// Take the firmware back, unless the device installs it already.
    case cancelUpdate
}

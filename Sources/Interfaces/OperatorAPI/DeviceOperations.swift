// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What operators can ask of devices over the socket; a place is a window, a line's path or a device's name.
public protocol DeviceOperations: Sendable {
    /// `devices.list`: every configured line and how its device is.
    func devices() async -> [GatewayStatus.Device]
    /// `devices.show`: the lines at a place, each with its last traffic, masked.
    func devices(at place: String) async throws(GatewayError) -> [DeviceReport]
    /// `devices.tap`: what went over a line after a cursor, masked.
    func tap(_ request: TapRequest) async throws(GatewayError) -> TapPage
    /// `devices.reveal`: the same with levels, where the configuration allows it; it is recorded who asked
    /// and why before the answer goes out.
    func reveal(_ request: RevealRequest) async throws(GatewayError) -> TapPage
    /// `devices.identify`: the devices at a place blink; answers how many were told.
    func identify(at place: String) async throws(GatewayError) -> IdentifyReport
    /// `devices.confirm`: what is at a place now belongs there, after it was moved, swapped or replaced.
    func confirm(_ request: ConfirmRequest) async throws(GatewayError) -> ConfirmReport
    /// `devices.approve`: releases what a quarantined device pressed.
    func approve(_ request: ApproveRequest) async throws(GatewayError) -> ApproveReport
    /// `devices.upload`: takes a piece of a firmware file; answers how much of it is there.
    func upload(_ request: UploadRequest) async throws(GatewayError) -> UploadReport
    /// `devices.update`: begins to renew the firmware of the device at a place with a file that was uploaded.
    func update(_ request: UpdateRequest) async throws(GatewayError) -> UpdateReport
    /// `devices.update-report`: how the last update at a place stands.
    func updateReport(at place: String) async throws(GatewayError) -> UpdateReport
    /// `devices.cancel-update`: takes an update back that is not installed yet.
    func cancelUpdate(_ request: CancelUpdateRequest) async throws(GatewayError) -> UpdateReport
    /// `devices.flags`: what an auditor may want to look at, at all windows or at one.
    func flags(_ request: FlagsRequest) async throws(GatewayError) -> FlagsReport
}

extension DeviceOperations {
    /// A service without devices has none.
    public func devices() async -> [GatewayStatus.Device] { [] }
    /// A service without devices knows no place.
    public func devices(at place: String) async throws(GatewayError) -> [DeviceReport] { throw .noDevice(at: place) }
    /// A service without devices knows no place.
    public func tap(_ request: TapRequest) async throws(GatewayError) -> TapPage { throw .noDevice(at: request.place) }
    /// A service without devices knows no place.
    public func reveal(_ request: RevealRequest) async throws(GatewayError) -> TapPage {
        throw .noDevice(at: request.tap.place)
    }
    /// A service without devices knows no place.
    public func identify(at place: String) async throws(GatewayError) -> IdentifyReport { throw .noDevice(at: place) }
    /// A service without devices knows no place.
    public func confirm(_ request: ConfirmRequest) async throws(GatewayError) -> ConfirmReport {
        throw .noDevice(at: request.place)
    }
    /// A service that quarantines nothing has nothing to release.
    public func approve(_ request: ApproveRequest) async throws(GatewayError) -> ApproveReport {
        throw .nothingQuarantined(request.device)
    }
    /// A service without devices takes no file for them.
    public func upload(_ request: UploadRequest) async throws(GatewayError) -> UploadReport { throw .noDevice(at: "") }
    /// A service without devices knows no place.
    public func update(_ request: UpdateRequest) async throws(GatewayError) -> UpdateReport {
        throw .noDevice(at: request.place)
    }
    /// A service without devices knows no place.
    public func updateReport(at place: String) async throws(GatewayError) -> UpdateReport {
        throw .noDevice(at: place)
    }
    /// A service without devices knows no place.
    public func cancelUpdate(_ request: CancelUpdateRequest) async throws(GatewayError) -> UpdateReport {
        throw .noDevice(at: request.place)
    }
    /// A service that watches nothing has flagged nothing.
    public func flags(_ request: FlagsRequest) async throws(GatewayError) -> FlagsReport { FlagsReport(flags: []) }
}

extension GatewayError {
    /// Nothing in the configuration answers to the name.
    public static func noDevice(at place: String) -> GatewayError {
        GatewayError(
            "device.unknown", LocalText("no device is at '\(place)'", "'\(place)' 没有设备"),
            hint: LocalText(
                "name a window, a line's path or a device as 'hallgate devices' lists them",
                "请使用 hallgate devices 中列出的窗口、线路路径或设备名"))
    }

    /// No press of the device waits for approval.
    public static func nothingQuarantined(_ device: String) -> GatewayError {
        GatewayError(
            "device.nothing-quarantined",
            LocalText("no press of '\(device)' waits for approval", "'\(device)' 没有待批准的按键"),
            hint: LocalText("see 'hallgate devices' for its name", "设备名见 hallgate devices"))
    }
}

/// A place, as the parameters of a method.
public struct PlaceRequest: Sendable, Hashable, Codable {
    /// A window, a line's path or a device's name.
    public var place: String

    /// Names a place.
    public init(place: String) { self.place = place }
}

/// How many devices were told to blink.
public struct IdentifyReport: Sendable, Hashable, Codable {
    /// How many.
    public var devices: Int

    /// Takes the figure.
    public init(devices: Int) { self.devices = devices }
}

/// Where the hardware is in order as it is, and who says so.
public struct ConfirmRequest: Sendable, Hashable, Codable {
    /// A window, a line's path or a device's name.
    public var place: String
    /// Who asks, as the operator's computer knows them.
    public var user: String

    /// Takes the words.
    public init(place: String, user: String) {
        self.place = place
        self.user = user
    }
}

/// What was confirmed.
public struct ConfirmReport: Sendable, Hashable, Codable {
    /// The line, by its path in the configuration.
    public var path: String

    /// Takes the line.
    public init(path: String) { self.path = path }
}

/// Which device's presses are released, and who says so.
public struct ApproveRequest: Sendable, Hashable, Codable {
    /// The device's name.
    public var device: String
    /// Who approves, in the operator's words.
    public var user: String

    /// Takes the words.
    public init(device: String, user: String) {
        self.device = device
        self.user = user
    }
}

/// What an approval released.
public struct ApproveReport: Sendable, Hashable, Codable {
    /// How many ratings go on their way.
    public var released: Int

    /// Takes the figure.
    public init(released: Int) { self.released = released }
}

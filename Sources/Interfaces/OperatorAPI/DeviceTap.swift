// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A line with its device and what went over it last.
public struct DeviceReport: Sendable, Hashable, Codable {
    /// The line as the status has it.
    public var device: GatewayStatus.Device
    /// Its last traffic, masked.
    public var tap: TapPage
    /// What people decided last about the line, its windows and its device, the newest first.
    public var decisions: [GatewayStatus.Decision]

    /// Takes the parts.
    public init(device: GatewayStatus.Device, tap: TapPage, decisions: [GatewayStatus.Decision] = []) {
        self.device = device
        self.tap = tap
        self.decisions = decisions
    }
}

/// What of a line's traffic is wanted: everything kept, or what came after an earlier page.
public struct TapRequest: Sendable, Hashable, Codable {
    /// A window, a line's path or a device's name; it must stand for one line.
    public var place: String
    /// Where the earlier page ended; `nil` for everything kept.
    public var after: TapCursor?

    /// Takes the fields.
    public init(place: String, after: TapCursor? = nil) {
        self.place = place
        self.after = after
    }
}

/// A request to see levels: who asks, and why; both are recorded before anything is shown.
public struct RevealRequest: Sendable, Hashable, Codable {
    /// What is wanted.
    public var tap: TapRequest
    /// Who asks, as the client says; the peer's user is a hint only.
    public var user: String
    /// Why.
    public var reason: String

    /// Takes the fields.
    public init(tap: TapRequest, user: String, reason: String) {
        self.tap = tap
        self.user = user
        self.reason = reason
    }
}

/// A place in a line's traffic.
public struct TapCursor: Sendable, Hashable, Codable {
    /// Which opening of the line; the numbers of frames begin anew with each.
    public var connection: Int64
    /// The last frame seen.
    public var frame: UInt64
    /// The last event seen.
    public var event: UInt64

    /// Takes the numbers.
    public init(connection: Int64, frame: UInt64, event: UInt64) {
        self.connection = connection
        self.frame = frame
        self.event = event
    }
}

/// Some of a line's traffic.
public struct TapPage: Sendable, Hashable, Codable {
    /// The line's path.
    public var path: String
    /// The driver's name.
    public var driver: String
    /// Bytes as they were read and written, the oldest first.
    public var frames: [Frame]
    /// What the driver made of them, the oldest first.
    public var events: [Event]
    /// How many frames are gone that lie between the cursor and this page.
    public var missed: UInt64
    /// Where this page ends.
    public var cursor: TapCursor

    /// Bytes that went over the line in one go.
    public struct Frame: Sendable, Hashable, Codable {
        /// Its number since the line was opened.
        public var number: UInt64
        /// When, in milliseconds since the Unix epoch.
        public var atMilliseconds: Int64
        /// Whether the device sent it; else the gateway did.
        public var isReceived: Bool
        /// Two hexadecimal digits a byte with spaces between, `··` for a masked one (G9).
        public var bytes: String
        /// How many bytes there were in all; only the first are kept of a long one.
        public var count: Int

        /// Takes the fields.
        public init(number: UInt64, atMilliseconds: Int64, isReceived: Bool, bytes: String, count: Int) {
            self.number = number
            self.atMilliseconds = atMilliseconds
            self.isReceived = isReceived
            self.bytes = bytes
            self.count = count
        }
    }

    /// Something the driver understood; a level is `●`.
    public struct Event: Sendable, Hashable, Codable {
        /// Its number on this line.
        public var number: UInt64
        /// When, in milliseconds since the Unix epoch.
        public var atMilliseconds: Int64
        /// In English.
        public var text: String
        /// In 简体中文.
        public var textChinese: String

        /// Takes the fields.
        public init(number: UInt64, atMilliseconds: Int64, text: String, textChinese: String) {
            self.number = number
            self.atMilliseconds = atMilliseconds
            self.text = text
            self.textChinese = textChinese
        }
    }

    /// Takes the parts.
    public init(
        path: String, driver: String, frames: [Frame], events: [Event], missed: UInt64 = 0, cursor: TapCursor
    ) {
        self.path = path
        self.driver = driver
        self.frames = frames
        self.events = events
        self.missed = missed
        self.cursor = cursor
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension GatewayStatus.Device {
    /// A device's place on its line: one of several addresses, or the line itself.
    public struct Place: Sendable, Hashable, Codable {
        /// The address on a shared line; `nil` for the only device of a line.
        public var address: Int?
        /// The window; `nil` in a waiting area.
        public var window: String?
        /// Whether the line is open and nobody answers at the address.
        public var isAbsent: Bool

        /// Names a place.
        public init(address: Int? = nil, window: String?, isAbsent: Bool = false) {
            self.address = address
            self.window = window
            self.isAbsent = isAbsent
        }
    }

    /// What a device can do, as its driver states it.
    public struct Abilities: Sendable, Hashable, Codable {
        /// Who says thanks: `afterCommit`, `bySelf` or `none`.
        public var thanks: String
        /// Whether it keeps presses over a power cut until they are acknowledged.
        public var keepsLog: Bool
        /// Whether it can be asked to prompt.
        public var prompts: Bool
        /// Whether it can show a text or a picture.
        public var displays: Bool
        /// Whether it can show a QR code, by which citizens rate with their own phones.
        public var showsCodes: Bool
        /// Whether it opens the region's page.
        public var opensPages: Bool
        /// Whether citizens rate on it; a scanner takes no ratings.
        public var takesRatings: Bool
        /// The levels that cannot be expressed on it, in the standard's words; empty for a device that takes no ratings.
        public var missingLevels: [String]

        /// Takes the statements.
        public init(
            thanks: String = "afterCommit", keepsLog: Bool = true, prompts: Bool = true, displays: Bool = false,
            showsCodes: Bool = false, opensPages: Bool = false, takesRatings: Bool = true, missingLevels: [String] = []
        ) {
            self.thanks = thanks
            self.keepsLog = keepsLog
            self.prompts = prompts
            self.displays = displays
            self.showsCodes = showsCodes
            self.opensPages = opensPages
            self.takesRatings = takesRatings
            self.missingLevels = missingLevels
        }
    }

    /// How a device is: counters since the daemon started, by cause, and what it last said of itself.
    public struct Health: Sendable, Hashable, Codable {
        /// Seconds since the device was last heard; `nil` where it was not heard since the start.
        public var secondsSinceHeard: Double?
        /// Frames with a wrong checksum.
        public var checksumErrors: Int64
        /// Frames that were wrong otherwise.
        public var otherBadFrames: Int64
        /// Bytes passed over until a frame began.
        public var resyncBytes: Int64
        /// Presses that came again because their acknowledgement was late or lost.
        public var repeats: Int64
        /// Presses that the device's numbers show and that never arrived (G4), found since the daemon's start.
        public var missingPresses: UInt64
        /// Presses that wait in the device's log; `nil` where it does not say.
        public var waiting: Int?
        /// How often the device was pressed in its life; `nil` where it does not count.
        public var lifetimeCount: UInt64?
        /// Whether the device's log is full, so that it refuses presses.
        public var isLogFull: Bool
        /// Whether a key seems to be held down.
        public var isKeyStuck: Bool
        /// The device's supply in millivolts; `nil` where it does not say.
        public var supplyMillivolts: Int?
        /// Why its last QR code is not shown; `nil` where it is, or none was to be shown.
        public var unshownCode: String?
        /// The same in Chinese.
        public var unshownCodeChinese: String?

        /// Takes the figures.
        public init(
            secondsSinceHeard: Double? = nil, checksumErrors: Int64 = 0, otherBadFrames: Int64 = 0,
            resyncBytes: Int64 = 0, repeats: Int64 = 0, missingPresses: UInt64 = 0, waiting: Int? = nil,
            lifetimeCount: UInt64? = nil, isLogFull: Bool = false, isKeyStuck: Bool = false,
            supplyMillivolts: Int? = nil, unshownCode: String? = nil, unshownCodeChinese: String? = nil
        ) {
            self.secondsSinceHeard = secondsSinceHeard
            self.checksumErrors = checksumErrors
            self.otherBadFrames = otherBadFrames
            self.resyncBytes = resyncBytes
            self.repeats = repeats
            self.missingPresses = missingPresses
            self.waiting = waiting
            self.lifetimeCount = lifetimeCount
            self.isLogFull = isLogFull
            self.isKeyStuck = isKeyStuck
            self.supplyMillivolts = supplyMillivolts
            self.unshownCode = unshownCode
            self.unshownCodeChinese = unshownCodeChinese
        }
    }

    /// Every window that a device of the line stands at.
    public var windows: [String] { places.compactMap(\.window) }

    /// Whether a rating could be given here now, or soon: the line is open and nothing says that nobody listens.
    public var isWorking: Bool { state == .ready || state == .greeting }

    /// The windows at which a rating could be given over this line now, or soon.
    public var workingWindows: [String] { isWorking ? places.filter { !$0.isAbsent }.compactMap(\.window) : [] }
}

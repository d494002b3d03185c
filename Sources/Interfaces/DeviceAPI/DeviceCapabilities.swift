// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What a device can do, stated by its driver and shown by `hallgate devices`.
public struct DeviceCapabilities: Sendable, Hashable {
    /// Who says thanks.
    public enum Thanks: String, Sendable, Hashable {
        /// The device waits for the gateway's commit (G1).
        case afterCommit
        /// The device thanks by itself, before anything is durable.
        case bySelf
        /// The device cannot thank.
        case none
    }

    /// Who says thanks.
    public let thanks: Thanks
    /// Whether the device keeps presses over a power cut until they are acknowledged, each with its place in the log;
    /// without it a press that was not yet committed can be lost, and a repeat cannot be told from a second press.
    public let keepsLog: Bool
    /// Whether the device can be asked to prompt.
    public let prompts: Bool
    /// Whether the device can show a text or a picture.
    public let displays: Bool
    /// Whether the device can show a QR code, by which citizens rate with their own phones.
    public let showsCodes: Bool
    /// Whether the device opens the region's page, on which citizens rate.
    public let opensPages: Bool
    /// Whether the device's firmware can be renewed over its line.
    public let updates: Bool
    /// The levels a citizen can express on it; empty for a device that takes no ratings, such as a scanner.
    public let levels: Set<SatisfactionLevel>
    /// How long a device that is well can say nothing at all; `nil` where silence tells nothing, as with a pad that
    /// speaks only when it is pressed.
    public let longestSilence: Duration?

    /// Takes the statements.
    public init(
        thanks: Thanks, keepsLog: Bool, prompts: Bool, displays: Bool = false, showsCodes: Bool = false,
        opensPages: Bool = false, updates: Bool = false,
        levels: Set<SatisfactionLevel> = Set(SatisfactionLevel.allCases), longestSilence: Duration? = nil
    ) {
        self.thanks = thanks
        self.keepsLog = keepsLog
        self.prompts = prompts
        self.displays = displays
        self.showsCodes = showsCodes
        self.opensPages = opensPages
        self.updates = updates
        self.levels = levels
        self.longestSilence = longestSilence
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the display of a device shows: less than a screen, for a device draws what it can.
public enum DeviceScene: Sendable, Hashable {
    /// Nothing: the device's own standby.
    case nothing
    /// A code to scan, until that moment.
    case code(String, until: MonotonicInstant)
    /// Thanks, whichever level was chosen.
    case thanks
    /// That the window serves nobody for now.
    case paused

    /// The longest that a device is told to show a code, as the native protocol has it (firmware-protocol.md 2.10).
    public static let longestCode = Duration.seconds(3600)
}

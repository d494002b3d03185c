// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a profile offers to halls that show the region's own code.
extension RegionSettings {
    /// Whether the region says if a case has been rated: `calls.rated`.
    public var saysWhetherRated: Bool { profile.calls.rated != nil }

    /// Whether the region gives the code of a case: `calls.code`.
    public var givesCodes: Bool { profile.calls.code != nil }
}

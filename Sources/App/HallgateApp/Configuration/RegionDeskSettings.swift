// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile

/// When regions are asked for what they let the hall know, and for what they hold.
struct RegionDeskSettings: Sendable, Hashable {
    /// How long between two questions for notices: `poll`.
    var pollInterval = Duration.seconds(300)
    /// From which hour of the hall's day on the day before is compared, 0 to 23: `reconcile_hour`.
    var reconcileHour = 3

    /// Reads the section `region`.
    static func read(_ section: ConfigurationSection) -> RegionDeskSettings {
        var settings = RegionDeskSettings()
        settings.pollInterval = section.value(
            "poll", .duration(in: .seconds(1) ... .seconds(86_400)), default: settings.pollInterval)
        settings.reconcileHour = section.value("reconcile_hour", .integer(in: 0...23), default: settings.reconcileHour)
        return settings
    }
}

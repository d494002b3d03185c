// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What the core allows pages, kiosks and phones.
public enum HallLimits {
    /// Most requests of a connection of the web process that are being carried out.
    public static let requestsInFlight = 256
    /// Most screens that a connection of the web process watches.
    public static let watches = 64
    /// Most indicators of one rating: more than any level of any table has.
    public static let indicators = 32
    /// Longest name of a citizen, in characters.
    public static let nameCharacters = 40
    /// Longest telephone number, in characters.
    public static let mobileCharacters = 20
}

extension HallLimits {
    /// Longest name of an ingest source, in bytes.
    public static let ingestSourceBytes = 64
    /// Longest number that an ingest source gives a rating, in bytes.
    public static let ingestNumberBytes = 64
    /// Longest address that leads back to a source's terminal, in bytes.
    public static let backBytes = 255
    /// How long before it is handed over a rating may have been given, in days: a year and the day it began.
    public static let ingestAgeDays: Int64 = 366
}

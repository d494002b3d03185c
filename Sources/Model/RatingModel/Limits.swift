// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Every limit that more than one layer keeps, with the relations between them checked by a test.
public enum Limits {
    /// Longest identifier taken from outside, in UTF-8 bytes.
    public static let identifierBytes = 128
    /// Longest raw frame kept as evidence, in bytes.
    public static let rawFrameBytes = 512
    /// Longest free text of a citizen, in characters: what the national-style "好差评" interfaces take.
    public static let freeTextCharacters = 150
    /// Most records in one group commit.
    public static let groupCommitRecords = 512
    /// Most records in one batch to a region.
    public static let batchRecords = 500
    /// Largest canonical record body, in bytes.
    public static let recordBodyBytes = 16 * 1024
    /// Longest line on a control socket, in bytes.
    public static let controlLineBytes = 1024 * 1024
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import PadProtocol

/// A press as the pad's own memory keeps it: what the citizen did, before anybody else heard of it.
public struct StoredPress: Sendable, Hashable {
    /// The log the press was written into.
    public let log: UInt64
    /// The place in the log, from 1.
    public let sequence: UInt32
    /// How often the pad was pressed in its whole life, this press included.
    public let lifetimeCount: UInt32
    /// Whether a rating key was pressed, or the prompt ended without one.
    public let result: PressResult
    /// 1 (very satisfied) to 5; 0 unless rated.
    public let level: UInt8
    /// The key's number, from 1; 0 unless rated.
    public let key: UInt8
    /// The prompt that was shown; 0 is none.
    public let prompt: UInt32
    /// When, by the lab's wall clock, in milliseconds since the Unix epoch.
    public let wallMilliseconds: Int64

    /// Takes the fields.
    public init(
        log: UInt64, sequence: UInt32, lifetimeCount: UInt32, result: PressResult, level: UInt8, key: UInt8,
        prompt: UInt32, wallMilliseconds: Int64
    ) {
        self.log = log
        self.sequence = sequence
        self.lifetimeCount = lifetimeCount
        self.result = result
        self.level = level
        self.key = key
        self.prompt = prompt
        self.wallMilliseconds = wallMilliseconds
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// Some bytes that went over a line, for the operator.
///
/// They can hold levels: whoever shows them masks them unless an auditor asks (G9). They are kept in memory only.
public struct TrafficRecord: Sendable, Hashable {
    /// Which way they went.
    public enum Direction: Sendable, Hashable {
        /// From the device to the gateway.
        case received
        /// From the gateway to the device.
        case sent
    }

    /// When.
    public let at: MonotonicInstant
    /// Which way.
    public let direction: Direction
    /// The first ``TrafficRing/longest`` of the bytes, as they were read or written in one go.
    public let bytes: [UInt8]

    /// Takes what was seen.
    public init(at: MonotonicInstant, direction: Direction, bytes: [UInt8]) {
        self.at = at
        self.direction = direction
        self.bytes = bytes
    }
}

/// What went over a line since it was opened, in bytes.
public struct TrafficTotals: Sendable, Hashable {
    /// Read from the device.
    public internal(set) var received: UInt64 = 0
    /// Given to the kernel or queued for it.
    public internal(set) var sent: UInt64 = 0
}

/// The last traffic of a line: at most 32 records of at most 128 bytes, so at most 4 KiB.
public struct TrafficRing: Sendable {
    /// Most records kept.
    public static let most = 32
    /// Most bytes kept of one record.
    public static let longest = 128

    private var items: [TrafficRecord] = []
    private var oldest = 0

    /// Starts empty and takes memory only as traffic comes.
    public init() {}

    /// Adds a record in the place of the oldest.
    public mutating func append(
        _ bytes: some Collection<UInt8>, _ direction: TrafficRecord.Direction, at now: MonotonicInstant
    ) {
        let record = TrafficRecord(at: now, direction: direction, bytes: Array(bytes.prefix(Self.longest)))
        if items.count < Self.most {
            items.append(record)
        } else {
            items[oldest] = record
            oldest = (oldest + 1) % Self.most
        }
    }

    /// The records, the oldest first.
    public var records: [TrafficRecord] { Array(items[oldest...] + items[..<oldest]) }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

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

    private var items: [TrafficRecord] = []
    private var oldest = 0
    private var issued: UInt64 = 0
    private var heardAt: MonotonicInstant?

    /// Starts empty and takes memory only as traffic comes.
    public init() {}

    /// Adds a record in the place of the oldest.
    public mutating func append(
        _ bytes: some Collection<UInt8>, _ direction: TrafficRecord.Direction, at now: MonotonicInstant
    ) {
        issued &+= 1
        if direction == .received { heardAt = now }
        let record = TrafficRecord(number: issued, at: now, direction: direction, bytes: bytes)
        if items.count < Self.most {
            items.append(record)
        } else {
            items[oldest] = record
            oldest = (oldest + 1) % Self.most
        }
    }

    /// The records, the oldest first, and when the device was last heard.
    public var traffic: LineTraffic {
        LineTraffic(records: Array(items[oldest...] + items[..<oldest]), heardAt: heardAt)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// Some bytes that went over a line, for the operator.
///
/// They can hold levels: whoever shows them has the driver mask them unless an auditor asks (G9). They are kept in
/// memory only.
public struct TrafficRecord: Sendable, Hashable {
    /// Which way bytes go.
    public enum Direction: String, Sendable, Hashable {
        /// From the device to the gateway.
        case received
        /// From the gateway to the device.
        case sent
    }

    /// Its place in the line's traffic, counted from 1 while the line is open: a hole shows what was missed.
    public let number: UInt64
    /// When.
    public let at: MonotonicInstant
    /// Which way they went.
    public let direction: Direction
    /// The first ``longest`` of the bytes, as they were read or written in one go.
    public let bytes: [UInt8]
    /// How many bytes it was in all.
    public let count: Int

    /// Most bytes kept of one record.
    public static let longest = 128

    /// Takes what was seen.
    public init(number: UInt64, at: MonotonicInstant, direction: Direction, bytes: some Collection<UInt8>) {
        self.number = number
        self.at = at
        self.direction = direction
        self.bytes = Array(bytes.prefix(Self.longest))
        count = bytes.count
    }
}

/// A line's last traffic, and since when the device has been quiet.
public struct LineTraffic: Sendable, Hashable {
    /// The last records, the oldest first.
    public var records: [TrafficRecord]
    /// When the device last sent a byte; `nil` where it sent none since the line was opened.
    public var heardAt: MonotonicInstant?

    /// Takes what is known.
    public init(records: [TrafficRecord] = [], heardAt: MonotonicInstant? = nil) {
        self.records = records
        self.heardAt = heardAt
    }

    /// The bytes of every record as the driver lets them be shown, in the records' order; `nil` is a masked byte.
    ///
    /// A frame may be cut over several records, so each direction is masked as the stream it was. Where a hole in the
    /// numbers or a record that is not whole tears the stream, the driver is asked about each piece by itself.
    public func masked(by driver: some DeviceDriver) -> [[UInt8?]] {
        var shown: [[UInt8?]] = records.map { _ in [] }
        for direction in [TrafficRecord.Direction.received, .sent] {
            var stream: [Int] = []
            var lastNumber: UInt64?
            func close() {
                let bytes = stream.flatMap { records[$0].bytes }
                var masked = driver.masked(bytes, direction)[...]
                // A driver that answers for another number of bytes is not believed.
                if masked.count != bytes.count { masked = bytes.map { _ in nil }[...] }
                for index in stream {
                    let count = records[index].bytes.count
                    shown[index] = Array(masked.prefix(count))
                    masked = masked.dropFirst(count)
                }
                stream = []
            }
            for (index, record) in records.enumerated() {
                if let lastNumber, record.number != lastNumber &+ 1 { close() }
                lastNumber = record.number
                guard record.direction == direction else { continue }
                stream.append(index)
                if record.count > record.bytes.count { close() }
            }
            close()
        }
        return shown
    }
}

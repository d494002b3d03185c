// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI

/// An open line of a ``DeviceLoop``; letting go of it closes the line.
public final class LoopConnection: DeviceConnection {
    private let loop: DeviceLoop
    private let number: UInt64

    init(loop: DeviceLoop, number: UInt64) {
        self.loop = loop
        self.number = number
    }

    deinit { loop.letGo(number) }

    /// What the driver put out; every call gives a view of the same queue, which has one reader.
    public var outputs: AsyncStream<DeviceOutput> {
        AsyncStream { await self.loop.nextOutput(of: self.number) }
    }

    public func handle(_ event: DriverEvent) async { await loop.handle(event, on: number) }

    public func finish() async { await loop.finish(number) }

    public func close() async { await loop.close(number) }

    public func traffic() async -> LineTraffic { await loop.traffic(of: number) }

    /// The last bytes that went over the line, the oldest first; empty once the line is gone.
    public func recentTraffic() async -> [TrafficRecord] { await traffic().records }

    /// How many bytes went over the line; none once the line is gone.
    public func totals() async -> TrafficTotals { await loop.totals(of: number) }
}

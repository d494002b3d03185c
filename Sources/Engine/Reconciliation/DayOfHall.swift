// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A day by the clock on the hall's wall.
public struct DayOfHall: Sendable, Hashable, Comparable {
    /// Days since the first of January 1970.
    private let number: Int64

    /// The day of a moment in a zone.
    public init(of time: WallTime, in zone: HallZone) {
        let seconds = Int64((Double(time.millisecondsSinceEpoch) / 1000).rounded(.down)) + zone.offsetSeconds
        number = Int64((Double(seconds) / 86_400).rounded(.down))
    }

    /// Reads `yyyy-MM-dd`; `nil` for anything but a day that exists.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int64(parts[0]), let month = Int64(parts[1]),
            let day = Int64(parts[2]), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        number =
            CivilDate.secondsSinceEpoch(year: year, month: month, day: day, hour: 0, minute: 0, second: 0) / 86_400
        guard self.text == text else { return nil }
    }

    private init(number: Int64) { self.number = number }

    /// The day before.
    public var before: DayOfHall { DayOfHall(number: number - 1) }

    /// `yyyy-MM-dd`.
    public var text: String {
        String(HallZone.utc.text(of: WallTime(millisecondsSinceEpoch: number * 86_400_000)).prefix(10))
    }

    /// The moments of the day in a zone.
    public func span(in zone: HallZone) -> Range<WallTime> {
        let start = (number * 86_400 - zone.offsetSeconds) * 1000
        return WallTime(millisecondsSinceEpoch: start)..<WallTime(millisecondsSinceEpoch: start + 86_400_000)
    }

    public static func < (left: DayOfHall, right: DayOfHall) -> Bool { left.number < right.number }
}

/// When the day before is compared: once after an hour of the hall's clock, and again a while after a failure.
public struct DailyComparison: Sendable {
    /// From which hour of the hall's day on, 0 to 23: the region needs time to count.
    public let hour: Int64
    private let zone: HallZone
    private let retryAfter: Duration
    private var done: DayOfHall?
    private var notBefore: MonotonicInstant?

    /// Takes the hour, the zone and how long after a failure it is tried again.
    public init(hour: Int, zone: HallZone, retryAfter: Duration = .seconds(600)) {
        self.hour = Int64(hour)
        self.zone = zone
        self.retryAfter = retryAfter
    }

    /// The day that is to be compared now, if any; without a trusted clock there is none.
    public func due(at now: CaptureTime) -> DayOfHall? {
        guard now.isWallTrusted, notBefore.map({ now.monotonic >= $0 }) ?? true else { return nil }
        let today = DayOfHall(of: now.wall, in: zone)
        let hourNow = CivilDate(secondsSinceEpoch: now.wall.millisecondsSinceEpoch / 1000 + zone.offsetSeconds).hour
        guard hourNow >= hour, done.map({ $0 < today.before }) ?? true else { return nil }
        return today.before
    }

    /// It was compared.
    public mutating func finished(_ day: DayOfHall) {
        done = day
        notBefore = nil
    }

    /// It could not be compared.
    public mutating func failed(at now: CaptureTime) { notBefore = now.monotonic.advanced(by: retryAfter) }
}

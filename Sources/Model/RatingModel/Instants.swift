// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A moment by the wall clock, in milliseconds since 1970-01-01T00:00:00Z; for people and regions, never for order.
public struct WallTime: Sendable, Hashable, Comparable {
    /// Milliseconds since the Unix epoch; negative before it.
    public let millisecondsSinceEpoch: Int64

    /// Wraps a count of milliseconds.
    public init(millisecondsSinceEpoch: Int64) { self.millisecondsSinceEpoch = millisecondsSinceEpoch }

    public static func < (left: WallTime, right: WallTime) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }
}

/// A moment by the clock that never steps: nanoseconds since the computer started, sleep included.
///
/// Instants compare across restarts of the daemon, and only within one boot: see ``BootID``.
public struct MonotonicInstant: Sendable, Hashable, InstantProtocol {
    /// Nanoseconds since boot.
    public let nanoseconds: Int64

    /// Wraps a count of nanoseconds.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    public func advanced(by duration: Duration) -> MonotonicInstant {
        let (seconds, attoseconds) = duration.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (nanos, overflow2) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        let (sum, overflow3) = nanoseconds.addingReportingOverflow(nanos)
        guard !overflow, !overflow2, !overflow3 else {
            return MonotonicInstant(nanoseconds: seconds < 0 ? .min : .max)
        }
        return MonotonicInstant(nanoseconds: sum)
    }

    public func duration(to other: MonotonicInstant) -> Duration {
        .nanoseconds(other.nanoseconds.subtractingReportingOverflow(nanoseconds).partialValue)
    }

    public static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

/// Which start of the computer an instant belongs to (`/proc/sys/kernel/random/boot_id`).
public struct BootID: Sendable, Hashable {
    /// The kernel's text, 36 characters.
    public let value: String

    /// Wraps the kernel's text.
    public init(_ value: String) { self.value = value }
}

/// When something happened, by every clock there is, and whether the wall clock could be trusted (G8).
public struct CaptureTime: Sendable, Hashable {
    /// The wall clock's reading.
    public let wall: WallTime
    /// The monotonic clock's reading.
    public let monotonic: MonotonicInstant
    /// Which boot ``monotonic`` counts from.
    public let boot: BootID
    /// Whether the kernel said that the wall clock was synchronised.
    public let isWallTrusted: Bool

    /// Takes the readings together.
    public init(wall: WallTime, monotonic: MonotonicInstant, boot: BootID, isWallTrusted: Bool) {
        self.wall = wall
        self.monotonic = monotonic
        self.boot = boot
        self.isWallTrusted = isWallTrusted
    }

    /// The moment `age` earlier by each clock, for a press that a pad kept before it could report it.
    public func earlier(by age: Duration) -> CaptureTime {
        // Ages come from outside: beyond a century they say nothing, and must not overflow.
        let age = min(max(age, .zero), .seconds(3_155_760_000))
        let milliseconds = age.components.seconds * 1000 + age.components.attoseconds / 1_000_000_000_000_000
        return CaptureTime(
            wall: WallTime(
                millisecondsSinceEpoch: wall.millisecondsSinceEpoch.subtractingReportingOverflow(milliseconds)
                    .partialValue),
            monotonic: monotonic.advanced(by: .zero - age), boot: boot, isWallTrusted: isWallTrusted)
    }
}

extension CaptureTime {
    /// How long ago this moment was at least, whatever the clocks did since.
    ///
    /// Within a boot the monotonic clock says it. Across boots two trusted wall clocks do; and the present boot has
    /// lasted for so long that what was before it is older than that.
    public func leastAge(at now: CaptureTime) -> Duration {
        if boot == now.boot { return max(.zero, monotonic.duration(to: now.monotonic)) }
        let sinceBoot = MonotonicInstant(nanoseconds: 0).duration(to: now.monotonic)
        guard isWallTrusted, now.isWallTrusted else { return max(.zero, sinceBoot) }
        let passed = now.wall.millisecondsSinceEpoch.subtractingReportingOverflow(wall.millisecondsSinceEpoch)
        return max(.zero, sinceBoot, passed.overflow ? .zero : .milliseconds(passed.partialValue))
    }
}

/// Where the engine reads the time, so that tests and the simulator set it.
public protocol GatewayClock: Sendable {
    /// The time now by every clock.
    func now() -> CaptureTime
}

extension Duration {
    /// Whole seconds, a part of one counting as one; 0 for a time that is over.
    public var secondsCountedUp: Int {
        let (seconds, rest) = components
        return Int(clamping: max(0, rest > 0 ? seconds + 1 : seconds))
    }

    /// What somebody is told who is to come again after it: whole seconds, at least one.
    public var secondsToWait: Int { max(1, secondsCountedUp) }
}

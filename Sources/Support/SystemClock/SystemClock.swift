// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
public import RatingModel
import Synchronization

/// The computer's own clocks: wall time, time since boot with sleep, the boot's id, and the kernel's word on trust (G8).
///
/// A reading of both clocks costs no system call; the kernel is asked for its trust once a second, which locks.
public struct SystemClock: GatewayClock {
    private let boot: BootID
    private let trust = KernelTrust()

    /// Reads the boot's id once, since it cannot change while this process lives.
    ///
    /// Where `/proc` is not readable the id is `unknown`, so that instants are compared with those of no other run.
    public init() {
        boot = BootID(Self.readBootID() ?? "unknown")
    }

    public func now() -> CaptureTime {
        let monotonic = Self.nanoseconds(CLOCK_BOOTTIME)
        return CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: Self.nanoseconds(CLOCK_REALTIME) / 1_000_000),
            monotonic: MonotonicInstant(nanoseconds: monotonic), boot: boot, isWallTrusted: trust.isGiven(at: monotonic)
        )
    }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var reading = timespec()
        clock_gettime(clock, &reading)
        return Int64(reading.tv_sec) * 1_000_000_000 + Int64(reading.tv_nsec)
    }

    private static func readBootID() -> String? {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 36 else { return nil }
        return String(decoding: bytes[..<36], as: UTF8.self)
    }
}

/// Whether the kernel holds its wall clock for synchronised, as it said within the last second.
private final class KernelTrust: Sendable {
    private static let nanosecondsKept: Int64 = 1_000_000_000

    private let askedAt = Atomic<Int64>(.min)
    private let answer = Atomic<Bool>(false)

    /// The answer at a time since boot, in nanoseconds.
    func isGiven(at now: Int64) -> Bool {
        let asked = askedAt.load(ordering: .acquiring)
        if asked != .min, now - asked < Self.nanosecondsKept { return answer.load(ordering: .relaxed) }
        let isSynchronised = hallgate_clock_synchronised() == 1
        answer.store(isSynchronised, ordering: .relaxed)
        askedAt.store(now, ordering: .releasing)
        return isSynchronised
    }
}

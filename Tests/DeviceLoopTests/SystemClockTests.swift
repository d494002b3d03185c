// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel
import SystemClock
import Testing

struct SystemClockTests {
    @Test func theClocksAgreeWithTheKernel() {
        let clock = SystemClock()
        let first = clock.now()
        let second = clock.now()
        #expect(first.monotonic <= second.monotonic)
        #expect(first.boot == second.boot)
        #expect(first.boot.value.count == 36)
        #expect(abs(first.wall.millisecondsSinceEpoch / 1000 - Int64(time(nil))) <= 1)
        var reading = timespec()
        clock_gettime(CLOCK_BOOTTIME, &reading)
        #expect(abs(Int64(reading.tv_sec) - second.monotonic.nanoseconds / 1_000_000_000) <= 1)
    }
}

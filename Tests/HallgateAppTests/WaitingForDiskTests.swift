// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceLoop
import Glibc
import Testing

@testable import HallgateApp

private actor FileOwner {
    func thread() -> UInt { UInt(pthread_self()) }
}

@Suite struct WaitingForDiskTests {
    @Test func `what waits for the disk does so on another thread than the lines'`() async throws {
        let loop = try DeviceLoop()
        let (device, disk, after) = await withTaskExecutorPreference(loop.tasks) {
            let owner = FileOwner()
            let device = await owner.thread()
            let disk = await waitingForDisk { await owner.thread() }
            // Another owner, for the disk's thread may be about to let go of that one, and would take the call with it.
            return (device, disk, await FileOwner().thread())
        }
        #expect(disk != device && after == device)
        await loop.shutdown()
    }
}

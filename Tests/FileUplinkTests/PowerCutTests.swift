// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import FileUplink

@Suite struct PowerCutTests {
    /// Two bundles, a receipt, and a third bundle, with the power cut in every step of it: afterwards the daemon starts
    /// again and delivers what it had, and the region has each rating once, in bundles without a gap.
    @Test(arguments: PowerCutDisk.Names.allCases) func everyStepCanBeTheLast(_ names: PowerCutDisk.Names) async throws {
        let whole = PowerCutDisk(steps: .max, names: names)
        try await run(whole)
        #expect(whole.steps > 20)
        for step in 0..<whole.steps {
            let disk = PowerCutDisk(steps: step, names: names)
            try await run(disk)
            #expect(disk.isOff, "step \(step)")
        }
    }

    private func run(_ disk: PowerCutDisk) async throws {
        let hall = try BundleFixture()
        let before = try hall.uplink(disk: disk)
        var region = SwiftRegion(hall)
        _ = await before.deliver(samples(1...3))
        _ = await before.deliver(samples(4...5))
        try region.work()
        _ = await before.lookForReceipts()
        _ = await before.deliver(samples(1...6))
        // What a forwarder does after a start: everything that is not settled, again.
        let after = try hall.uplink()
        #expect(await after.deliver(samples(1...6)).failure == nil)
        try region.work()
        let report = await after.deliver(samples(1...6))
        let isThere = report.verdicts?.allSatisfy { $0 == .accepted || $0 == .duplicate }
        #expect(isThere == true, "after \(disk.steps) steps: \(report)")
        #expect(region.ratings.count == 6 && region.repeated == 0, "after \(disk.steps) steps")
        #expect(region.isWithoutGap, "after \(disk.steps) steps")
        #expect(try hall.names(nil, ".bundle") == [], "after \(disk.steps) steps")
    }
}

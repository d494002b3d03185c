// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Synchronization
import Testing
import UplinkAPI

@testable import FileUplink

/// The uplink with somebody who carries each bundle to the region and the receipt back before a delivery ends.
private struct CarriedUplink: Uplink {
    let uplink: FileUplink
    let carry: @Sendable () throws -> Void

    var name: UplinkName { uplink.name }
    var limits: UplinkLimits { uplink.limits }

    func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        let report = await uplink.deliver(batch)
        do { try carry() } catch { return report }
        guard report.verdicts?.contains(.awaitingReceipt) == true else { return report }
        return await uplink.deliver(batch)
    }

    func probe() async -> ProbeResult? { await uplink.probe() }
}

private final class CarriedFixture: UplinkFixture {
    private struct Near: Sendable {
        let disk: SwitchedDisk
        let uplink: FileUplink
    }

    private let hall: BundleFixture
    private let stick: SwitchedDisk.Stick
    private let region: RegionBox
    private let near: Mutex<Near>

    /// The region, which several deliveries may be carried to at once.
    final class RegionBox: Sendable {
        private let region: Mutex<SwiftRegion>
        init(_ hall: BundleFixture) { region = Mutex(SwiftRegion(hall)) }
        func use<Answer: Sendable>(_ body: (inout SwiftRegion) throws -> Answer) rethrows -> Answer {
            try region.withLock { region in try body(&region) }
        }
    }

    init(_ hall: BundleFixture) throws {
        self.hall = hall
        stick = SwitchedDisk.Stick(hall.stick)
        region = RegionBox(hall)
        near = Mutex(try Self.start(hall, stick))
    }

    private static func start(_ hall: BundleFixture, _ stick: SwitchedDisk.Stick) throws -> Near {
        let disk = SwitchedDisk(stick)
        return Near(disk: disk, uplink: try hall.uplink(disk: disk))
    }

    var uplink: any Uplink {
        CarriedUplink(uplink: near.withLock { $0.uplink }) { [region] in try region.use { try $0.work() } }
    }

    func behave(_ behaviour: RegionBehaviour) async {
        region.use { region in
            region.refusal = behaviour == .refusingWhole ? "success=false" : nil
            region.answers = behaviour != .losingAnswers
            region.rejectsNext = behaviour == .rejectingOne
            region.putsOff = behaviour == .retrying
        }
        let faults: [RegionBehaviour: SwitchedDisk.Fault] = [
            .losingAnswers: .syncLost, .failing: .failing, .breakingSessions: .torn, .silent: .silent, .slow: .slow,
        ]
        stick.become(faults[behaviour] ?? .none)
    }

    func storedRatings() async throws -> Int {
        // What is on the stick reaches the region also when the gateway does not know that it is there.
        if stick.now == .syncLost { try region.use { try $0.work() } }
        return region.use { $0.ratings.count }
    }

    /// A region is a desk where sticks are read: what it stored is all it has.
    func restartFarSide() async {}

    func restartNearSide() async throws {
        near.withLock { $0.disk.kill() }
        let fresh = try Self.start(hall, stick)
        near.withLock { $0 = fresh }
    }

    func impossible(_ behaviour: RegionBehaviour) -> String? {
        behaviour == .silentOnOne ? "a rating of which a receipt does not speak goes on waiting for one that does" : nil
    }
}

@Suite struct ConformanceTests {
    @Test(arguments: FileUplinkConfiguration.Signature.allCases)
    func theUplinkKeepsTheContract(_ signature: FileUplinkConfiguration.Signature) async throws {
        let fixture = try CarriedFixture(BundleFixture(signature))
        let complaints = try await UplinkConformance.complaints(of: fixture)
        #expect(complaints == [], "\(complaints.joined(separator: "; "))")
    }

    @Test func aDiskThatHangsIsGivenUpAndTheNextOneIsHeard() async throws {
        let hall = try BundleFixture()
        let stick = SwitchedDisk.Stick(hall.stick)
        let uplink = try hall.uplink(disk: SwitchedDisk(stick)) { $0.writeTimeout = .milliseconds(500) }
        stick.become(.silent)
        #expect(await uplink.deliver(samples(1...1)).failure?.code == "bundle.disk-silent")
        stick.become(.none)
        await uplink.shutdown()
        #expect(await uplink.deliver(samples(1...1)).verdicts == [.awaitingReceipt])
        #expect(try hall.region().ratings == 1)
    }
}

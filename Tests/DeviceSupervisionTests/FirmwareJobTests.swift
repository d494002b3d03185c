// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
import RatingModel
import Testing

@testable import DeviceSupervision

/// A firmware update over the device's going away and coming back.
@Suite struct FirmwareJobTests {
    private static let image = FirmwareImage(
        release: 7, version: "2.0", model: "", hash: [], signature: [], bytes: [UInt8](repeating: 5, count: 1000))

    private func pad(_ firmware: String = "1.0", _ device: String = "pad-1", at address: BusAddress? = nil)
        -> DeviceIdentity
    {
        DeviceIdentity(device: DeviceID(device), log: 1, model: "HG-5", firmware: firmware, address: address)
    }

    private func job(at address: BusAddress? = nil) -> FirmwareJob {
        FirmwareJob(Self.image, path: "/pad", for: pad(at: address))
    }

    @Test func `an update goes its way, and its image is not kept longer than needed`() {
        var job = job()
        #expect(job.report.state == .offered && job.report.runs == "1.0" && job.report.size == 1000)
        let steps: [(FirmwareJob.Event, UpdateReport.State, Int)] = [
            (.progressed(.received(bytes: 0)), .receiving, 0), (.progressed(.received(bytes: 200)), .receiving, 200),
            (.progressed(.received(bytes: 1000)), .receiving, 1000), (.progressed(.verified), .verified, 1000),
            (.progressed(.installing), .restarting, 1000), (.lost, .restarting, 1000),
            (.identified(pad("2.0")), .installed, 1000), (.progressed(.received(bytes: 3)), .installed, 1000),
        ]
        for (number, (event, state, received)) in steps.enumerated() {
            #expect(job.handle(event) == nil, "step \(number)")
            #expect(job.report.state == state && job.report.received == received, "step \(number)")
        }
        #expect(job.report.runs == "2.0" && job.report.resumedAt == nil && job.image == nil && job.report.isOver)
    }

    @Test func `a pad that was away is told again, and says where it goes on`() {
        var job = job()
        _ = job.handle(.progressed(.received(bytes: 0)))
        _ = job.handle(.progressed(.received(bytes: 400)))
        #expect(job.handle(.lost) == nil && job.report.state == .waiting && job.report.received == 400)
        #expect(job.handle(.identified(pad("1.0", "pad-2"))) == nil, "another pad in its place is not updated")
        #expect(job.report.state == .waiting)
        #expect(job.handle(.identified(pad())) == .update(Self.image) && job.report.state == .offered)
        _ = job.handle(.progressed(.received(bytes: 200)))
        _ = job.handle(.progressed(.received(bytes: 400)))
        #expect(job.report.resumedAt == 200, "where the pad was, whatever had been heard before")
    }

    @Test func `the word that it installs was lost, and its hello tells`() {
        var job = job()
        _ = job.handle(.progressed(.received(bytes: 1000)))
        _ = job.handle(.progressed(.verified))
        _ = job.handle(.lost)
        #expect(job.handle(.identified(pad("2.0"))) == nil && job.report.state == .installed)
    }

    @Test func `a pad that went back is told of as such, until it says the new version after all`() {
        var job = job()
        _ = job.handle(.progressed(.installing))
        #expect(job.handle(.identified(pad("1.0"))) == nil && job.report.state == .wentBack)
        _ = job.handle(.identified(pad("2.0")))
        #expect(job.report.state == .installed)
    }

    @Test func `a refusal ends it and frees the image`() {
        for refusal in FirmwareRefusal.allCases {
            var job = job()
            _ = job.handle(.progressed(.refused(refusal)))
            #expect(job.report.state == .refused && job.report.refusal == refusal.rawValue && job.image == nil)
            #expect(job.handle(.identified(pad())) == nil, "it is not begun again by itself")
            let error = GatewayError.notUpdated(job.report)
            #expect(
                error.code.hasPrefix("update.") && error.code != "update.refused", "\(refusal) has words of its own")
            #expect(error.message.chinese != error.message.english && error.hint.chinese != error.hint.english)
        }
    }

    @Test func `on a bus other addresses tell nothing of it`() {
        var job = job(at: 5)
        _ = job.handle(.progressed(.installing))
        #expect(job.handle(.identified(pad("1.0", at: 6))) == nil && job.report.state == .restarting)
        #expect(job.handle(.identified(pad("1.0", "pad-2", at: 5))) == nil && job.report.state == .restarting)
        _ = job.handle(.identified(pad("2.0", at: 5)))
        #expect(job.report.state == .installed)
    }

    @Test func `what is taken back is over`() {
        var job = job()
        #expect(job.handle(.cancelled) == .cancelUpdate)
        #expect(job.report.state == .cancelled && job.handle(.identified(pad())) == nil)
    }
}

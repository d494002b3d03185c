// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FileUplink
import Logging
import RatingModel
import RegionProfiles
import Synchronization
import Testing
import UplinkAPI

@testable import HallgateApp

@Suite struct PatientUplinkTests {
    private static let settings = GatewayConfiguration.Uplink(
        name: UplinkName("region"), region: RegionSettings(),
        kind: .file(
            FileUplinkConfiguration(
                directory: "/nowhere", gateway: "hall", key: "/nowhere/key", receiptKey: "/nowhere/region")))

    /// A certificate that ran out keeps ratings waiting with its reason; it neither throws nor parks, nor stops a start.
    @Test func whatCannotBeOpenedIsUnreachableWithItsReason() async {
        let expired = GatewayError(
            "uplink.certificate-expired", LocalText("expired", "已过期"), hint: LocalText("renew it", "请更换"))
        let uplink = PatientUplink(Self.settings, logger: Logger(label: "test")) { _ throws(GatewayError) in
            throw expired
        }
        #expect(await uplink.deliver([]) == .unreachable(expired, mayHaveArrived: false, retryAfter: nil))
        #expect(await uplink.probe() == .failed(expired))
        await uplink.shutdown()
    }

    /// Ratings and invitations have a call each under way when the token is refused to one of them.
    @Test func anUplinkThatIsRenewedIsLetGoAfterItsLastCall() async throws {
        let refusing = SlowUplink()
        let fresh = SlowUplink()
        let opened = Mutex([refusing, fresh])
        let uplink = PatientUplink(Self.settings, logger: Logger(label: "test")) { _ throws(GatewayError) in
            opened.withLock { $0.removeFirst() }
        }
        async let slow = uplink.deliver([])
        #expect(await eventually(within: .seconds(120)) { refusing.calls == 1 })
        async let refused = uplink.deliver([])
        #expect(await eventually(within: .seconds(120)) { refusing.calls == 2 })
        refusing.answer(.unreachable(.refusedToken, mayHaveArrived: false, retryAfter: nil))
        let isRenewed = await eventually(within: .seconds(120)) {
            if case .success(let now) = await uplink.opened() { now === fresh } else { false }
        }
        #expect(isRenewed)
        async let next = uplink.deliver([])
        #expect(await eventually(within: .seconds(120)) { fresh.calls == 1 })
        #expect(!refusing.isShutDown, "a call is under way")
        refusing.answer(.answered([]))
        fresh.answer(.answered([]))
        _ = await (slow, refused, next)
        #expect(await eventually(within: .seconds(120)) { refusing.isShutDown })
        #expect(!fresh.isShutDown)
        await uplink.shutdown()
        #expect(fresh.isShutDown)
    }
}

/// An uplink whose calls end when a test says so.
private final class SlowUplink: OpenedUplink {
    private struct State {
        var (calls, isShutDown) = (0, false)
        var waiting: [CheckedContinuation<DeliveryReport, Never>] = []
    }

    let name = UplinkName("region")
    let limits = RegionSettings().limits
    private let state = Mutex(State())

    var calls: Int { state.withLock { $0.calls } }
    var isShutDown: Bool { state.withLock { $0.isShutDown } }

    func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.calls += 1
                state.waiting.append(continuation)
            }
        }
    }

    /// Ends the call that came last.
    func answer(_ report: DeliveryReport) { state.withLock { $0.waiting.popLast() }?.resume(returning: report) }

    func probe() async -> ProbeResult? { nil }

    func shutdown() async { state.withLock { $0.isShutDown = true } }
}

extension GatewayError {
    fileprivate static let refusedToken = GatewayError(
        "uplink.unauthorized", LocalText("refused", "拒绝"), hint: LocalText("renew it", "请更换"))
}

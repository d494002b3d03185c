// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FileUplink
import HTTPSUplink
import KafkaUplink
import Logging
import MQTTUplink
import RatingModel
import UplinkAPI

/// An uplink that was opened, with what it holds until it is shut down.
protocol OpenedUplink: Uplink, AnyObject {
    /// Asks the region something beside taking ratings; throws where its way carries no questions.
    func ask(_ question: RegionQuestion) async throws(GatewayError) -> RegionReply
    /// Lets go of what it holds; every call must have returned.
    func shutdown() async
}

extension HTTPSUplink: OpenedUplink {}

extension FileUplink: OpenedUplink {}
#if MQTT
extension MQTTUplink: OpenedUplink {}
#endif
#if Kafka
extension KafkaUplink: OpenedUplink {}
#endif

extension OpenedUplink {
    func ask(_ question: RegionQuestion) async throws(GatewayError) -> RegionReply {
        throw GatewayError(
            "uplink.asks-nothing", LocalText("this kind of uplink asks nothing", "此类上行链路不能查询上级系统"),
            hint: LocalText("ask at the region's own desk", "请直接向上级系统查询"))
    }
}

/// An uplink that is opened when it is first needed, and again until it can be.
///
/// A certificate that ran out, or a key that does not fit, must not keep a hall from recording: the ratings wait, the
/// status says why, and the line goes on by itself once the file is mended.
actor PatientUplink: Uplink {
    nonisolated let name: UplinkName
    nonisolated let limits: UplinkLimits
    private let open: @Sendable () throws(GatewayError) -> any OpenedUplink
    private var uplink: (any OpenedUplink)?
    private let logger: Logger

    init(
        name: UplinkName, limits: UplinkLimits, logger: Logger,
        open: @escaping @Sendable () throws(GatewayError) -> any OpenedUplink
    ) {
        self.name = name
        self.limits = limits
        self.logger = logger
        self.open = open
    }

    /// Opens the uplink if it is not open; answers with what keeps it from being so.
    func opened() -> Result<any OpenedUplink, GatewayError> {
        if let uplink { return .success(uplink) }
        do throws(GatewayError) {
            let fresh = try open()
            uplink = fresh
            return .success(fresh)
        } catch {
            logger.error("the uplink cannot be opened", metadata: ["uplink": "\(name)", "error": "\(error)"])
            return .failure(error)
        }
    }

    nonisolated func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        switch await opened() {
        case .success(let uplink):
            let report = await uplink.deliver(batch)
            if case .unreachable(let error, _, _) = report, Self.renewable.contains(error.code) { await reopen(uplink) }
            return report
        case .failure(let error):
            return .unreachable(error, mayHaveArrived: false, retryAfter: nil)
        }
    }

    /// What a renewed token or certificate mends: the files are read again before the next try.
    private static let renewable: Set<String> = [
        "uplink.unauthorized", "uplink.no-tls", "uplink.certificate-untrusted", "uplink.client-certificate-refused",
    ]

    private func reopen(_ failed: any OpenedUplink) async {
        guard uplink === failed else { return }
        uplink = nil
        await failed.shutdown()
    }

    nonisolated func probe() async -> ProbeResult? {
        switch await opened() {
        case .success(let uplink): await uplink.probe()
        case .failure(let error): .failed(error)
        }
    }

    /// Asks the region something beside taking ratings.
    nonisolated func ask(_ question: RegionQuestion) async throws(GatewayError) -> RegionReply {
        try await opened().get().ask(question)
    }

    /// Closes the connections, if any were made.
    func shutdown() async { await uplink?.shutdown() }
}

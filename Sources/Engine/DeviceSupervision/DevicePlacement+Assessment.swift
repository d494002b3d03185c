// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension DevicePlacement {
    /// What follows from everything that is known.
    struct Assessment {
        var resolutions: [String: Resolution] = [:]
        var alerts: [PlacementAlert] = []
        var strangers: Set<String> = []
    }

    /// Looks at all lines together, since what is on one says something of the others; notes what is new and in order.
    mutating func assess() -> Assessment {
        var result = Assessment()
        resolve(&result)
        for line in lines {
            lookAtHardware(of: line, &result)
            // An adapter in a wrong place says already what its pad would say.
            if !result.strangers.contains(line.path) { lookAtName(on: line, &result) }
        }
        return result
    }

    /// Finds the node of each line that is known by a match; a serial number goes before a port.
    private func resolve(_ result: inout Assessment) {
        var owner: [String: String] = [:]
        let matched = lines.filter { $0.match != nil }
        for line in matched.filter({ $0.match?.serial != nil }) + matched.filter({ $0.match?.serial == nil }) {
            let found = nodes(of: line)
            let resolution: Resolution
            if let only = found.first, found.count == 1 {
                resolution = owner[only.node].map { .taken(by: $0) } ?? .node(only.node)
                if owner[only.node] == nil { owner[only.node] = line.path }
            } else {
                resolution = !found.isEmpty ? .ambiguous(found) : isInformed ? .missing : .unknown
            }
            result.resolutions[line.path] = resolution
        }
    }

    /// The nodes that a line can mean.
    ///
    /// A keyboard is several input devices: one with the letters and digits, others for volume or power, even on one
    /// interface. It is one device all the same, and what a pad types comes from the one that has digits, of several the
    /// one of the first interface.
    private func nodes(of line: PlacedLine) -> [DiscoveredDevice] {
        let found = devices.values.filter(line.covers).sorted {
            ($0.interface ?? "", $0.node.utf8.count, $0.node) < ($1.interface ?? "", $1.node.utf8.count, $1.node)
        }
        guard line.kind == .evdev, let first = found.first, found.count > 1,
            found.allSatisfy({ $0.isSameHardware(as: first) })
        else { return found }
        let best = found.filter { $0.typesDigits == true }
        return Array((best.isEmpty ? found : best).prefix(1))
    }

    private mutating func lookAtHardware(of line: PlacedLine, _ result: inout Assessment) {
        switch result.resolutions[line.path] {
        case .node(let node):
            guard let device = devices[node] else { return }
            lookAt(device, on: line, &result)
        case .ambiguous(let devices):
            result.alerts.append(
                .ambiguous(line: line.name, ports: devices.map { $0.portPath ?? $0.node }))
        case .taken(let other):
            result.alerts.append(.swapped(line: line.name, owner: name(of: other)))
        case .missing, .unknown, nil:
            break
        }
    }

    private mutating func lookAt(_ device: DiscoveredDevice, on line: PlacedLine, _ result: inout Assessment) {
        let place = placeOf[line.path] ?? DevicePlace(line: line.path)
        if line.match?.serial != nil {
            if let port = place.port, let now = device.portPath, port != now {
                result.alerts.append(.moved(line: line.name, from: port, to: now))
            } else {
                placeOf[line.path, default: place].note(device)
            }
        } else if let owner = owner(ofHardware: device, besides: line) {
            result.strangers.insert(line.path)
            result.alerts.append(.swapped(line: line.name, owner: owner))
        } else if place.hasHardware, !place.isHardware(device) {
            result.strangers.insert(line.path)
            result.alerts.append(.replaced(line: line.name, was: place.serial, now: device.serial))
        } else {
            placeOf[line.path, default: place].note(device)
        }
    }

    /// The line that an adapter is known to belong to; only a serial number of its own tells adapters of a make apart.
    private func owner(ofHardware device: DiscoveredDevice, besides line: PlacedLine) -> String? {
        guard device.serial != nil, !isCommon(device), placeOf[line.path]?.isHardware(device) != true else {
            return nil
        }
        return lines.first { other in
            other.path != line.path && other.kind == line.kind && placeOf[other.path]?.isHardware(device) == true
        }?.name
    }

    /// Whether several adapters have this one's serial number, as those of some makes all have: then it names none.
    private func isCommon(_ device: DiscoveredDevice) -> Bool {
        let twins = devices.values.contains { other in
            other.socket != device.socket && other.vendor == device.vendor && other.product == device.product
                && other.serial == device.serial
        }
        return twins || placeOf.values.count { $0.isHardware(device) } > 1
    }

    /// A device that gives itself a name is known by it, also behind an adapter that has no serial number.
    private mutating func lookAtName(on line: PlacedLine, _ result: inout Assessment) {
        guard let device = presentOn[line.path] else { return }
        let expected = placeOf[line.path]?.device
        guard expected != device else { return }
        let owner = lines.first { $0.path != line.path && placeOf[$0.path]?.device == device }
        if let owner {
            result.strangers.insert(line.path)
            result.alerts.append(.swapped(line: line.name, owner: owner.name))
        } else if let expected {
            result.strangers.insert(line.path)
            result.alerts.append(.replaced(line: line.name, was: expected.value, now: device.value))
        } else {
            placeOf[line.path, default: DevicePlace(line: line.path)].device = device
        }
    }

    private func name(of path: String) -> String { lines.first { $0.path == path }?.name ?? path }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FoundationEssentials

/// A line on which a device nobody configured can be.
struct LearnLine: Sendable, Hashable {
    /// The node, link or address that is opened.
    let path: String
    let kind: DeviceLine.Kind
    /// What a configuration names it by.
    let place: DeviceStanza.Place
    /// How well each driver's fingerprints fit, by name.
    let scores: [String: Int]
    /// Whether its keys are kept from everybody else meanwhile: not where an operator may be typing on it.
    let isGrabbed: Bool
}

/// Finds such lines.
struct LearnLines: Sendable {
    /// Where the system names serial devices by the port they hang on, the best names first; for machines without udev.
    static let directories = ["/dev/hallgate/by-path", "/dev/serial/by-path", "/dev/serial/by-id"]

    let configured: [DeviceLine]
    /// Whether keyboards that were plugged in before are listened on, the operator's own included.
    var includesKeyboards = false
    /// Everything the system has, by node; empty without udev.
    private(set) var devices: [String: DiscoveredDevice] = [:]
    private var seen: Set<String> = []

    init(configured: [DeviceLine]) { self.configured = configured }

    /// Lines that the operator named.
    mutating func named(_ paths: [String], addresses: [String], isRFC2217: Bool) -> [LearnLine] {
        paths.map { path in
            let node = Self.resolved(path)
            let device = devices.values.first { $0.node == path || $0.node == node || $0.links.contains(path) }
            return line(path, device?.kind ?? Self.kind(of: node), device, isGrabbed: true)
        }
            + addresses.map { address in
                LearnLine(
                    path: address, kind: isRFC2217 ? .rfc2217 : .tcp, place: .address(address), scores: [:],
                    isGrabbed: false)
            }
    }

    /// Takes what the system has, and answers with the lines that are new and in no configuration.
    ///
    /// Nothing tells a pad from the keyboard that the operator types on, so an input device counts where it was plugged
    /// in just now; a raw HID device where its reports are its maker's own, for mice and keyboards send reports too.
    mutating func take(_ event: DiscoveryEvent, isFirst: Bool) -> [LearnLine] {
        let fresh: [DiscoveredDevice]
        switch event {
        case .appeared(let device): fresh = [device]
        case .rescanned(let all): fresh = all.sorted { $0.node < $1.node }
        case .vanished(let node):
            devices[node] = nil
            seen.remove(node)
            return []
        }
        for device in fresh { devices[device.node] = device }
        return fresh.compactMap { device in
            guard isWorthListening(to: device, isFirst: isFirst), seen.insert(device.node).inserted else { return nil }
            return line(device.node, device.kind, device, isGrabbed: !isFirst)
        }
    }

    /// Serial lines by the links that udev or the system left, where no udev can be asked.
    mutating func linked(in directories: [String] = directories) -> [LearnLine] {
        seen.formUnion(configured.map { Self.resolved($0.path) })
        var lines: [LearnLine] = []
        for directory in directories {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
            for path in names.sorted().map({ directory + "/" + $0 }) where seen.insert(Self.resolved(path)).inserted {
                lines.append(line(path, Self.kind(of: Self.resolved(path)), nil, isGrabbed: false))
            }
        }
        return lines.filter { $0.kind == .serial }
    }

    private func isWorthListening(to device: DiscoveredDevice, isFirst: Bool) -> Bool {
        guard !configured.contains(where: { covers($0, device) }) else { return false }
        switch device.kind {
        case .serial: return true
        case .hidraw: return device.usagePage.map { $0 >= 0xFF00 } ?? false
        case .evdev:
            // Of what was there before, what has no vendor is a part of the computer, such as its power button.
            return device.typesDigits != false && (!isFirst || includesKeyboards && device.vendor != nil)
        case .tcp, .rfc2217, .web: return false
        }
    }

    private func covers(_ line: DeviceLine, _ device: DiscoveredDevice) -> Bool {
        if let match = line.match { return line.kind == device.kind && match.fits(device) }
        return line.path == device.node || device.links.contains(line.path) || Self.resolved(line.path) == device.node
    }

    private func line(
        _ path: String, _ kind: DeviceLine.Kind, _ device: DiscoveredDevice?, isGrabbed: Bool
    ) -> LearnLine {
        LearnLine(
            path: path, kind: kind, place: device.flatMap(place) ?? .path(path),
            scores: Dictionary(
                device.map(DriverCatalogue.suggestions)?.map { ($0.name, $0.score) } ?? [], uniquingKeysWith: max),
            isGrabbed: isGrabbed)
    }

    /// What stays when the device is plugged in again: its serial number where no other device has the same, else its
    /// port.
    private func place(of device: DiscoveredDevice) -> DeviceStanza.Place? {
        let others = devices.values.filter { $0.node != device.node && $0.kind == device.kind }
        let isTwin = others.contains {
            $0.socket != device.socket && $0.serial == device.serial && $0.vendor == device.vendor
                && $0.product == device.product
        }
        guard let serial = device.serial, !isTwin else { return device.portPath.map { .port($0) } }
        let siblings = others.filter { $0.isSameHardware(as: device) && $0.interface != device.interface }
        return .serial(serial, interface: siblings.isEmpty ? nil : device.interface)
    }

    /// What a node is by the name that the kernel gives it.
    static func kind(of node: String) -> DeviceLine.Kind {
        if node.hasPrefix("/dev/input/") { return .evdev }
        return node.hasPrefix("/dev/hidraw") ? .hidraw : .serial
    }

    private static func resolved(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path() }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// Decides which device node each configured line is now, and sees hardware that is not where it was.
///
/// A USB serial number is the identity; hardware without one is known by its physical port; a device that gives itself
/// a name is known by that as well. Hardware that is not known to belong to a window is a *stranger* there: it is
/// driven, so that no press is lost, but its presses are kept without the window, and the window's prompts do not go to
/// it, until the hardware is back in its place or an operator confirms it. Where one serial number is there twice,
/// neither is driven, because nothing tells which is meant.
public struct DevicePlacement: Sendable {
    /// Something the placement is told.
    enum Event: Sendable, Hashable {
        case configured([PlacedLine])
        case discovered(DiscoveryEvent)
        /// The device on a line said its name.
        case identified(DeviceID, on: String)
        /// Nobody is on the line any more.
        case released(String)
        /// An operator says that what is on the line belongs there.
        case confirmed(String)
    }

    /// Something to be done.
    enum Action: Sendable, Hashable {
        /// The line's node is there: open it now.
        case open(String)
        /// The node the line was opened at is gone or is no longer meant.
        case close(String)
        /// ``DevicePlacement/places`` changed.
        case remember
    }

    /// What a line known by a match is.
    enum Resolution: Sendable, Hashable {
        /// Nobody has said yet which devices the system has.
        case unknown
        case missing
        case node(String)
        case ambiguous([DiscoveredDevice])
        /// The device of another line is in its place.
        case taken(by: String)
    }

    /// Most devices kept, so that a flood of made-up hardware costs bounded memory.
    static let mostDevices = 4096

    /// Where each line's hardware was when it was last in order, sorted by line.
    public var places: [DevicePlace] { placeOf.values.sorted { $0.line < $1.line } }

    var devices: [String: DiscoveredDevice] = [:]
    var lines: [PlacedLine] = []
    var placeOf: [String: DevicePlace]
    /// Who said on each line who they are, while they are there.
    var presentOn: [String: DeviceID] = [:]
    var isInformed = false
    var resolutions: [String: Resolution] = [:]
    /// What an operator should know of, in the configuration's order.
    private(set) var alerts: [PlacementAlert] = []
    private var strangers: Set<String> = []

    /// Starts from what was remembered.
    public init(remembered places: [DevicePlace] = []) {
        placeOf = Dictionary(places.map { ($0.line, $0) }) { first, _ in first }
    }

    /// Takes an event and answers what is to be done about it.
    mutating func handle(_ event: Event) -> [Action] {
        let before = resolutions
        let placesBefore = placeOf
        var actions: [Action] = []
        switch event {
        case .configured(let next):
            lines = next
            let paths = Set(next.map(\.path))
            // A start without its configuration file must not forget where everything was.
            if !next.isEmpty { placeOf = placeOf.filter { paths.contains($0.key) } }
            presentOn = presentOn.filter { paths.contains($0.key) }
        case .discovered(let event):
            actions = discover(event)
        case .identified(let device, let path):
            if lines.contains(where: { $0.path == path && !$0.isShared }) { presentOn[path] = device }
        case .released(let path):
            presentOn[path] = nil
        case .confirmed(let path):
            confirm(path)
        }
        let assessment = assess()
        (resolutions, alerts, strangers) = (assessment.resolutions, assessment.alerts, assessment.strangers)
        for line in lines where before[line.path] != resolutions[line.path] {
            if case .node = before[line.path] { actions.append(.close(line.path)) }
            if case .node = resolutions[line.path] { actions.append(.open(line.path)) }
        }
        if placeOf != placesBefore { actions.append(.remember) }
        return actions
    }

    /// Whether what is on the line is not known to belong to its window.
    func isStranger(_ path: String) -> Bool { strangers.contains(path) }

    /// The devices that no line of the configuration means, by their nodes.
    var unassigned: [DiscoveredDevice] {
        devices.values.filter { device in !lines.contains { $0.covers(device) } }.sorted { $0.node < $1.node }
    }

    /// Takes the system's word; lines that are named by their paths are looked at here, the others when all is known.
    private mutating func discover(_ event: DiscoveryEvent) -> [Action] {
        let named = lines.filter { $0.match == nil }
        switch event {
        case .appeared(let device):
            guard devices[device.node] != nil || devices.count < Self.mostDevices else { return [] }
            devices[device.node] = device
            // A match whose node stays the same may be waiting for its next try.
            return lines.filter { $0.covers(device) }.map { .open($0.path) }
        case .vanished(let node):
            guard let device = devices.removeValue(forKey: node) else { return [] }
            return named.filter { $0.covers(device) }.map { .close($0.path) }
        case .rescanned(let found):
            isInformed = true
            let before = devices
            devices = [:]
            for device in found.prefix(Self.mostDevices) { devices[device.node] = device }
            return named.flatMap { line -> [Action] in
                let was = before.values.first(where: line.covers)
                let now = devices.values.first(where: line.covers)
                guard was != now else { return [] }
                return (was == nil ? [] : [.close(line.path)]) + (now == nil ? [] : [.open(line.path)])
            }
        }
    }

    /// Remembers what is there now in place of what was there.
    private mutating func confirm(_ path: String) {
        guard lines.contains(where: { $0.path == path }) else { return }
        var place = DevicePlace(line: path, device: presentOn[path] ?? placeOf[path]?.device)
        if case .node(let node) = resolutions[path], let device = devices[node] { place.note(device) }
        // What is confirmed here is no longer at home anywhere else.
        for (other, theirs) in placeOf where other != path {
            if place.device != nil, theirs.device == place.device { placeOf[other]?.device = nil }
            if let serial = place.serial, theirs.serial == serial, theirs.vendor == place.vendor {
                placeOf[other] = DevicePlace(line: other, device: placeOf[other]?.device)
            }
        }
        placeOf[path] = place
    }
}

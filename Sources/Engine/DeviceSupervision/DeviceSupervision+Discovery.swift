// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
import RatingModel

extension DeviceSupervision {
    /// Takes what became known of the system's devices: a line whose device appeared is opened at once, and one whose
    /// node is gone is closed at once, so that its descriptor cannot make the next device get another name.
    public func take(_ event: DiscoveryEvent) async { await place(.discovered(event)) }

    /// An operator says that what is on a line belongs there, after it was moved or replaced; `false` where there is no
    /// such line.
    public func confirm(path: String) async -> Bool {
        guard configuredLines.contains(where: { $0.path == path }) else { return false }
        await place(.confirmed(path))
        for line in configuredLines where line.state.identity != nil { await greet(line) }
        return true
    }

    /// A device has come to a line by itself, as pads do that connect in: the line is opened at once.
    public func arrived(at path: String) {
        for line in configuredLines where line.path == path {
            line.backoff = ReopenBackoff()
            line.again.raise()
        }
    }

    /// The devices that are there and that no line of the configuration means, by their nodes.
    public func unassigned() -> [DiscoveredDevice] { placement.unassigned }

    /// Tells the placement, and does what follows.
    func place(_ event: DevicePlacement.Event) async {
        for action in placement.handle(event) {
            switch action {
            case .open(let path): arrived(at: path)
            case .close(let path):
                for line in configuredLines where line.path == path {
                    line.openedPath = nil
                    await line.connection?.close()
                }
            case .remember:
                await rememberPlaces()
            }
        }
    }

    /// Where an event came in; what is not known to belong to the line's window comes from no window.
    func source(of line: SupervisedLine, at address: BusAddress?) -> PressSource {
        let source = line.assignment.source(at: address)
        return placement.isStranger(line.path) ? PressSource(path: source.path, window: nil) : source
    }
}

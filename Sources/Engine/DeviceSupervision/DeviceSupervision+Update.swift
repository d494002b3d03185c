// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import OperatorAPI
public import RatingModel

extension DeviceSupervision {
    /// Most updates under way at once: each keeps its image in memory.
    public static let mostUpdates = 4

    /// Begins to renew the firmware of the device at a place, and goes on with it by itself whenever the device is there,
    /// until the device installs it or refuses it. Presses go before it at all times.
    ///
    /// Throws `device.unknown`, `device.several` and `device.not-ready` for the place, `update.impossible` where the
    /// driver knows no update, and `update.running` or `update.too-many` where others are under way.
    public func update(_ image: FirmwareImage, at place: String) async throws(GatewayError) -> UpdateReport {
        let (line, address) = try target(of: place)
        guard line.assignment.capabilities.updates else { throw .updateImpossible(line.assignment.driverName) }
        let known = address.map { line.state.pads[$0] } ?? line.state.identity
        guard line.state.state == .ready, let connection = line.connection, let known else {
            throw .notReadyForUpdate(place)
        }
        guard line.update?.report.isOver ?? true else { throw .updateRunning(line.path) }
        guard lines.values.count(where: { $0.update?.image != nil }) < Self.mostUpdates else {
            throw .tooManyUpdates(Self.mostUpdates)
        }
        let job = FirmwareJob(image, path: line.path, for: known)
        line.update = job
        await connection.handle(.command(.update(image), at: address))
        return line.update?.report ?? job.report
    }

    /// How the last update at a place stands; throws `update.none` where there was none since the start.
    public func updateReport(at place: String) throws(GatewayError) -> UpdateReport {
        let found = configuredLines.filter { $0.answers(to: place) }
        guard !found.isEmpty else { throw .noDevice(at: place) }
        guard let report = found.lazy.compactMap({ $0.update?.report }).first else { throw .noUpdate(place) }
        return report
    }

    /// Takes the update at a place back; throws `update.installing` where the device restarts with it already.
    public func cancelUpdate(at place: String) async throws(GatewayError) -> UpdateReport {
        let found = configuredLines.filter { $0.answers(to: place) }
        guard !found.isEmpty else { throw .noDevice(at: place) }
        guard let line = found.first(where: { $0.update.map { !$0.report.isOver } ?? false }) else {
            throw .noUpdate(place)
        }
        guard let state = line.update?.report.state, state != .verified, state != .restarting else {
            throw .updateInstalling(line.path)
        }
        await follow(.cancelled, on: line)
        guard let report = line.update?.report else { throw .noUpdate(place) }
        return report
    }

    /// Takes to the update of a line what happened on it.
    func follow(_ event: FirmwareJob.Event, on line: SupervisedLine) async {
        let address = line.update?.address
        guard let command = line.update?.handle(event), let connection = line.connection else { return }
        await connection.handle(.command(command, at: address))
    }

    private func target(of place: String) throws(GatewayError) -> (SupervisedLine, BusAddress?) {
        let found = configuredLines.filter { $0.answers(to: place) }
        guard let line = found.first else { throw .noDevice(at: place) }
        guard found.count == 1 else { throw .severalForUpdate(place, found.map(\.path)) }
        let named = line.assignment.places.filter { $0.window?.value == place }
        let places = named.isEmpty ? line.assignment.places : named
        guard places.count == 1, let only = places.first else {
            throw .severalForUpdate(place, places.map { $0.window?.value ?? line.path })
        }
        return (line, only.address)
    }
}

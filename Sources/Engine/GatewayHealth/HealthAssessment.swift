// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI
import JournalAPI
import RatingModel

/// Turns readings into the one picture of the gateway, with everything an operator should do something about.
///
/// Health is what arrives, not that a process lives: an uplink with work and no answer for a while is a trouble even
/// while every attempt is "only" being retried.
public struct HealthAssessment: Sendable {
    /// How long an uplink with waiting ratings may go without an answer.
    public var answerWithin: Duration

    /// Uses the stated patience.
    public init(answerWithin: Duration = .seconds(60)) { self.answerWithin = answerWithin }

    /// Judges a picture.
    public func assess(_ picture: HealthPicture) -> GatewayStatus {
        var status = GatewayStatus(
            version: picture.version, hall: picture.hall,
            startedAtMilliseconds: picture.startedAt.wall.millisecondsSinceEpoch,
            takenAtMilliseconds: picture.now.wall.millisecondsSinceEpoch, troubles: troubles(of: picture),
            warnings: (picture.devices.compactMap(Self.warning) + picture.warnings).map(GatewayStatus.Trouble.init),
            journal: GatewayStatus.Journal(
                lastSequence: picture.journal.lastSequence, chainHead: picture.journal.chainHead,
                bytesOnDisk: picture.journal.bytesOnDisk),
            devices: picture.devices.map { Self.device($0, missing: picture.missingPresses) },
            uplinks: picture.uplinks.map { Self.status(of: $0, at: picture.now) },
            flags: picture.flags, flagsToday: picture.flagsToday)
        status.invitations = picture.invitations.map { Self.status(of: $0, at: picture.now) }
        return status
    }

    private func troubles(of picture: HealthPicture) -> [GatewayStatus.Trouble] {
        var errors = picture.faults
        if let trouble = picture.journal.trouble { errors.append(trouble) }
        if let recovery = picture.journal.recoveredFrom { errors.append(.journalRecovered(recovery)) }
        for window in Self.unreachable(picture) { errors.append(.windowUnreachable(window)) }
        for device in picture.devices where !device.isWorking { errors.append(.deviceAway(device)) }
        for device in picture.devices where device.isWorking {
            if let detail = device.words { errors.append(.deviceComplains(device, detail)) }
            for place in device.places where place.isAbsent { errors.append(.padAbsent(place, on: device)) }
            if device.health.isKeyStuck { errors.append(.keyStuck(device)) }
            if let words = device.unshownCode { errors.append(.codeNotShown(device, words)) }
        }
        for (device, count) in picture.missingPresses.sorted(by: { $0.key < $1.key }) {
            errors.append(.pressesMissing(device, count))
        }
        if picture.conflicts > 0 { errors.append(.pressesConflict(picture.conflicts)) }
        for uplink in picture.uplinks + picture.invitations { errors += troubles(of: uplink, in: picture) }
        return errors.map(GatewayStatus.Trouble.init)
    }

    /// The windows at which there are devices for ratings and none of them works (确保至少有一种渠道可达): pads with keys, and
    /// displays whose code a phone reads.
    private static func unreachable(_ picture: HealthPicture) -> [String] {
        let channels = picture.devices.filter { $0.isChannel(showing: picture.codes) }
        // A display that does not show its code reaches nobody.
        let working = Set(
            channels.filter { $0.abilities.takesRatings || $0.health.unshownCode == nil }.flatMap(\.workingWindows))
        return Set(channels.flatMap(\.windows)).subtracting(working).sorted()
    }

    private static func warning(_ device: GatewayStatus.Device) -> GatewayError? {
        device.abilities.missingLevels.isEmpty ? nil : .fewLevels(device)
    }

    private static func device(
        _ device: GatewayStatus.Device, missing: [DeviceID: UInt64]
    ) -> GatewayStatus.Device {
        var device = device
        if let name = device.device { device.health.missingPresses = missing[DeviceID(name)] ?? 0 }
        return device
    }

    private func troubles(of uplink: UplinkPicture, in picture: HealthPicture) -> [GatewayError] {
        var errors: [GatewayError] = []
        let counts = uplink.conservation
        if !counts.holds { errors.append(.notConserved(uplink.name)) }
        let isWaiting = counts.pending + counts.inFlight > 0
        if isWaiting, uplink.state == nil {
            // A site that wants no more invitations has nothing to mend: what waits is kept.
            guard !uplink.name.isOfInvitations else { return errors }
            errors.append(.uplinkUnconfigured(uplink.name, waiting: counts.pending))
        } else if isWaiting {
            // A rating that just came in after a quiet hour waits for no failure: only what went wrong since counts.
            let since = uplink.lastAnswerAt ?? picture.startedAt.monotonic
            let isOverdue = since.duration(to: picture.now.monotonic) > answerWithin
            if uplink.state == .outage || isOverdue && uplink.lastFailure != nil {
                errors.append(.uplinkOutage(uplink.name, waiting: counts.pending, uplink.lastFailure))
            }
        }
        if counts.parked > 0 { errors.append(.ratingsParked(uplink.name, counts.parked)) }
        if counts.unknown > 0 { errors.append(.ratingsUnanswered(uplink.name, counts.unknown)) }
        if uplink.withholdsBad { errors.append(.badRatingsWithheld(uplink.name)) }
        return errors
    }

    private static func status(of uplink: UplinkPicture, at now: CaptureTime) -> GatewayStatus.Uplink {
        let counts = uplink.conservation.shown
        let age = uplink.lastAnswerAt.map { instant in
            let age = instant.duration(to: now.monotonic).components
            return Double(age.seconds) + Double(age.attoseconds / 1_000_000_000_000_000) / 1000
        }
        return GatewayStatus.Uplink(
            name: uplink.name.carrier.value, state: uplink.state ?? .idle, recorded: counts.recorded,
            held: Dictionary(
                uniqueKeysWithValues: counts.held.filter { $0.value != 0 }.map { ($0.key.rawValue, $0.value) }),
            pending: counts.pending, inFlight: counts.inFlight, unknown: counts.unknown, delivered: counts.delivered,
            parked: counts.parked, setAside: counts.setAside, isConserved: counts.holds, secondsSinceAnswer: age,
            lastFailure: uplink.lastFailure?.description)
    }
}

extension GatewayStatus.Device {
    /// Whether citizens reach the region by such a device, as long as it works.
    fileprivate func isChannel(showing codes: ShownCodes) -> Bool {
        abilities.takesRatings || codes != .none && abilities.showsCodes
            || codes == .region && abilities.opensPages
    }
}

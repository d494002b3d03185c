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
        GatewayStatus(
            version: picture.version, hall: picture.hall,
            startedAtMilliseconds: picture.startedAt.wall.millisecondsSinceEpoch,
            takenAtMilliseconds: picture.now.wall.millisecondsSinceEpoch, troubles: troubles(of: picture),
            journal: GatewayStatus.Journal(
                lastSequence: picture.journal.lastSequence, chainHead: picture.journal.chainHead,
                bytesOnDisk: picture.journal.bytesOnDisk),
            devices: picture.devices, uplinks: picture.uplinks.map { Self.status(of: $0, at: picture.now) })
    }

    private func troubles(of picture: HealthPicture) -> [GatewayStatus.Trouble] {
        var errors = picture.faults
        if let trouble = picture.journal.trouble { errors.append(trouble) }
        if let recovery = picture.journal.recoveredFrom { errors.append(.journalRecovered(recovery)) }
        for device in picture.devices where device.state == .absent || device.state == .silent {
            errors.append(.deviceAway(device))
        }
        for device in picture.devices where device.state == .greeting || device.state == .ready {
            if let detail = device.detail { errors.append(.deviceComplains(device, detail)) }
        }
        for (device, count) in picture.missingPresses.sorted(by: { $0.key < $1.key }) {
            errors.append(.pressesMissing(device, count))
        }
        if picture.conflicts > 0 { errors.append(.pressesConflict(picture.conflicts)) }
        for uplink in picture.uplinks { errors += troubles(of: uplink, in: picture) }
        return errors.map { error in
            GatewayStatus.Trouble(
                code: error.code, message: error.message.english + (error.cause.map { ": " + $0 } ?? ""),
                messageChinese: error.message.chinese + (error.cause.map { "：" + $0 } ?? ""), hint: error.hint.english,
                hintChinese: error.hint.chinese)
        }
    }

    private func troubles(of uplink: UplinkPicture, in picture: HealthPicture) -> [GatewayError] {
        var errors: [GatewayError] = []
        let counts = uplink.conservation
        if !counts.holds { errors.append(.notConserved(uplink.name)) }
        let isWaiting = counts.pending + counts.inFlight > 0
        if isWaiting, uplink.state == nil {
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
        return errors
    }

    private static func status(of uplink: UplinkPicture, at now: CaptureTime) -> GatewayStatus.Uplink {
        let counts = uplink.conservation
        let age = uplink.lastAnswerAt.map { instant in
            let age = instant.duration(to: now.monotonic).components
            return Double(age.seconds) + Double(age.attoseconds / 1_000_000_000_000_000) / 1000
        }
        return GatewayStatus.Uplink(
            name: uplink.name.value, state: uplink.state ?? .idle, recorded: counts.recorded,
            held: Dictionary(
                uniqueKeysWithValues: counts.held.filter { $0.value != 0 }.map { ($0.key.rawValue, $0.value) }),
            pending: counts.pending, inFlight: counts.inFlight, unknown: counts.unknown, delivered: counts.delivered,
            parked: counts.parked, setAside: counts.setAside, isConserved: counts.holds, secondsSinceAnswer: age,
            lastFailure: uplink.lastFailure?.description)
    }
}

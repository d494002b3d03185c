// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
import RatingModel

/// A firmware update as the gateway keeps it: over the device's going away and coming back, until it is through.
///
/// Where the device is in the image is the device's to know; this only says again what is wanted when it is met anew.
struct FirmwareJob: Sendable {
    /// What happened.
    enum Event: Sendable {
        /// A device said who it is.
        case identified(DeviceIdentity)
        /// The driver told how it goes on.
        case progressed(FirmwareProgress)
        /// The line is gone.
        case lost
        /// The operator takes it back.
        case cancelled
    }

    /// Who is updated, and where it is on a shared line.
    let device: DeviceID
    let address: BusAddress?
    /// Gone once it is over, with its memory.
    private(set) var image: FirmwareImage?
    private(set) var report: UpdateReport
    /// Whether the device's next answer tells where it goes on.
    private var isResuming = true

    init(_ image: FirmwareImage, path: String, for identity: DeviceIdentity) {
        (device, address) = (identity.device, identity.address)
        self.image = image
        report = UpdateReport(
            path: path, device: identity.device.value, version: image.version, runs: identity.firmware,
            state: .offered, received: 0, size: image.bytes.count)
    }

    /// Takes an event in; answers what the driver is to be told.
    mutating func handle(_ event: Event) -> DeviceCommand? {
        switch event {
        case .identified(let identity): return met(identity)
        case .progressed(let progress): progressed(progress)
        case .lost:
            if [.offered, .receiving, .verified].contains(report.state) { report.state = .waiting }
        case .cancelled:
            end(.cancelled)
            return .cancelUpdate
        }
        return nil
    }

    /// The device is there, perhaps with the new firmware: its word was lost, or it has just restarted.
    private mutating func met(_ identity: DeviceIdentity) -> DeviceCommand? {
        guard identity.device == device, identity.address == address else { return nil }
        report.runs = identity.firmware
        if [.restarting, .wentBack].contains(report.state) {
            end(identity.firmware == report.version ? .installed : .wentBack)
            return nil
        }
        guard !report.isOver, let image else { return nil }
        if report.received == report.size, identity.firmware == report.version {
            end(.installed)
            return nil
        }
        report.state = .offered
        isResuming = true
        return .update(image)
    }

    private mutating func progressed(_ progress: FirmwareProgress) {
        guard !report.isOver else { return }
        switch progress {
        case .received(let bytes):
            report.state = .receiving
            report.received = bytes
            if isResuming, bytes > 0 { report.resumedAt = bytes }
            isResuming = false
        case .verified:
            report.state = .verified
            report.received = report.size
        case .installing:
            report.received = report.size
            report.state = .restarting
            image = nil
        case .cancelled: end(.cancelled)
        case .refused(let refusal):
            report.refusal = refusal.rawValue
            end(.refused)
        }
    }

    private mutating func end(_ state: UpdateReport.State) {
        report.state = state
        image = nil
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import GatewayHealth
import JournalAPI
import Logging
import OperatorAPI
import RatingDelivery
import RatingModel
import RegionProfiles
import RelayTransport

/// Answers the operator's socket for a running gateway.
actor GatewayOperator: OperatorService {
    let gateway: Gateway
    private let reader: ConfigurationSource
    let logger: Logger
    private(set) var configuration: GatewayConfiguration
    private var refusedConfiguration: GatewayError?
    /// Firmware files that operators sent.
    var uploads = FirmwareUploads()
    private let accepted: AcceptedConfiguration
    /// Who looks at levels now, with a record that covers it.
    var looks = RevealLooks()

    init(
        gateway: Gateway, reader: ConfigurationSource, refused: GatewayError?, logger: Logger,
        accepted: AcceptedConfiguration = .fromEnvironment()
    ) {
        self.accepted = accepted
        self.gateway = gateway
        self.reader = reader
        self.logger = logger
        configuration = gateway.configuration
        refusedConfiguration = refused
    }

    // MARK: Status

    func status() async -> GatewayStatus {
        let findings = await gateway.reception.findings
        let (queues, faults) = await uplinkPictures()
        let flags = await gateway.reception.flagCounts()
        var otherFaults: [GatewayError] = []
        for desk in gateway.desks { otherFaults += await desk.troubles }
        if let fault = await gateway.codes.fault(at: gateway.clock.now().wall) { otherFaults.append(fault) }
        let regionCodes = await gateway.hall.regionCodes.picture
        otherFaults += regionCodes?.troubles ?? []
        let picture = HealthPicture(
            version: HallgateVersion.current, hall: configuration.hall.name, startedAt: gateway.startedAt,
            now: gateway.clock.now(), journal: await gateway.journal.status(),
            devices: await gateway.supervision.statuses(),
            codes: configuration.codesOnDevices, uplinks: queues.filter { !$0.name.isOfInvitations },
            invitations: queues.filter(\.name.isOfInvitations), missingPresses: findings.missing,
            conflicts: findings.conflicts, flags: flags.sinceStart, flagsToday: flags.today,
            faults: faults + otherFaults + [refusedConfiguration].compactMap { $0 },
            warnings: regionCodes?.warnings(configuration.pages ?? PagesSettings()) ?? [])
        var status = HealthAssessment().assess(picture)
        status.troubles += await gateway.supervision.troubles()
        status.decisions = await decisions()
        status.mirrors = await mirrors()
        status.regionCodes = regionCodes?.shown
        for index in status.uplinks.indices {
            let region = configuration.uplinks.first { $0.name.value == status.uplinks[index].name }?.region
            if let region, !region.isVerified { status.uplinks[index].unverifiedProfile = region.profile.name }
        }
        status.troubles += gateway.pads.contested.map { .contestedPad($0.name, from: $0.addresses) }
        return status
    }

    func metrics() async -> String { PrometheusText.render(await status()) }

    /// Each configured uplink, and each that only the journal remembers; a failing journal is a fault of its own.
    private func uplinkPictures() async -> ([UplinkPicture], [GatewayError]) {
        var pictures: [UplinkPicture] = []
        do throws(GatewayError) {
            for each in gateway.allForwarders {
                let status = await each.forwarder.status()
                pictures.append(
                    UplinkPicture(
                        name: each.name, state: status.state.shown,
                        conservation: try await gateway.journal.conservation(for: each.name),
                        lastAnswerAt: status.lastAnswerAt, lastFailure: status.lastFailure,
                        withholdsBad: try await each.withholding.isLopsided(at: gateway.clock.now().monotonic)))
            }
            let configured = Set(pictures.map(\.name))
            for name in try await gateway.journal.knownUplinks() where !configured.contains(name) {
                pictures.append(
                    UplinkPicture(
                        name: name, state: nil, conservation: try await gateway.journal.conservation(for: name),
                        lastAnswerAt: nil, lastFailure: nil))
            }
            return (pictures, [])
        } catch {
            return (pictures, [error])
        }
    }

    // MARK: Reload

    func reload() async throws(GatewayError) -> ReloadReport { try await reload(.operatorSocket, user: nil) }

    func reload(by user: String) async throws(GatewayError) -> ReloadReport {
        try await reload(.operatorSocket, user: checked(user))
    }

    /// Takes the file as it is now. What was decided with it is on disk before it takes effect.
    func reload(_ origin: OperatorDecision.Origin, user: String?) async throws(GatewayError) -> ReloadReport {
        do throws(GatewayError) {
            let next = try reader.read()
            try await record(next.decisions(since: configuration, origin: origin, user: user))
            accepted.keep(reader, of: next, logger: logger)
            gateway.pads.expect(next.expectedPads(logger: logger))
            await gateway.supervision.apply(next.assignments)
            await gateway.reception.apply(next)
            await gateway.hall.apply(next)
            await gateway.ingest.apply(next)
            await gateway.questionnairePages.apply(next)
            let taken = await gateway.takeQuestionnaireCalls(of: next, logger: logger)
            let report = configuration.changes(to: next, taken: taken)
            configuration = next
            refusedConfiguration = nil
            logger.notice("configuration reloaded", metadata: ["changes": "\(report.changes.count)"])
            return report
        } catch {
            refusedConfiguration = error
            logger.error(
                "the configuration was refused; the last accepted one runs on", metadata: ["error": "\(error)"])
            throw error
        }
    }

    /// Records what was decided with the configuration since the last start, then keeps it as the accepted one.
    ///
    /// A journal that cannot record keeps nobody from rating: the next start finds the same decisions again.
    func recordStart(since previous: GatewayConfiguration?) async {
        do throws(GatewayError) {
            if let previous {
                try await record(configuration.decisions(since: previous, origin: .configuration, user: nil))
            }
            if refusedConfiguration == nil { accepted.keep(reader, of: configuration, logger: logger) }
        } catch {
            logger.error("what the configuration decides was not recorded", metadata: ["error": "\(error)"])
        }
    }

    // MARK: Sessions

    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        try await GatewayBusiness(reception: gateway.reception).openSession(request)
    }
}

extension GatewayStatus.Trouble {
    fileprivate static func contestedPad(_ name: String, from addresses: [String]) -> GatewayStatus.Trouble {
        GatewayStatus.Trouble(
            code: "device.contested",
            message: "pad \(name) connects in again and again, from \(addresses.joined(separator: " and "))",
            messageChinese: "评价器 \(name) 反复连入，来自 \(addresses.joined(separator: "、"))",
            hint: "look whether two pads are set to this name: give one of them another, and a key of its own",
            hintChinese: "请检查是否有两台评价器使用此名称：为其中一台另设名称和密钥")
    }
}

extension ForwarderStatus.State {
    /// The same state as operators see it.
    fileprivate var shown: GatewayStatus.Uplink.State {
        switch self {
        case .idle: .idle
        case .delivering: .delivering
        case .backingOff: .backingOff
        case .outage: .outage
        }
    }
}

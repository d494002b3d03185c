// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import ControlSocket
import DeviceAPI
import DeviceLoop
import DeviceSupervision
import FileUplink
import HTTPSUplink
import JournalAPI
import KafkaUplink
import Logging
import MQTTUplink
import RatingDelivery
import RatingIntake
import RatingModel
import RegionProfiles
import RelayTransport
import SQLiteJournal
import SystemClock
import UdevDiscovery
import UplinkAPI
import WindowSessions

/// The assembled gateway: every part with its concrete adapter, named here and nowhere else.
struct Gateway: Sendable {
    let configuration: GatewayConfiguration
    let clock: any GatewayClock
    let journal: any RatingJournal
    let forwarders: [NamedForwarder]
    /// Those of invitations, for the regions that take such.
    var invitationForwarders: [NamedForwarder] = []
    /// What each region is asked beside taking ratings.
    var desks: [RegionDesk] = []
    /// Look for the receipts of uplinks that are answered by files.
    var receipts: [ReceiptWatch] = []
    let reception: PressReception
    /// Where questionnaires are shown from and answered.
    let questionnaires: QuestionnaireDesk
    let supervision: DeviceSupervision
    /// Watches for devices; `nil` where udev does not run.
    let discovery: UdevDiscovery?
    /// Where pads that connect in meet their lines.
    let pads: PadExchange
    /// Makes and opens the codes that citizens scan.
    let codes: CodeStore
    /// Answers pages, kiosks and phones.
    let hall: GatewayHall
    /// Answers pages and kiosks that ask for questionnaires.
    let questionnairePages: GatewayQuestionnaires
    /// Takes ratings of other makers' terminals, of the telephone desk and of the office.
    let ingest: GatewayIngest
    /// What happens at the windows, for the screens; it is listened to once.
    let screenSigns: AsyncStream<ScreenSign>
    let startedAt: CaptureTime
    /// Where the way of a press runs, from its line to its acknowledgement: the device thread.
    let pressTasks: any TaskExecutor
    /// How often the device thread has turned; awaiting it proves that the thread is alive.
    let deviceThreadTurns: @Sendable () async -> UInt64
    /// Closes what the services used, once they have drained: lines to regions, the device loop, the journal.
    let close: @Sendable () async -> Void

    /// Every forwarder.
    var allForwarders: [NamedForwarder] { forwarders + invitationForwarders }
}

/// A forwarder with the name its delivery states are kept under.
struct NamedForwarder: Sendable {
    let name: UplinkName
    let forwarder: RatingForwarder
    let uplink: PatientUplink
    let withholding: WithholdingWatch
}

/// Builds the gateway from an accepted configuration; `main` and the tests share it.
///
/// Whoever has no hours to wait brings a clock that runs ahead.
func buildGateway(
    _ configuration: GatewayConfiguration, clock: any GatewayClock = SystemClock(), logger: Logger
) async throws(GatewayError) -> Gateway {
    let inboxes = configuration.uplinks.map { $0.inbox(directory: configuration.journalDirectory, logger: logger) }
    let uplinks = zip(configuration.uplinks, inboxes).map { settings, inbox in
        patientUplink(settings, configuration, inbox, clock: clock, logger: logger)
    }
    let inviting = uplinks.compactMap {
        InvitationUplink(by: $0, latePress: configuration.session.policy.latePress)
    }
    let journal = try await SQLiteJournal.open(
        SQLiteJournalConfiguration(directory: configuration.journalDirectory),
        uplinks: uplinks.map(\.name) + inviting.map(\.name), clock: clock, logger: logger)
    do throws(GatewayError) {
        let gate = SharedCorrectionGate(
            window: configuration.session.holdWindow, newest: await journal.status().lastSequence,
            clock: clock)
        let forwarders = forwarders(configuration, uplinks, journal, gate, clock: clock, logger: logger)
        let invitationForwarders = inviting.map { $0.forwarder(configuration, journal, clock: clock, logger: logger) }
        let intake = RatingIntake(journal: journal)
        let questionnaires = try await QuestionnaireDesk.open(
            configuration, uplinks, journal, intake, clock: clock,
            wakeForwarders: { for each in forwarders { each.forwarder.wake() } }, logger: logger)
        let reception = try await PressReception(
            journal: journal, intake: intake, clock: clock, routes: uplinks.map(\.route),
            configuration: configuration, gate: gate,
            keeper: SessionFile(directory: configuration.journalDirectory, logger: logger),
            wakeForwarders: { for each in forwarders { each.forwarder.wake() } },
            logger: logger)
        let loop = try DeviceLoop()
        let placements = PlacementFile(directory: configuration.journalDirectory, logger: logger)
        let pads = PadExchange(logger: logger)
        pads.expect(configuration.expectedPads(logger: logger))
        let supervision = DeviceSupervision(
            transport: LineTransports(loop: loop, pads: pads), receiver: reception, clock: clock, logger: logger,
            placement: DevicePlacement(remembered: await placements.load()),
            remember: { places in await waitingForDisk { await placements.save(places) } })
        let discovery = startDiscovery(logger: logger)
        await reception.connect { command, window in await supervision.command(command, window: window) }
        let desks = desks(configuration, uplinks, inboxes, journal, clock: clock, logger: logger)
        let codes = CodeStore(directory: configuration.journalDirectory, logger: logger)
        let (hall, screenSigns) = await hall(
            configuration, reception, supervision, journal, codes, desks, clock: clock, logger: logger)
        await supervision.apply(configuration.assignments)
        return Gateway(
            configuration: configuration, clock: clock, journal: journal, forwarders: forwarders,
            invitationForwarders: invitationForwarders, desks: desks,
            receipts: zip(configuration.uplinks, uplinks).compactMap { settings, uplink in
                receiptWatch(settings, uplink, forwarders + invitationForwarders, journal, logger: logger)
            },
            reception: reception, questionnaires: questionnaires,
            supervision: supervision, discovery: discovery, pads: pads, codes: codes,
            hall: hall, questionnairePages: GatewayQuestionnaires(configuration, questionnaires, hall, clock: clock),
            ingest: GatewayIngest(configuration, hall, reception, journal, clock: clock, logger: logger),
            screenSigns: screenSigns, startedAt: clock.now(), pressTasks: loop.tasks,
            deviceThreadTurns: { await loop.heartbeat() }
        ) {
            for uplink in uplinks { await uplink.shutdown() }
            discovery?.stop()
            await loop.shutdown()
            await journal.close()
        }
    } catch {
        for uplink in uplinks { await uplink.shutdown() }
        await journal.close()
        throw error
    }
}

private func forwarders(
    _ configuration: GatewayConfiguration, _ uplinks: [PatientUplink], _ journal: any RatingJournal,
    _ gate: SharedCorrectionGate, clock: any GatewayClock, logger: Logger
) -> [NamedForwarder] {
    zip(configuration.uplinks, uplinks).map { settings, uplink in
        NamedForwarder(
            name: settings.name,
            forwarder: RatingForwarder(
                uplink: uplink, journal: journal, policy: settings.deliveryPolicy, clock: clock,
                seed: UInt64.random(in: .min ... .max), logger: logger, lastToDeliver: { gate.lastToDeliver }),
            uplink: uplink, withholding: WithholdingWatch(uplink: settings.name, journal: journal))
    }
}

/// Who answers pages, with what is told of the windows to the screens.
private func hall(
    _ configuration: GatewayConfiguration, _ reception: PressReception, _ supervision: DeviceSupervision,
    _ journal: any RatingJournal, _ codes: CodeStore, _ desks: [RegionDesk], clock: any GatewayClock, logger: Logger
) async -> (GatewayHall, AsyncStream<ScreenSign>) {
    let hall = GatewayHall(
        configuration, reception: reception, journal: journal, codes: codes,
        notices: { uplink in
            guard let desk = desks.first(where: { uplink == nil || $0.name == uplink }) else { return nil }
            return await desk.notices
        }, clock: clock, logger: logger)
    let addresses = CodeAddresses(codes: codes, clock: clock, logger: logger)
    let regionCodes = hall.regionCodes
    await hall.board.connect(
        ScreenBoard.Surroundings(
            mint: { [weak hall] purpose in
                guard let settings = await hall?.settings else { return nil }
                let code = await addresses.code(for: purpose, settings)
                await regionCodes.wanted(purpose, code: code, settings)
                return code
            },
            command: { command, window in _ = await supervision.command(command, window: window) },
            canRecord: { await journal.status().trouble == nil },
            tryToRecord: { (try? await journal.tryCommit()) != nil },
            observe: { await regionCodes.take($0) }))
    await regionCodes.connect(to: hall.board, reception, desks)
    // What is not listened to in time is overtaken by what happens next at the same windows.
    let (signs, told) = AsyncStream.makeStream(of: ScreenSign.self, bufferingPolicy: .bufferingNewest(4096))
    await reception.connect(screens: { told.yield($0) })
    await reception.connect(displays: { [board = hall.board] in await board.greeting(at: $0) })
    await hall.apply(configuration)
    return (hall, signs)
}

private func desks(
    _ configuration: GatewayConfiguration, _ uplinks: [PatientUplink], _ inboxes: [NoticeInbox?],
    _ journal: any RatingJournal, clock: any GatewayClock, logger: Logger
) -> [RegionDesk] {
    zip(configuration.uplinks, zip(uplinks, inboxes)).compactMap { settings, each in
        let (uplink, inbox) = each
        // Only a line that takes calls can be asked something, and on a broker's the region can say something unasked.
        if case .https = settings.kind {} else if inbox == nil { return nil }
        let zone = configuration.hall.zone
        // A key that cannot be read keeps the uplink from asking, and no hall from starting.
        let coding = (try? settings.region.openCoding(zone: zone)) ?? settings.region.coding(zone: zone)
        return RegionDesk(
            settings.name, coding: coding, journal: journal, clock: clock, zone: zone,
            settings: configuration.regionDesk,
            file: MirrorFile(directory: configuration.journalDirectory, uplink: settings.name), logger: logger,
            inbox: inbox
        ) { question async throws(GatewayError) in try await uplink.ask(question) }
    }
}

private func patientUplink(
    _ settings: GatewayConfiguration.Uplink, _ configuration: GatewayConfiguration, _ inbox: NoticeInbox?,
    clock: any GatewayClock, logger: Logger
) -> PatientUplink {
    PatientUplink(settings, logger: logger) { settings throws(GatewayError) in
        let coding = try settings.region.openCoding(zone: configuration.hall.zone)
        switch settings.kind {
        case .https(let https):
            return try HTTPSUplink.open(https, name: settings.name, coding: coding, clock: clock, logger: logger)
        case .file(let file):
            return try FileUplink(
                file, name: settings.name, coding: coding,
                home: configuration.journalDirectory + "/bundles-\(settings.name)", clock: clock)
        case .mqtt(let mqtt):
            #if MQTT
            return try MQTTUplink.open(mqtt, name: settings.name, coding: coding, logger: logger) { notices, message in
                inbox?.put(notices, message) ?? true
            }
            #else
            throw .notBuiltIn("mqtt to \(mqtt.host)")
            #endif
        case .kafka(let kafka):
            #if Kafka
            return try KafkaUplink.open(kafka, name: settings.name, coding: coding, logger: logger)
            #else
            throw .notBuiltIn("kafka to \(kafka.topic)")
            #endif
        }
    }
}

private func receiptWatch(
    _ settings: GatewayConfiguration.Uplink, _ uplink: PatientUplink, _ forwarders: [NamedForwarder],
    _ journal: any RatingJournal, logger: Logger
) -> ReceiptWatch? {
    guard case .file(let file) = settings.kind else { return nil }
    let served = forwarders.filter { $0.name.carrier == settings.name }
    return ReceiptWatch(
        name: settings.name, queues: served.map(\.name), interval: file.lookEvery, journal: journal,
        look: {
            guard case .success(let uplink as FileUplink) = await uplink.opened() else { return ReceiptFindings() }
            return await uplink.lookForReceipts()
        }, wake: { for each in served { each.forwarder.wake() } }, logger: logger)
}

extension GatewayConfiguration {
    /// The lines to supervise, each with the driver its name stands for; the reader has refused unknown names.
    var assignments: [DeviceAssignment] {
        devices.map { device in
            DeviceAssignment(
                line: device.line, window: device.window, addresses: device.addresses, driverName: device.driver.name,
                driverSettings: device.driver.settings, staleAfter: device.staleAfter, makeDriver: device.driver.make)
        }
    }
}

extension GatewayConfiguration.Uplink {
    /// Where its region's notices come in that nobody asks for; `nil` where none can come.
    fileprivate func inbox(directory: String, logger: Logger) -> NoticeInbox? {
        guard case .mqtt(let mqtt) = kind, mqtt.noticesTopic != nil else { return nil }
        return NoticeInbox(uplink: name, directory: directory, logger: logger)
    }

    /// How its forwarder behaves, from what the operator wrote.
    var deliveryPolicy: DeliveryPolicy {
        let (first, most, probeInterval): (Duration, Duration, Duration?) =
            switch kind {
            case .https(let https): (https.firstRetry, https.mostRetry, .seconds(60))
            // A stick that is away comes back within hours, and writing the same bundle again is not sending twice.
            case .file: (.seconds(1), .seconds(60), nil)
            // A probe also brings an idle line up again, on which receipts and notices come.
            case .mqtt(let mqtt): (mqtt.firstRetry, mqtt.mostRetry, .seconds(60))
            case .kafka(let kafka): (kafka.firstRetry, kafka.mostRetry, .seconds(60))
            }
        let holdsUnknown: Bool = if case .file = kind { false } else { region.onUnknown == .hold }
        return DeliveryPolicy(
            firstBackOff: first, mostBackOff: most, onUnknown: holdsUnknown ? .hold : .resend,
            probeInterval: probeInterval)
    }
}

#if !MQTT || !Kafka
extension GatewayError {
    /// A configuration that was accepted by a build with this kind of uplink, and is run by one without.
    fileprivate static func notBuiltIn(_ what: String) -> GatewayError {
        GatewayError(
            "uplink.not-built-in", LocalText("this build cannot deliver by \(what)", "此版本无法通过 \(what) 上报"),
            hint: LocalText(
                "install a build with it; ratings wait on disk meanwhile", "请安装包含该功能的版本；期间评价保存在本地磁盘"))
    }
}
#endif

extension PatientUplink {
    fileprivate nonisolated var route: DeliveryRoute {
        DeliveryRoute(
            uplink: name, takesUnmatched: limits.takesUnmatched, takesUnrated: limits.takesUnrated,
            holdsReasonless: limits.reasonlessHold != nil, takesInvitations: limits.invitationWait != nil)
    }
}

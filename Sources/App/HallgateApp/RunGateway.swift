// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
public import Logging
public import RatingModel
import ServiceLifecycle
import ServiceManager
import UnixSignals

/// Runs the gateway until it is told to stop: what `hallgate run` does.
///
/// Services start in order and are drained in reverse: nothing new is asked or pressed any more, then what was pressed
/// is settled, then the journal is closed. SIGTERM and SIGINT stop, SIGHUP reloads. Throws where the gateway cannot be
/// built: nothing was started then.
public func runGateway(configurationPath: String?, logger: Logger) async throws(GatewayError) {
    let inherited = InheritedSockets.take(logger: logger)
    let (source, accepted) = (ConfigurationSource(path: configurationPath), AcceptedConfiguration.fromEnvironment())
    let choice = try accepted.choose(source, logger: logger)
    let configuration = choice.configuration
    let gateway = try await buildGateway(configuration, logger: logger)
    let service = GatewayOperator(
        gateway: gateway, reader: source, refused: choice.refused, logger: logger, accepted: accepted)
    await service.recordStart(since: choice.previous)
    let notifier = SystemdNotifier.fromEnvironment()
    let operating = inherited.socket(of: .operating, configured: configuration.controlSocket, logger: logger)
    let control = ControlService(
        server: ControlServer(
            path: operating?.path ?? configuration.controlSocket, service: service, logger: logger
        ).adopting(operating?.descriptor)
    ) {
        notifier.notify("READY=1\nSTATUS=\(configuration.devices.count) lines")
        logger.notice(
            "hallgate runs",
            metadata: [
                "version": "\(HallgateVersion.current)", "devices": "\(configuration.devices.count)",
                "uplinks": "\(configuration.uplinks.count)",
                "socket": "\(operating?.path ?? configuration.controlSocket)",
            ])
    }
    var services = gateway.services(logger: logger)
    services.append(ReloadService(service: service))
    if let business = businessServer(
        configuration, inherited, GatewayBusiness(reception: gateway.reception, hall: gateway.hall), logger: logger)
    {
        services.append(ControlService(server: business))
    }
    if let auditor = auditorServer(configuration, inherited, service, logger: logger) {
        services.append(ControlService(server: auditor))
    }
    if let web = webServer(configuration, inherited, gateway, logger: logger) {
        services.append(ControlService(server: web))
    }
    services.append(control)
    if let interval = WatchdogService.intervalFromEnvironment() {
        services.append(
            WatchdogService(interval: interval, gateway: gateway, notifier: notifier, logger: logger))
    }
    var group = ServiceGroupConfiguration(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = .seconds(20)
    var failure: GatewayError?
    do {
        try await ServiceGroup(configuration: group).run()
    } catch let error as GatewayError {
        failure = error
    } catch {
        failure = GatewayError(
            "gateway.stopped", LocalText("a service of the daemon ended by itself", "守护进程的一项服务自行结束"),
            cause: "\(error)",
            hint: LocalText("it is started again by systemd; report the cause", "systemd 会重新启动；请上报原因"))
    }
    notifier.notify("STOPPING=1")
    await gateway.close()
    logger.notice("hallgate stopped")
    if let failure { throw failure }
}

extension Gateway {
    /// What runs behind the sockets, in the order in which it starts.
    fileprivate func services(logger: Logger) -> [any Service] {
        var services: [any Service] = allForwarders.map { ForwarderService(forwarder: $0.forwarder) }
        services += desks.map { RegionDeskService(desk: $0) }
        services += receipts
        services += [
            SessionTimerService(reception: reception),
            SupervisionService(supervision: supervision, tasks: pressTasks),
            ScreenService(hall: hall, signs: screenSigns),
        ]
        if let discovery {
            services.append(DiscoveryService(discovery: discovery, supervision: supervision, logger: logger))
        }
        return services
    }
}

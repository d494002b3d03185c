// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import BusinessHTTP
import ConfigurationFile
import ControlSocket
import IngestAPI
import KioskPages
public import Logging
import PadRelay
import QRCode
public import RatingModel
import ServiceLifecycle
import ServiceManager
import UnixSignals
import WebConfiguration
import WebServing

/// Runs the web process until it is told to stop: what `hallgate-web` does.
///
/// It serves also while the core is away, and says so on its pages: a page that explains itself helps a citizen more than
/// one that does not open. Throws where it cannot serve at all.
public func runWeb(configurationPath: String, logger: Logger) async throws(GatewayError) {
    let inherited = try WebListener.fromEnvironment()
    let settings = try WebSetup.read(configurationPath, logger: logger)
    let listener: WebListener? = inherited ?? settings.process.listen.map { .address(host: $0.host, port: $0.port) }
    guard let listener else { throw .nowhereToListen }
    // A line for pages and one for pads: a flood of the one leaves the other its share of the core.
    let (pages, pads) = (
        CoreLine(path: settings.coreSocket, logger: logger), CoreLine(path: settings.coreSocket, logger: logger)
    )
    let font = settings.process.mongolianFont.flatMap { PageFont.read($0, logger: logger) }
    let notifier = SystemdNotifier.fromEnvironment()
    let server = WebServer(
        listener: listener, limits: settings.process.limits, trustedProxies: settings.process.trustedProxies,
        door: PadRelay(carrier: pads, logger: logger).door, logger: logger
    ) { port in
        notifier.notify("READY=1")
        logger.notice("hallgate-web runs", metadata: ["listener": "\(listener)", "port": "\(port ?? 0)"])
    } routes: { router in
        addAbout(to: router, hall: pages)
        addIngestAPI(to: router, ingest: pages)
        let served = try addKioskPages(to: router, hall: pages, questionnaires: pages, font: font) { text in
            try? QRMatrix(text: text).svg(title: "二维码")
        }
        addClerkPages(to: router, beside: served, desks: pages) { "\($0.client.counted)" }
        addBusinessAPI(to: router, door: pages) { "\($0.client.counted)" }
    }
    var group = ServiceGroupConfiguration(
        services: [CoreLineService(line: pages), CoreLineService(line: pads), server],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = settings.process.limits.drainTime + .seconds(5)
    do {
        try await ServiceGroup(configuration: group).run()
    } catch let error as GatewayError {
        throw error
    } catch {
        throw .ended(cause: "\(error)")
    }
    notifier.notify("STOPPING=1")
    logger.notice("hallgate-web stopped")
}

/// A line to the core as a service; it is let go once the server has drained.
private struct CoreLineService: Service {
    let line: CoreLine

    func run() async throws { await cancelWhenGracefulShutdown { [line] in await line.run() } }
}

extension GatewayError {
    fileprivate static let nowhereToListen = GatewayError(
        "web.no-listener", LocalText("there is no address to serve at", "没有可提供服务的地址"),
        hint: LocalText(
            "start it by hallgate-http.socket, or set web.listen", "请通过 hallgate-http.socket 启动，或设置 web.listen"))

    fileprivate static func ended(cause: String) -> GatewayError {
        GatewayError(
            "web.not-serving", LocalText("the web process ended by itself", "网页进程自行结束"), cause: cause,
            hint: LocalText("it is started again by systemd; report the cause", "systemd 会重新启动；请上报原因"))
    }
}

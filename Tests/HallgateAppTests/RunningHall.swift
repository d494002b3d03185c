// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import DeviceSupervision
import Foundation
import Logging
import RatingModel
import SystemClock
import Testing

@testable import HallgateApp

/// The real gateway with its socket and its configuration file in a folder of its own, for as long as a test runs.
struct RunningHall: Sendable {
    let directory: String
    let gateway: Gateway
    let service: GatewayOperator
    let client: ControlClient
    let log: NoticeLog

    /// The configuration file; drop-ins lie beside it.
    var configuration: String { directory + "/hall.yaml" }
    /// Where the device at W3 hangs.
    var line: String { directory + "/pad" }

    /// Runs a hall whose only device hangs on ``line``, at W3, with an uplink to nowhere unless another is named.
    static func run(
        devices keys: String, _ more: String = "",
        uplink: String = "name: region, kind: https, profile: national, url: 'https://127.0.0.1:9/api'",
        clock: any GatewayClock = SystemClock(),
        _ body: (RunningHall) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "hall-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let text = """
            windows: [{id: W3}]
            journal: {directory: \(directory)/journal}
            devices: [{path: \(directory)/pad, \(keys)}]
            uplinks: [{\(uplink)}]
            \(more)

            """
        try Data(text.utf8).write(to: URL(filePath: directory + "/hall.yaml"))
        let source = ConfigurationSource(path: directory + "/hall.yaml")
        let log = NoticeLog()
        let logger = Logger(label: "test", factory: { _ in log.handler })
        let gateway = try await buildGateway(try source.read(), clock: clock, logger: logger)
        let service = GatewayOperator(
            gateway: gateway, reader: source, refused: nil, logger: logger,
            accepted: AcceptedConfiguration(path: directory + "/accepted.yaml"))
        let server = ControlServer(path: directory + "/s", service: service, logger: logger)
        let hall = RunningHall(
            directory: directory, gateway: gateway, service: service, client: ControlClient(path: directory + "/s"),
            log: log)
        try await whileServing(server, of: gateway) { try await body(hall) }
    }
}

/// Runs a gateway's lines and one of its sockets for as long as the body runs; then the gateway is closed.
func whileServing(_ server: ControlServer, of gateway: Gateway, _ body: () async throws -> Void) async throws {
    let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
    let outcome: Result<Void, any Error>
    do {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await gateway.supervision.run() }
            group.addTask { await ScreenService(hall: gateway.hall, signs: gateway.screenSigns).serve() }
            group.addTask {
                defer { isListening.finish() }
                try await server.run { isListening.yield() }
            }
            for await _ in listening { break }
            try await body()
            gateway.supervision.stop()
            group.cancelAll()
            try await group.waitForAll()
        }
        outcome = .success(())
    } catch {
        outcome = .failure(error)
    }
    await gateway.close()
    try outcome.get()
}

/// Polls until a condition holds; answers whether it did in time: half a minute, for a busy machine.
func eventually(
    within limit: Duration = .seconds(30), _ condition: () async throws -> Bool
) async rethrows -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return false
}

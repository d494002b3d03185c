// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import DeviceSupervision
import Foundation
import Logging
import OperatorAPI
import RatingModel
import Testing
import VirtualPads

@testable import HallgateApp

/// What operators ask of devices: a real pad on a pseudo-terminal, the real gateway, a real control socket.
@Suite struct DeviceOperationsTests {
    /// Runs a gateway with one pad at W3 and answers its control socket.
    private func withHall(
        _ more: String = "", device keys: String = "",
        _ body: @Sendable @escaping (ControlClient, PadRack, NoticeLog) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "hall-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let log = NoticeLog()
        let rack = try PadRack(
            pads: [PadSettings(id: 3, link: directory + "/pad", memoryPath: directory + "/memory", newLog: 77)], seed: 1
        ) { _, notice in log.note(notice) }
        defer { rack.stop() }
        let text = """
            windows: [{id: W3}]
            journal: {directory: \(directory)/journal}
            devices: [{path: \(directory)/pad, driver: native, window: W3\(keys)}]
            \(more)

            """
        let configuration = try #require(GatewayConfiguration.read(text: text).configuration)
        let logger = Logger(label: "test", factory: { _ in log.handler })
        let gateway = try await buildGateway(configuration, logger: logger)
        let service = GatewayOperator(
            gateway: gateway, reader: ConfigurationSource(path: nil), refused: nil, logger: logger)
        let server = ControlServer(path: directory + "/s", service: service, logger: logger)
        try await whileServing(server, of: gateway) {
            try await body(ControlClient(path: directory + "/s"), rack, log)
        }
    }

    @Test func `a press is seen with everything but its level`() async throws {
        try await withHall { client, rack, _ in
            #expect(await eventually { (try? await client.devices().first?.state) == .ready })
            rack.press(pad: 0, key: 4, level: 4)
            #expect(await eventually { (try? await client.devices().first?.recorded) == 1 })

            let report = try #require(try await client.devices(at: "W3").first)
            #expect(report.device.device == "native-0000000000000003")
            #expect(report.device.health.secondsSinceHeard.map { $0 < 30 } == true)
            #expect(report.device.abilities.thanks == "afterCommit")
            #expect(report.tap.events.contains { $0.text == "press 1: ●" })
            let press = try #require(report.tap.frames.first { $0.isReceived && $0.bytes.contains("··") })
            #expect(press.bytes.hasSuffix("·· 00"))
            #expect(report.tap.frames.contains { !$0.isReceived })

            let first = try await client.tap(TapRequest(place: "W3"))
            let next = try await client.tap(TapRequest(place: report.device.path, after: first.cursor))
            #expect(next.frames.allSatisfy { $0.number > first.cursor.frame } && next.missed == 0)
            #expect(next.events.isEmpty)
        }
    }

    @Test func `what is at a place is confirmed there`() async throws {
        try await withHall { client, _, _ in
            #expect(await eventually { (try? await client.devices().first?.state) == .ready })
            let report = try await client.confirm(ConfirmRequest(place: "W3", user: "tester"))
            #expect(report.path.hasSuffix("/pad"))
            let decision = try #require(try await client.status().decisions.first)
            #expect(decision.kind == .confirmed && decision.origin == .operatorSocket && decision.user == "tester")
            #expect(decision.window == "W3" && decision.device == "native-0000000000000003")
            #expect(try await client.devices(at: "W3").first?.decisions == [decision])
            for user in ["", "  ", String(repeating: "x", count: 513)] {
                let error = await #expect(throws: GatewayError.self) {
                    try await client.confirm(ConfirmRequest(place: "W3", user: user))
                }
                #expect(error?.code == "operator.unnamed")
            }
            let error = await #expect(throws: GatewayError.self) {
                try await client.confirm(ConfirmRequest(place: "W9", user: "tester"))
            }
            #expect(error?.code == "device.unknown")
            // What was not decided is not recorded.
            #expect(try await client.status().decisions == [decision])
        }
    }

    @Test func `what an unproven pad pressed is held until it is approved`() async throws {
        let uplink = "uplinks: [{name: region, kind: https, profile: national, url: 'https://127.0.0.1:9/api'}]"
        try await withHall(uplink, device: ", pairing: required") { client, rack, _ in
            #expect(await eventually { (try? await client.devices().first?.state) == .ready })
            rack.press(pad: 0, key: 4, level: 4)
            #expect(await eventually { (try? await client.devices().first?.recorded) == 1 })
            #expect(try await client.status().uplinks.first?.held["quarantined"] == 1)
            let error = await #expect(throws: GatewayError.self) {
                try await client.approve(ApproveRequest(device: "native-0000000000000009", user: "tester"))
            }
            #expect(error?.code == "device.nothing-quarantined")
            let device = try #require(try await client.devices().first?.device)
            let report = try await client.approve(ApproveRequest(device: device, user: "tester"))
            #expect(report.released == 1)
            let uplink = try #require(try await client.status().uplinks.first)
            #expect(uplink.held["quarantined", default: 0] == 0 && uplink.isConserved && uplink.recorded == 1)
            let decisions = try await client.status().decisions
            #expect(decisions.map(\.kind) == [.released] && decisions.first?.device == device)
            #expect(decisions.first?.user == "tester" && decisions.first?.count == 1)
        }
    }

    @Test func `the pad blinks`() async throws {
        try await withHall { client, _, log in
            #expect(await eventually { (try? await client.identify(at: "W3").devices) == 1 })
            #expect(await eventually { log.hasBlinked })
        }
    }

    @Test func `a place nobody knows is an error`() async throws {
        try await withHall { client, _, _ in
            for place in ["W9", ""] {
                let error = await #expect(throws: GatewayError.self) { try await client.devices(at: place) }
                #expect(error?.code == "device.unknown")
            }
            let error = await #expect(throws: GatewayError.self) {
                try await client.approve(ApproveRequest(device: "native-1", user: "zhang"))
            }
            #expect(error?.code == "device.nothing-quarantined")
        }
    }

    @Test func `levels stay hidden unless the configuration allows an auditor to see them`() async throws {
        let wish = RevealRequest(tap: TapRequest(place: "W3"), user: "wang", reason: "complaint 12")
        try await withHall { client, _, log in
            let error = await #expect(throws: GatewayError.self) { try await client.reveal(wish) }
            #expect(error?.code == "privacy.not-allowed")
            #expect(log.lines.contains { $0.contains("asked for and not shown") && $0.contains("wang") })
            let decisions = try await client.status().decisions
            #expect(decisions.isEmpty)
        }
        try await withHall("privacy: {reveal: true}") { client, rack, log in
            #expect(await eventually { (try? await client.devices().first?.state) == .ready })
            rack.press(pad: 0, key: 4, level: 4)
            #expect(await eventually { (try? await client.devices().first?.recorded) == 1 })
            let page = try await client.reveal(wish)
            #expect(page.frames.allSatisfy { !$0.bytes.contains("··") } && !page.frames.isEmpty)
            #expect(log.lines.contains { $0.contains("levels on a line are shown") && $0.contains("wang") })
            #expect(!log.lines.contains { $0.contains("complaint 12") })
            // Whoever follows the line looks once.
            _ = try await client.reveal(
                RevealRequest(tap: TapRequest(place: "W3", after: page.cursor), user: "wang", reason: "complaint 12"))
            let decision = try #require(try await client.status().decisions.first)
            #expect(try await client.status().decisions.count == 1)
            #expect(decision.kind == .revealed && decision.user == "wang" && decision.window == "W3")
            let unexplained = RevealRequest(tap: wish.tap, user: "wang", reason: " ")
            let error = await #expect(throws: GatewayError.self) { try await client.reveal(unexplained) }
            #expect(error?.code == "privacy.unexplained")
        }
    }
}

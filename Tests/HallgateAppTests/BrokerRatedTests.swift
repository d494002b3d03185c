// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import Foundation
import HallAPI
import HallgateTesting
import JournalAPI
import OperatorAPI
import RatingDelivery
import RatingModel
import Testing

@testable import HallgateApp

/// A region that says over a broker that a case was rated at its page.
@Suite(.timeLimit(.minutes(3))) struct BrokerRatedTests {
    @Test func `a notice of the case that is shown has the screen say thanks, and no other`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "rated-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let port = freeLoopbackPort()
        let file = directory + "/mosquitto.conf"
        try "listener \(port) 127.0.0.1\nallow_anonymous true\n".write(toFile: file, atomically: true, encoding: .utf8)
        let broker = try RunningProgram(["mosquitto", "-c", file], output: directory + "/log")
        let stanza = """
            name: region, kind: mqtt, profile: national, host: 127.0.0.1, port: \(port), client_id: hall-7,
            topic: ratings, settle_on: puback, no_subscriber: accept, notices_topic: notices, plaintext: true,
            retry: {first: 100ms, most: 200ms}
            """
        let qr = "source: region-template, template: 'https://region.example/e?c={case}'"
        let pages = "pages: {qr: {\(qr)}, \(try ScreenWatcher.stanza(in: directory))}"
        try await RunningHall.run(devices: "driver: native, window: W3", pages, uplink: stanza) { hall in
            let (screen, desk) = (ScreenWatcher(gateway: hall.gateway), try #require(hall.gateway.desks.first))
            let forwarder = hall.gateway.forwarders[0].forwarder
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await forwarder.run() }
                group.addTask { await desk.run() }
                defer {
                    forwarder.stop()
                    group.cancelAll()
                }
                // A delivery opens the line, and with it the subscription.
                let region = UplinkName("region")
                _ = try await hall.gateway.journal.record([UplinkSamples.draft(1, level: .satisfied, for: region)])
                forwarder.wake()
                #expect(
                    await eventually {
                        (try? await hall.gateway.journal.conservation(for: region).delivered) == 1
                    })
                let session = try await screen.open("P7")
                #expect(try await screen.comes { $0.codeText == "https://region.example/e?c=P7" })
                for project in ["P6", "P7"] {
                    #expect(try await screen.result(session) == .waiting)
                    let notice = #"{"kind":"rated","projectNo":"\#(project)","serviceNumber":"1"}"#
                    let publisher = try RunningProgram(
                        [
                            "mosquitto_pub", "-h", "127.0.0.1", "-p", "\(port)", "-V", "5", "-q", "1", "-t", "notices",
                            "-m", #"{"success":true,"notices":[\#(notice)],"next":null}"#,
                        ], output: directory + "/log")
                    #expect(await eventually { publisher.reaped() == 0 })
                }
                #expect(try await screen.comes { $0.kind == .thanks })
                #expect(try await screen.result(session) == .answered)
                #expect(try await screen.records().ratings == 1, "the one that opened the line")
            }
        }
        await broker.end(SIGTERM)
    }
}
#endif

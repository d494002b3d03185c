// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import ControlSocket
import Foundation
import HallgateTesting
import JournalAPI
import OperatorAPI
import RatingDelivery
import RatingModel
import Testing

@testable import HallgateApp

/// What a region says on a broker's notices topic, through Debian's mosquitto into the real gateway.
@Suite(.timeLimit(.minutes(3))) struct BrokerNoticesTests {
    @Test func `a verdict that comes over a broker lies beside its rating, and a rate is mirrored`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "notices-\(UUID())").path()
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
        try await RunningHall.run(devices: "driver: native, window: W3", uplink: stanza) { hall in
            let region = UplinkName("region")
            let (forwarder, desk) = (hall.gateway.forwarders[0].forwarder, try #require(hall.gateway.desks.first))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await forwarder.run() }
                group.addTask { await desk.run() }
                defer {
                    forwarder.stop()
                    group.cancelAll()
                }
                // A delivery opens the line, and with it the subscription.
                let draft = UplinkSamples.draft(1, level: .dissatisfied, for: region)
                _ = try await hall.gateway.journal.record([draft])
                forwarder.wake()
                #expect(
                    await eventually {
                        (try? await hall.gateway.journal.conservation(for: region).delivered) == 1
                    })
                let notices = """
                    {"success":true,"notices":[
                    {"kind":"verdict","id":"\(draft.id)","number":"F1","outcome":"维持","text":"经核实"},
                    {"kind":"rate","scope":"大厅","period":"2026-11","value":"99.1%"}],"next":null}
                    """
                // Said twice, as a broker may.
                for _ in 1...2 {
                    let publisher = try RunningProgram(
                        [
                            "mosquitto_pub", "-h", "127.0.0.1", "-p", "\(port)", "-V", "5", "-q", "1", "-t", "notices",
                            "-m", notices,
                        ], output: directory + "/log")
                    #expect(await eventually { publisher.reaped() != nil })
                }
                #expect(await eventually { (try? await verdicts(of: draft.id, hall)) == ["F1 维持"] })
                #expect(
                    await eventually {
                        let mirror = await hall.service.status().mirrors.first
                        return mirror?.uplink == "region" && mirror?.rates.map(\.value) == ["99.1%"]
                    })
                #expect(try await verdicts(of: draft.id, hall) == ["F1 维持"])
                // A line that takes no questions is not compared, and that is no trouble.
                let today = String(
                    hall.gateway.configuration.hall.zone.text(of: hall.gateway.clock.now().wall).prefix(10))
                let error = await #expect(throws: GatewayError.self) {
                    try await hall.service.reconcile(ReconcileRequest(date: today))
                }
                #expect(error?.code == "reconcile.uplink")
                #expect(await desk.troubles.isEmpty)
            }
        }
        await broker.end(SIGTERM)
    }

    private func verdicts(of id: RecordID, _ hall: RunningHall) async throws -> [String] {
        try await hall.gateway.journal.entries(beside: id).compactMap {
            if case .verdict(let verdict) = $0.body { "\(verdict.number) \(verdict.outcome)" } else { nil }
        }
    }
}
#endif

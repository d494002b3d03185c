// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Foundation
import KafkaUplink
import MQTTUplink
import RatingModel
import Testing

@testable import HallgateApp

/// The examples of Uplinks.md, read as configurations.
@Suite struct DocumentedBrokersTests {
    private func examples() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "Sources/App/HallgateApp/Documentation.docc/Uplinks.md"), encoding: .utf8)
        return page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    @Test func `every example of an uplink is accepted by a build that has its kind`() throws {
        let readings = try examples().map { GatewayConfiguration.read(text: $0) }
        #expect(readings.count == 2)
        #if MQTT && Kafka
        for reading in readings { #expect(reading.diagnostics == []) }
        let kinds = readings.compactMap { $0.configuration?.uplinks.first?.kind }
        guard kinds.count == 2, case .mqtt(let mqtt) = kinds[0], case .kafka(let kafka) = kinds[1] else {
            Issue.record("\(kinds)")
            return
        }
        #expect(mqtt.receiptTopic == "receipts/hall-0417" && mqtt.settleOn == .receipt)
        #expect(kafka.brokers.count == 2 && kafka.sasl?.username == "hall-0417")
        let hosts = readings.compactMap(\.configuration).map { configuration in
            UnitDropIn(configuration, nameServers: [], addresses: { _ in [] }).unknownHosts
        }
        #expect(hosts == [["broker.city.example"], ["kafka1.province.example", "kafka2.province.example"]])
        #else
        for reading in readings {
            #expect(reading.diagnostics.contains { $0.message.english.contains("this build has no uplink") })
        }
        #endif
    }

    @Test func `an uplink of an unknown kind names the kinds there are`() {
        let reading = GatewayConfiguration.read(
            text: "uplinks:\n  - name: city\n    kind: pigeon\n    profile: national\n    url: https://r.example/\n")
        #expect(reading.diagnostics.count == 1)
        #expect(reading.diagnostics.first?.hint.english.contains("mqtt") == true)
    }
}

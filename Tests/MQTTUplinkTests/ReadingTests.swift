// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import MQTTUplink
import RatingModel
import Testing

@Suite struct ReadingTests {
    private func read(_ text: String) -> (MQTTUplinkConfiguration?, [String]) {
        let outcome = ConfigurationFile.read(text: text, name: "test") { MQTTUplinkConfiguration.read($0) }
        return (outcome.value, outcome.diagnostics.map(\.message.english))
    }

    @Test func aWholeStanzaIsRead() throws {
        let (read, mistakes) = read(
            """
            host: broker.city.example
            client_id: hall-0417
            topic: ratings/hall-0417
            settle_on: receipt
            receipt_topic: receipts/hall-0417
            notices_topic: notices/hall-0417
            status_topic: status/hall-0417
            username: hall
            password_file: /etc/hallgate/mqtt
            ca: /etc/hallgate/ca.pem
            keep_alive: 20s
            session_expiry: 168h
            retry: {first: 1s, most: 30s}
            """)
        #expect(mistakes == [])
        let configuration = try #require(read)
        #expect(configuration.port == 8883 && configuration.settleOn == .receipt)
        #expect(configuration.receiptTopic == "receipts/hall-0417" && configuration.noSubscriber == .retry)
        #expect(configuration.keepAlive == .seconds(20) && configuration.mostRetry == .seconds(30))
    }

    @Test(arguments: [
        ("host: b\nclient_id: c\ntopic: t\nsettle_on: receipt\n", "receipt_topic"),
        ("host: b\nclient_id: c\ntopic: t/#\nsettle_on: puback\n", "one topic"),
        ("host: b\nclient_id: c\ntopic: t\nsettle_on: puback\nplaintext: true\n", "in the clear"),
        ("host: b\nclient_id: c\ntopic: t\nsettle_on: puback\nusername: u\n", "without 'password_file'"),
        ("host: b\nclient_id: c\ntopic: t\nsettle_on: receipt\nreceipt_topic: t\n", "the same"),
        ("host: tls://b\nclient_id: c\ntopic: t\nsettle_on: puback\n", "not a host"),
        ("host: b\nclient_id: c\ntopic: t\nsettle_on: ack\n", "not known here"),
        ("client_id: c\ntopic: t\nsettle_on: puback\n", "host"),
    ])
    func aMistakeIsNamed(_ text: String, _ words: String) {
        let (_, mistakes) = read(text)
        #expect(mistakes.count == 1 && mistakes.allSatisfy { $0.contains(words) }, "\(mistakes)")
    }
}

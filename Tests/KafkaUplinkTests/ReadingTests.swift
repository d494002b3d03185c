// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import KafkaUplink
import RatingModel
import Testing

@Suite struct ReadingTests {
    private func read(_ text: String) -> (KafkaUplinkConfiguration?, [String]) {
        let outcome = ConfigurationFile.read(text: text, name: "test") { KafkaUplinkConfiguration.read($0) }
        return (outcome.value, outcome.diagnostics.map(\.message.english))
    }

    @Test func aWholeStanzaIsRead() throws {
        let (read, mistakes) = read(
            """
            brokers: kafka1.city.example:9093, kafka2.city.example:9093
            topic: hall-ratings
            security: sasl_ssl
            sasl: {mechanism: SCRAM-SHA-512, username: hall, password_file: /etc/hallgate/kafka}
            ca: /etc/hallgate/ca.pem
            message_bytes: 65536
            request_timeout: 20s
            """)
        #expect(mistakes == [])
        let configuration = try #require(read)
        #expect(configuration.brokers == ["kafka1.city.example:9093", "kafka2.city.example:9093"])
        #expect(configuration.sasl?.mechanism == .scramSHA512 && configuration.messageBytes == 65_536)
        #expect(configuration.requestTimeout == .seconds(20))
    }

    @Test(arguments: [
        ("brokers: kafka1\ntopic: t\n", "no list of hosts"),
        ("brokers: k:9093\ntopic: a/b\n", "name of a topic"),
        ("brokers: k:9093\ntopic: t\nsecurity: plaintext\n", "in the clear"),
        ("brokers: k:9093\ntopic: t\nsecurity: sasl_ssl\n", "belong together"),
        ("brokers: k:9093\ntopic: t\ncertificate: /a.pem\n", "without 'key'"),
        ("topic: t\n", "brokers"),
    ])
    func aMistakeIsNamed(_ text: String, _ words: String) {
        let (_, mistakes) = read(text)
        #expect(mistakes.count == 1 && mistakes.allSatisfy { $0.contains(words) }, "\(mistakes)")
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if Kafka
import CRdKafka
import Glibc
import RatingModel

/// The library's settings as an operator's configuration and this uplink's promises make them.
enum ProducerSettings {
    /// What is not the operator's to decide: a rating counts as delivered once all in-sync replicas have it, the library
    /// sends it again without doubling or reordering, and it makes no topics.
    private static let promises = [
        ("acks", "all"), ("enable.idempotence", "true"), ("allow.auto.create.topics", "false"), ("linger.ms", "2"),
        ("topic.metadata.propagation.max.ms", "1000"), ("reconnect.backoff.ms", "100"),
        ("reconnect.backoff.max.ms", "1000"), ("socket.keepalive.enable", "true"),
        ("log.connection.close", "false"), ("statistics.interval.ms", "0"),
    ]

    /// Makes the settings; the caller hands them to a producer or destroys them.
    static func make(_ configuration: KafkaUplinkConfiguration) throws(GatewayError) -> OpaquePointer {
        guard let settings = rd_kafka_conf_new() else { throw .notOpened("be made", "no memory") }
        do throws(GatewayError) {
            for (key, value) in promises + (try chosen(configuration)) { try set(settings, key, value) }
        } catch {
            rd_kafka_conf_destroy(settings)
            throw error
        }
        return settings
    }

    private static func chosen(_ configuration: KafkaUplinkConfiguration) throws(GatewayError) -> [(String, String)] {
        let seconds = configuration.requestTimeout.components
        let milliseconds = seconds.seconds * 1000 + seconds.attoseconds / 1_000_000_000_000_000
        var chosen = [
            ("bootstrap.servers", configuration.brokers.joined(separator: ",")),
            ("client.id", configuration.clientID),
            ("message.max.bytes", "\(configuration.messageBytes)"),
            ("message.timeout.ms", "\(milliseconds)"),
            ("socket.timeout.ms", "\(max(1000, min(milliseconds, 60_000)))"),
            ("security.protocol", configuration.security.rawValue),
        ]
        for (key, file) in [
            ("ssl.ca.location", configuration.authorityFile),
            ("ssl.certificate.location", configuration.certificateFile),
            ("ssl.key.location", configuration.keyFile),
        ] {
            if let file { chosen.append((key, file)) }
        }
        if configuration.security == .saslSSL, let sasl = configuration.sasl {
            chosen += [
                ("sasl.mechanism", sasl.mechanism.rawValue), ("sasl.username", sasl.username),
                ("sasl.password", try SecretLine.read(sasl.passwordFile)),
            ]
        }
        return chosen
    }

    private static func set(_ settings: OpaquePointer, _ key: String, _ value: String) throws(GatewayError) {
        var words = [CChar](repeating: 0, count: 512)
        guard rd_kafka_conf_set(settings, key, value, &words, words.count) == RD_KAFKA_CONF_OK else {
            throw .notOpened("take \(key)", text(words))
        }
    }

    /// The text before the first zero.
    static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// The first line of a small file, such as a password.
enum SecretLine {
    static func read(_ path: String) throws(GatewayError) -> String {
        guard let file = fopen(path, "re") else { throw .secretUnreadable(path, String(cString: strerror(errno))) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        let line = bytes.prefix(count).prefix { $0 != 10 && $0 != 13 }
        guard ferror(file) == 0, !line.isEmpty, !line.contains(0) else { throw .secretUnreadable(path, "no line") }
        return String(decoding: line, as: UTF8.self)
    }
}
#endif

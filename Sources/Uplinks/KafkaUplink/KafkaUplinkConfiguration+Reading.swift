// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ConfigurationFile
import RatingModel

extension KafkaUplinkConfiguration {
    /// Reads what an uplink of `kind: kafka` says, all mistakes into the section's log; `nil` where something that it
    /// cannot do without is missing or wrong.
    ///
    /// With `opensFiles` the files are opened too, for an operator who asks; at a start only their paths are read,
    /// because a lost key must not keep a hall from recording.
    public static func read(_ section: ConfigurationSection, opensFiles: Bool = false) -> KafkaUplinkConfiguration? {
        let brokers = section.required("brokers", .hostsWithPorts)
        let topic = section.required("topic", .kafkaTopic)
        var result = KafkaUplinkConfiguration(brokers: brokers ?? [], topic: topic ?? "")
        result.security = section.value("security", .word(Security.self), default: result.security)
        let (file, secret): (ValueKind<String>, ValueKind<String>) =
            opensFiles ? (.readableFile, .secretFile) : (.absolutePath(), .absolutePath())
        result.authorityFile = section.value("ca", file)
        result.certificateFile = section.value("certificate", file)
        result.keyFile = section.value("key", secret)
        section.requireBoth(
            "certificate", "key", hint: LocalText("a client certificate needs both, or neither", "客户端证书须同时给出两者，或都不给"))
        result.sasl = section.section("sasl") { sasl(in: $0, secret) } ?? nil
        result.checkSecurity(section)
        result.clientID = section.value("client_id", .identifier, default: result.clientID)
        result.messageBytes = section.value(
            "message_bytes", .integer(in: 1000...100_000_000), default: result.messageBytes)
        result.requestTimeout = section.value(
            "request_timeout", .duration(in: .seconds(1) ... .seconds(300)), default: result.requestTimeout)
        (result.firstRetry, result.mostRetry) = section.retryWaits(first: result.firstRetry, most: result.mostRetry)
        return brokers == nil || topic == nil ? nil : result
    }

    private static func sasl(in section: ConfigurationSection, _ secret: ValueKind<String>) -> SASL? {
        let mechanism = section.required("mechanism", .word(SASL.Mechanism.self))
        let username = section.required("username", .text(atMost: Limits.identifierBytes))
        let passwordFile = section.required("password_file", secret)
        guard let mechanism, let username, let passwordFile else { return nil }
        return SASL(mechanism: mechanism, username: username, passwordFile: passwordFile)
    }

    private func checkSecurity(_ section: ConfigurationSection) {
        if (security == .saslSSL) != section.has("sasl") {
            section.report(
                LocalText("'sasl' and 'security: sasl_ssl' belong together", "'sasl' 与 'security: sasl_ssl' 须同时使用"),
                hint: LocalText("give both, or neither", "请同时给出两者，或都不给"), at: section.has("sasl") ? "sasl" : "security")
        }
        guard security == .plaintext else { return }
        let hosts = brokers.map { broker in String(broker[..<(broker.lastIndex(of: ":") ?? broker.endIndex)]) }
        section.requireLoopback(hosts, forClearTextAt: "security")
    }
}

extension ValueKind {
    /// One of the words of an enumeration.
    fileprivate static func word(_ type: Value.Type) -> ValueKind
    where Value: CaseIterable & RawRepresentable<String> & Sendable {
        .choice(Dictionary(type.allCases.map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first }))
    }
}

extension ValueKind where Value == String {
    /// The name of a topic: letters, digits, dots, underscores and hyphens, at most 249.
    fileprivate static var kafkaTopic: ValueKind {
        ValueKind { text, _ in
            let isName = text.allSatisfy { character in
                character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
            }
            guard isName, (1...249).contains(text.count) else {
                return .wrong(
                    LocalText("'\(text.prefix(40))' is not the name of a topic", "'\(text.prefix(40))' 不是主题名称"),
                    hint: LocalText(
                        "use letters, digits, dots, underscores and hyphens", "请使用字母、数字、点、下划线和连字符"))
            }
            return .value(text)
        }
    }
}

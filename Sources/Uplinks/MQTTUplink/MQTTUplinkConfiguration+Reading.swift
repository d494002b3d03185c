// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ConfigurationFile
import RatingModel

extension MQTTUplinkConfiguration {
    /// Reads what an uplink of `kind: mqtt` says, all mistakes into the section's log; `nil` where something that it
    /// cannot do without is missing or wrong.
    ///
    /// With `opensFiles` the files are opened too, for an operator who asks; at a start only their paths are read,
    /// because a lost key must not keep a hall from recording.
    public static func read(_ section: ConfigurationSection, opensFiles: Bool = false) -> MQTTUplinkConfiguration? {
        let host = section.required("host", .host)
        let port = section.value("port", .integer(in: 1...65_535))
        let clientID = section.required("client_id", .identifier)
        let topic = section.required("topic", .topic)
        let settleOn = section.required("settle_on", .word(SettleOn.self))
        var result = MQTTUplinkConfiguration(
            host: host ?? "", port: port ?? 8883, clientID: clientID ?? "", topic: topic ?? "",
            settleOn: settleOn ?? .receipt)
        result.receiptTopic = section.value("receipt_topic", .topic)
        result.noticesTopic = section.value("notices_topic", .topic)
        result.statusTopic = section.value("status_topic", .topic)
        result.noSubscriber = section.value("no_subscriber", .word(NoSubscriber.self), default: result.noSubscriber)
        if settleOn != nil { result.checkTopics(section) }
        result.readCredentials(section, opensFiles: opensFiles)
        result.readTimes(section)
        guard host != nil, clientID != nil, topic != nil, settleOn != nil else { return nil }
        return result
    }

    private func checkTopics(_ section: ConfigurationSection) {
        if settleOn == .receipt, receiptTopic == nil, !section.has("receipt_topic") {
            section.report(
                LocalText("'settle_on: receipt' needs 'receipt_topic'", "'settle_on: receipt' 需要 'receipt_topic'"),
                hint: LocalText(
                    "name the topic the region answers on; 'puback' is for a broker that has a message on disk before it acknowledges",
                    "请填写上级回执的主题；'puback' 仅用于确认前已落盘的代理"), at: "settle_on")
        }
        let topics = [topic, receiptTopic, noticesTopic, statusTopic].compactMap { $0 }.filter { !$0.isEmpty }
        if Set(topics).count < topics.count {
            section.report(
                LocalText("two topics are the same", "两个主题相同"),
                hint: LocalText("give each purpose a topic of its own", "请为每种用途使用不同的主题"), at: "topic")
        }
    }

    private mutating func readCredentials(_ section: ConfigurationSection, opensFiles: Bool) {
        let (file, secret): (ValueKind<String>, ValueKind<String>) =
            opensFiles ? (.readableFile, .secretFile) : (.absolutePath(), .absolutePath())
        username = section.value("username", .text(atMost: Limits.identifierBytes))
        passwordFile = section.value("password_file", secret)
        authorityFile = section.value("ca", file)
        certificateFile = section.value("certificate", file)
        keyFile = section.value("key", secret)
        isPlaintext = section.value("plaintext", .choice(["true": true, "false": false]), default: false)
        section.requireBoth(
            "certificate", "key", hint: LocalText("a client certificate needs both, or neither", "客户端证书须同时给出两者，或都不给"))
        section.requireBoth(
            "username", "password_file", hint: LocalText("give both, or neither", "请同时给出两者，或都不给"))
        if isPlaintext { section.requireLoopback([host], forClearTextAt: "plaintext") }
    }

    private mutating func readTimes(_ section: ConfigurationSection) {
        let waits: ClosedRange<Duration> = .milliseconds(100) ... .seconds(300)
        connectTimeout = section.value("connect_timeout", .duration(in: waits), default: connectTimeout)
        requestTimeout = section.value("request_timeout", .duration(in: waits), default: requestTimeout)
        keepAlive = section.value("keep_alive", .duration(in: .seconds(5) ... .seconds(65_535)), default: keepAlive)
        sessionExpiry = section.value(
            "session_expiry", .duration(in: .seconds(60) ... .seconds(365 * 86_400)), default: sessionExpiry)
        (firstRetry, mostRetry) = section.retryWaits(first: firstRetry, most: mostRetry)
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
    /// The name of a topic: no wildcards, nothing of the broker's own.
    fileprivate static var topic: ValueKind {
        ValueKind { text, isQuoted in
            guard !text.contains("#"), !text.contains("+"), !text.hasPrefix("$") else {
                return .wrong(
                    LocalText("'\(text.prefix(40))' is not the name of one topic", "'\(text.prefix(40))' 不是单个主题的名称"),
                    hint: LocalText("leave out the wildcards + and #, and a $ at the beginning", "请去掉通配符 + 和 #，以及开头的 $")
                )
            }
            return Self.text(atMost: 512).reading(of: text, isQuoted: isQuoted)
        }
    }
}

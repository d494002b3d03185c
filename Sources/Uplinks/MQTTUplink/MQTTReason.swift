// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A reason code of MQTT 5 (section 2.4); 0x80 and above are refusals.
struct MQTTReason: RawRepresentable, Sendable, Hashable {
    let rawValue: UInt8

    static let success = MQTTReason(rawValue: 0x00)
    static let noMatchingSubscribers = MQTTReason(rawValue: 0x10)
    static let badUserNameOrPassword = MQTTReason(rawValue: 0x86)
    static let notAuthorized = MQTTReason(rawValue: 0x87)
    static let banned = MQTTReason(rawValue: 0x8A)
    static let badAuthenticationMethod = MQTTReason(rawValue: 0x8C)
    static let sessionTakenOver = MQTTReason(rawValue: 0x8E)
    static let topicFilterInvalid = MQTTReason(rawValue: 0x8F)
    static let topicNameInvalid = MQTTReason(rawValue: 0x90)
    static let packetTooLarge = MQTTReason(rawValue: 0x95)
    static let payloadFormatInvalid = MQTTReason(rawValue: 0x99)

    /// What a code says of a published message.
    enum Meaning: Sendable, Hashable {
        /// The broker has it.
        case taken
        /// It threw it away, because nobody listens.
        case nobodyListens
        /// Not now: quota exceeded and whatever else may pass.
        case retry
        /// It will never take this one.
        case rejected
        /// It takes none from this gateway.
        case outage
    }

    /// What an acknowledgement with this code says.
    var meaning: Meaning {
        switch self {
        case .noMatchingSubscribers: .nobodyListens
        case .payloadFormatInvalid, .packetTooLarge: .rejected
        case .notAuthorized, .banned, .topicNameInvalid: .outage
        default: rawValue < 0x80 ? .taken : .retry
        }
    }

    /// As an operator finds it in the broker's documents.
    var words: String {
        let digits = String(rawValue, radix: 16, uppercase: true)
        let code = "MQTT reason 0x" + (digits.count < 2 ? "0" : "") + digits
        return Self.names[rawValue].map { "\(code), \($0)" } ?? code
    }

    private static let names: [UInt8: String] = [
        0x10: "no matching subscribers", 0x80: "unspecified error", 0x83: "implementation specific error",
        0x84: "unsupported protocol version", 0x85: "client identifier not valid", 0x86: "bad user name or password",
        0x87: "not authorized", 0x88: "server unavailable", 0x89: "server busy", 0x8A: "banned",
        0x8B: "server shutting down", 0x8C: "bad authentication method", 0x8D: "keep alive timeout",
        0x8E: "session taken over", 0x8F: "topic filter invalid", 0x90: "topic name invalid",
        0x91: "packet identifier in use", 0x93: "receive maximum exceeded", 0x95: "packet too large",
        0x96: "message rate too high", 0x97: "quota exceeded", 0x98: "administrative action",
        0x99: "payload format invalid", 0x9B: "QoS not supported", 0x9C: "use another server", 0x9D: "server moved",
        0x9F: "connection rate exceeded",
    ]
}

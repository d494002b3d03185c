// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What an operator decides about an uplink of `kind: kafka`; the name it is kept under stands beside it.
public struct KafkaUplinkConfiguration: Sendable, Hashable {
    /// Brokers to begin with, as `host:port`; the cluster names the others: `brokers`.
    public var brokers: [String]
    /// Where ratings are written: `topic`.
    public var topic: String
    /// How the line is protected: `security`.
    public var security: Security
    /// How the gateway proves itself beside TLS: `sasl`.
    public var sasl: SASL?
    /// PEM file of the private authority that signs the brokers' certificates; `nil` trusts the system's: `ca`.
    public var authorityFile: String?
    /// PEM file of the client certificate; needs ``keyFile``: `certificate`.
    public var certificateFile: String?
    /// PEM file of its private key, without a passphrase: `key`.
    public var keyFile: String?
    /// What the brokers' logs call this gateway: `client_id`.
    public var clientID: String
    /// Largest message in bytes, at most what the topic takes; a larger rating is refused alone: `message_bytes`.
    public var messageBytes: Int
    /// Longest time for a rating to be written by all in-sync replicas, its retries included: `request_timeout`.
    public var requestTimeout: Duration
    /// The first wait after a failure; it doubles with each further one: `retry.first`.
    public var firstRetry: Duration
    /// The longest wait after a failure: `retry.most`.
    public var mostRetry: Duration

    /// How the line is protected.
    public enum Security: String, Sendable, Hashable, CaseIterable {
        /// TLS, with a client certificate where one is given.
        case ssl
        /// TLS, and SASL within it.
        case saslSSL = "sasl_ssl"
        /// In the clear, for brokers on this computer only.
        case plaintext
    }

    /// How the gateway proves itself beside TLS.
    public struct SASL: Sendable, Hashable {
        /// `sasl.mechanism`.
        public var mechanism: Mechanism
        /// `sasl.username`.
        public var username: String
        /// File whose first line is the password: `sasl.password_file`.
        public var passwordFile: String

        /// What Kafka calls the ways.
        public enum Mechanism: String, Sendable, Hashable, CaseIterable {
            /// The password itself, within TLS.
            case plain = "PLAIN"
            /// RFC 5802 with SHA-256.
            case scramSHA256 = "SCRAM-SHA-256"
            /// RFC 5802 with SHA-512.
            case scramSHA512 = "SCRAM-SHA-512"
        }

        /// Takes the three.
        public init(mechanism: Mechanism, username: String, passwordFile: String) {
            self.mechanism = mechanism
            self.username = username
            self.passwordFile = passwordFile
        }
    }

    /// Takes what has no default; everything else has that of the configuration file.
    public init(brokers: [String], topic: String, security: Security = .ssl) {
        self.brokers = brokers
        self.topic = topic
        self.security = security
        clientID = "hallgate"
        messageBytes = 1_000_000
        requestTimeout = .seconds(15)
        firstRetry = .milliseconds(500)
        mostRetry = .seconds(60)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What an operator decides about an uplink of `kind: mqtt`; the name it is kept under stands beside it.
public struct MQTTUplinkConfiguration: Sendable, Hashable {
    /// The broker's host name or address, as its certificate has it: `host`.
    public var host: String
    /// The broker's port: `port`.
    public var port: Int
    /// Under which the broker keeps this gateway's session; no other client may use it: `client_id`.
    public var clientID: String
    /// Where ratings are published: `topic`.
    public var topic: String
    /// What settles a rating: `settle_on`.
    public var settleOn: SettleOn
    /// Where the region answers; needed for `settle_on: receipt`: `receipt_topic`.
    public var receiptTopic: String?
    /// Where the region lets the hall know of verdicts, work orders and rates: `notices_topic`.
    public var noticesTopic: String?
    /// Where `online` and, by the broker, `offline` are kept for all to see: `status_topic`.
    public var statusTopic: String?
    /// What a broker means that took a rating for which nobody had subscribed: `no_subscriber`.
    public var noSubscriber: NoSubscriber
    /// The user name, where the broker wants one: `username`.
    public var username: String?
    /// File whose first line is the password: `password_file`.
    public var passwordFile: String?
    /// PEM file of the private authority that signs the broker's certificate; `nil` trusts the system's: `ca`.
    public var authorityFile: String?
    /// PEM file of the client certificate; needs ``keyFile``: `certificate`.
    public var certificateFile: String?
    /// PEM file of its private key, without a passphrase: `key`.
    public var keyFile: String?
    /// Whether the line is in the clear, which is for a broker on this computer only: `plaintext`.
    public var isPlaintext: Bool
    /// How often a quiet line is tried, 5 s to 18 h: `keep_alive`.
    public var keepAlive: Duration
    /// How long the broker keeps subscriptions and receipts for a gateway that is away: `session_expiry`.
    public var sessionExpiry: Duration
    /// Longest time until the broker has admitted the gateway: `connect_timeout`.
    public var connectTimeout: Duration
    /// Longest time for a batch to be settled: `request_timeout`.
    public var requestTimeout: Duration
    /// The first wait after a failure; it doubles with each further one: `retry.first`.
    public var firstRetry: Duration
    /// The longest wait after a failure: `retry.most`.
    public var mostRetry: Duration

    /// What settles a rating.
    public enum SettleOn: String, Sendable, Hashable, CaseIterable {
        /// The broker's acknowledgement: for a broker that is declared to have a message on disk before it says so.
        case puback
        /// The region's own answer on the receipt topic, whatever the broker does.
        case receipt
    }

    /// What it means that a broker took a message for which nobody had subscribed (MQTT 5 reason code 0x10).
    public enum NoSubscriber: String, Sendable, Hashable, CaseIterable {
        /// It threw the message away, as most do: the rating is tried again.
        case retry
        /// It keeps messages by other means than subscriptions.
        case accept
    }

    /// Takes what has no default; everything else has that of the configuration file.
    public init(
        host: String, port: Int = 8883, clientID: String, topic: String, settleOn: SettleOn,
        receiptTopic: String? = nil
    ) {
        self.host = host
        self.port = port
        self.clientID = clientID
        self.topic = topic
        self.settleOn = settleOn
        self.receiptTopic = receiptTopic
        noSubscriber = .retry
        isPlaintext = false
        keepAlive = .seconds(30)
        sessionExpiry = .seconds(7 * 86_400)
        connectTimeout = .seconds(5)
        requestTimeout = .seconds(15)
        firstRetry = .milliseconds(500)
        mostRetry = .seconds(60)
    }
}

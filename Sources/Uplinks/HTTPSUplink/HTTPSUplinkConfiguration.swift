// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What an operator decides about an uplink of `kind: https`; the name it is kept under stands beside it.
public struct HTTPSUplinkConfiguration: Sendable, Hashable {
    /// How the region writes ratings down: `profile`.
    public var profile: RegionProfile
    /// Where batches are posted, an `https` address: `url`.
    public var url: String
    /// PEM file of the private authority that signs the region's certificate; `nil` trusts the system's: `ca`.
    public var authorityFile: String?
    /// PEM file of the client certificate, followed by its intermediates; needs ``keyFile``: `certificate`.
    public var certificateFile: String?
    /// PEM file of the client certificate's private key, without a passphrase: `key`.
    public var keyFile: String?
    /// File whose first line is sent as `Authorization: Bearer`: `token_file`.
    public var tokenFile: String?
    /// An address that answers a GET with 2xx while the region is well; `nil` where it has none: `probe_url`.
    public var probeURL: String?
    /// Most ratings in one batch, 1 to ``RatingModel/Limits/batchRecords``: `batch`.
    public var batchRecords: Int
    /// Longest time until the TLS connection stands: `connect_timeout`.
    public var connectTimeout: Duration
    /// Longest time for the whole exchange, and for every wait in it: `request_timeout`.
    public var requestTimeout: Duration
    /// The first wait after a failure; it doubles with each further one: `retry.first`.
    public var firstRetry: Duration
    /// The longest wait after a failure: `retry.most`.
    public var mostRetry: Duration
    /// Most batches per second; 0 for no limit: `rate_limit`.
    public var batchesPerSecond: Int
    /// What is said for a 差评 without a reason: `reasonless_bad`.
    public var reasonlessBad: ReasonlessBad
    /// The true sentence that stands for a reason the pad did not ask for: `reasonless_statement`.
    public var reasonlessStatement: String
    /// What becomes of a rating of which no answer speaks: `on_unknown`.
    public var onUnknown: OnUnknown

    /// How a 差评 goes up that came from a key, with which no reason is given.
    public enum ReasonlessBad: String, Sendable, Hashable, CaseIterable {
        /// With the configured true sentence in place of a reason, because regions refuse it without one.
        case statement
        /// As it is.
        case send
    }

    /// What to do when it is not known whether a rating arrived.
    public enum OnUnknown: String, Sendable, Hashable, CaseIterable {
        /// Send it again under the same id, which the region takes once.
        case resend
        /// Leave it to an operator.
        case hold
    }

    /// Takes the address; everything else has the default of the configuration file.
    public init(
        url: String, profile: RegionProfile = .national, authorityFile: String? = nil, certificateFile: String? = nil,
        keyFile: String? = nil, tokenFile: String? = nil, probeURL: String? = nil, batchRecords: Int = 100,
        connectTimeout: Duration = .seconds(5), requestTimeout: Duration = .seconds(15),
        firstRetry: Duration = .milliseconds(500), mostRetry: Duration = .seconds(60), batchesPerSecond: Int = 0,
        reasonlessBad: ReasonlessBad = .statement, reasonlessStatement: String = "评价器按键评价，设备未采集原因",
        onUnknown: OnUnknown = .resend
    ) {
        self.profile = profile
        self.url = url
        self.authorityFile = authorityFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.tokenFile = tokenFile
        self.probeURL = probeURL
        self.batchRecords = batchRecords
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.firstRetry = firstRetry
        self.mostRetry = mostRetry
        self.batchesPerSecond = batchesPerSecond
        self.reasonlessBad = reasonlessBad
        self.reasonlessStatement = reasonlessStatement
        self.onUnknown = onUnknown
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What an operator decides about an uplink of `kind: https`; the name it is kept under stands beside it.
public struct HTTPSUplinkConfiguration: Sendable, Hashable {
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
    /// Files of what the profile's calls carry, by the profile's names, such as `app_id`: paths, or `credential:NAME` for
    /// what systemd hands over; the first line counts: `credentials`.
    public var credentialFiles: [String: String]
    /// An address that answers a GET with 2xx while the region is well; `nil` where it has none: `probe_url`.
    public var probeURL: String?
    /// Longest time until the TLS connection stands: `connect_timeout`.
    public var connectTimeout: Duration
    /// Longest time for the whole exchange, and for every wait in it: `request_timeout`.
    public var requestTimeout: Duration
    /// The first wait after a failure; it doubles with each further one: `retry.first`.
    public var firstRetry: Duration
    /// The longest wait after a failure: `retry.most`.
    public var mostRetry: Duration

    /// Takes the address; everything else has the default of the configuration file.
    public init(
        url: String, authorityFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
        tokenFile: String? = nil, credentialFiles: [String: String] = [:], probeURL: String? = nil,
        connectTimeout: Duration = .seconds(5), requestTimeout: Duration = .seconds(15),
        firstRetry: Duration = .milliseconds(500), mostRetry: Duration = .seconds(60)
    ) {
        self.url = url
        self.authorityFile = authorityFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.tokenFile = tokenFile
        self.credentialFiles = credentialFiles
        self.probeURL = probeURL
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.firstRetry = firstRetry
        self.mostRetry = mostRetry
    }
}

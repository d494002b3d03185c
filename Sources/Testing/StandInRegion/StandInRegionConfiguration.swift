// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// How a stand-in region is set up.
public struct StandInRegionConfiguration: Sendable {
    /// The host to listen on.
    public var host: String
    /// The port to listen on; 0 takes a free one, which ``StandInRegion/port`` tells.
    public var port: Int
    /// The SQLite file that receipts are kept in, created where it is missing, and kept; `:memory:` keeps nothing.
    public var store: String
    /// Whether a commit is on disk before it is answered; without it a computer that stops loses what it answered last.
    public var isDurable = true
    /// Which region it is: the name of a profile that ships, such as `national`.
    public var profile = "national"
    /// What it opens and checks ratings by, where its profile seals them.
    public var keys = RegionKeys()
    /// The server's certificate and key; without them the region speaks plain HTTP, on loopback only.
    public var tls: TLS?
    /// The bearer token every call must carry, if any.
    public var token: String?
    /// The secrets of the applications that can have a token at `POST /api/token`, by their ids; where there is one,
    /// every other call must carry a token.
    public var applications: [String: String] = [:]
    /// How long such a token holds.
    public var tokenLifetime: Duration = .seconds(7200)
    /// Whether a rating is refused until its case was filed at `POST /api/cases`.
    public var requiresCase: Bool
    /// Whether the codes of cases come as pictures, where the page's address comes otherwise.
    public var drawsCodes = false
    /// The faults in force from the start, in order: the first that fires decides a request.
    public var faults: [FaultRule]
    /// The seed of every probability.
    public var seed: UInt64

    /// A region on a free loopback port that behaves well.
    public init(
        store: String, host: String = "127.0.0.1", port: Int = 0, tls: TLS? = nil, token: String? = nil,
        requiresCase: Bool = false, faults: [FaultRule] = [], seed: UInt64 = 1
    ) {
        self.host = host
        self.port = port
        self.store = store
        self.tls = tls
        self.token = token
        self.requiresCase = requiresCase
        self.faults = faults
        self.seed = seed
    }

    /// The files of a TLS server, all PEM.
    public struct TLS: Sendable, Hashable {
        /// The certificate chain, the server's own first.
        public let certificate: String
        /// The private key.
        public let key: String
        /// The authority that clients' certificates must be signed by; where it is `nil`, clients need none.
        public let clientAuthority: String?

        /// Names the files.
        public init(certificate: String, key: String, clientAuthority: String? = nil) {
            self.certificate = certificate
            self.key = key
            self.clientAuthority = clientAuthority
        }
    }

    /// Refuses plain HTTP beyond loopback, for ratings and the token would cross the network in the clear, and a profile
    /// that it does not know; answers the profile.
    func check() throws(GatewayError) -> StandInProfile {
        let isLoopback = host == "localhost" || host == "::1" || host.hasPrefix("127.")
        guard tls != nil || isLoopback else {
            throw GatewayError(
                "region.plain-http",
                LocalText(
                    "The stand-in region would speak plain HTTP on \(host)", "模拟平台将在 \(host) 上以明文 HTTP 提供服务"),
                hint: LocalText(
                    "give --certificate and --key, or listen on 127.0.0.1", "请指定 --certificate 和 --key，或只监听 127.0.0.1"))
        }
        guard let profile = try StandInProfile.named(profile, keys) else {
            throw GatewayError(
                "region.profile", LocalText("The stand-in knows no profile '\(profile)'", "模拟平台没有“\(profile)”规范"),
                hint: LocalText(
                    "give one of \(StandInProfile.names.joined(separator: ", "))",
                    "可用的规范：\(StandInProfile.names.joined(separator: "、"))"))
        }
        return profile
    }
}

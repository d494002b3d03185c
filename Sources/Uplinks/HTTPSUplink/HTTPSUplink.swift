// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
public import Logging
import NIOCore
public import RatingModel
import Synchronization
public import UplinkAPI

/// Delivers over HTTPS to a region whose language a profile speaks.
///
/// The region is trusted in nothing: its certificate and name are verified, redirects are not followed, every phase
/// has a time limit, its answer a size limit, and what it says of a rating counts only where it names the rating.
public final class HTTPSUplink: Uplink {
    public let name: UplinkName
    public let limits: UplinkLimits
    let coding: any RegionCoding
    let line: RegionLine
    let memory = Mutex(Memory())
    private let configuration: HTTPSUplinkConfiguration
    private let client: HTTPClient
    private let logger: Logger

    /// What is remembered between batches; forgetting it costs a question more and loses nothing.
    struct Memory {
        /// Cases the region holds.
        var cases = BoundedSet<CaseReference>(atMost: 4096)
        /// Ratings that may have arrived without an answer.
        var doubtful = BoundedSet<RecordID>(atMost: 4096)
        /// Whether a batch was answered since the start. Before that nothing is known of what an earlier run sent.
        var wasAnswered = false
    }

    /// Reads the files the configuration names, checks them and prepares the client; nothing is sent yet.
    ///
    /// Throws where a file cannot be read, a certificate has expired, a key does not belong to its certificate, or an
    /// address is no `https` address. What it returns must be shut down before it is let go.
    public static func open(
        _ configuration: HTTPSUplinkConfiguration, name: UplinkName, coding: any RegionCoding, clock: any GatewayClock,
        logger: Logger
    ) throws(GatewayError) -> HTTPSUplink {
        guard let address = RegionAddress(configuration.url) else { throw .notHTTPS(configuration.url) }
        if let url = configuration.probeURL, RegionAddress(url) == nil { throw .notHTTPS(url) }
        let credentials = try UplinkCredentials.load(configuration, now: clock.now().wall)
        // Whatever the profile may refuse to sign with shows before there is a client to shut down.
        _ = try coding.call(
            asking: .token, access: RegionAccess(credentials: credentials.named, now: clock.now().wall))
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: Self.client(configuration, credentials))
        let carrier = CallCarrier(
            url: configuration.url, address: address,
            exchange: HTTPExchange(client: client, limit: configuration.requestTimeout),
            pace: CallPace(interval: coding.limits.leastInterval), connectTimeout: configuration.connectTimeout,
            clock: clock)
        let line = try RegionLine(carrier, coding: coding, credentials: credentials)
        return HTTPSUplink(configuration, name: name, coding: coding, line: line, client: client, logger: logger)
    }

    private init(
        _ configuration: HTTPSUplinkConfiguration, name: UplinkName, coding: any RegionCoding, line: RegionLine,
        client: HTTPClient, logger: Logger
    ) {
        self.name = name
        self.configuration = configuration
        self.coding = coding
        self.line = line
        self.client = client
        self.logger = logger
        limits = coding.limits
    }

    private static func client(
        _ configuration: HTTPSUplinkConfiguration, _ credentials: UplinkCredentials
    ) -> HTTPClient.Configuration {
        let connect = TimeAmount(configuration.connectTimeout)
        let request = TimeAmount(configuration.requestTimeout)
        var client = HTTPClient.Configuration(
            tlsConfiguration: credentials.tls, redirectConfiguration: .disallow,
            timeout: .init(connect: connect, read: request, write: request), proxy: nil, decompression: .disabled)
        client.httpVersion = .http1Only
        // One is used at a time; the others make room while one that was given up still closes.
        client.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4
        client.connectionPool.idleTimeout = .seconds(30)
        // The forwarder is the one that tries again.
        client.connectionPool.retryConnectionEstablishment = false
        return client
    }

    public func probe() async -> ProbeResult? {
        do throws(ExchangeFailure) {
            guard let reply = try await replyToProbe() else { return nil }
            return (200..<300).contains(reply.status) ? .answered : .failed(.regionStatus(reply.status))
        } catch { return .failed(error.error) }
    }

    private func replyToProbe() async throws(ExchangeFailure) -> RegionReply? {
        guard let url = configuration.probeURL, let address = RegionAddress(url) else {
            return try await line.ask(.alive)
        }
        var headers = [RegionHeader("accept", "application/json")]
        if let token = try await line.bearer { headers.append(RegionHeader("authorization", "Bearer \(token)")) }
        return try await line.carrier.run(
            RegionCall(method: "GET", headers: headers), at: url, of: address, atMost: RegionLine.mostAnswerBytes)
    }

    /// Asks the region something beside ratings, as the mirror and the daily 对账 do; what it answers is for
    /// ``UplinkAPI/RegionCoding`` to read.
    ///
    /// Throws `uplink.no-such-call` where the profile has no such call, and what an answer with another status than
    /// 2xx, or none, means for the line. A token that ran out is renewed once.
    public func ask(_ question: RegionQuestion) async throws(GatewayError) -> RegionReply {
        do throws(ExchangeFailure) {
            guard let reply = try await line.ask(question) else {
                throw ExchangeFailure(.noSuchCall, mayHaveArrived: false)
            }
            if let failure = ExchangeFailure(status: reply) { throw failure }
            return reply
        } catch { throw error.error }
    }

    /// Closes the connections; every call must have returned.
    public func shutdown() async {
        do { try await client.shutdown() } catch {
            logger.warning("uplink \(name): the client did not shut down: \(error)")
        }
    }
}

extension DeliveryOutcome {
    /// A rating the profile has no words for; the engine holds such ratings back before they come here.
    static let notStatable = DeliveryOutcome(.rejected, answer: "the region's interface has no words for this record")
}

extension GatewayError {
    static func notHTTPS(_ url: String) -> GatewayError {
        GatewayError(
            "uplink.address", LocalText("\(url) is not an https address", "\(url) 不是 https 地址"),
            hint: LocalText(
                "write the address as https://host:port/path, without user name", "请写成 https://主机:端口/路径，不含用户名"))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
public import Logging
import NIOCore
public import RatingModel
public import UplinkAPI

/// Delivers to a region that takes batches of JSON over HTTPS.
///
/// The region is trusted in nothing: its certificate and name are verified, redirects are not followed, every phase
/// has a time limit, its answer a size limit, and what it says of a rating counts only where it names the rating.
public final class HTTPSUplink: Uplink {
    public let name: UplinkName
    public let limits: UplinkLimits
    private let configuration: HTTPSUplinkConfiguration
    private let address: RegionAddress
    private let coding: any RegionCoding
    private let token: String?
    private let exchange: HTTPExchange
    private let clock: any GatewayClock
    private let logger: Logger

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
        return HTTPSUplink(
            configuration, name: name, address: address, coding: coding, credentials: credentials, clock: clock,
            logger: logger)
    }

    private init(
        _ configuration: HTTPSUplinkConfiguration, name: UplinkName, address: RegionAddress, coding: any RegionCoding,
        credentials: UplinkCredentials, clock: any GatewayClock, logger: Logger
    ) {
        self.name = name
        self.configuration = configuration
        self.address = address
        self.clock = clock
        self.logger = logger
        limits = coding.limits
        self.coding = coding
        token = credentials.token
        exchange = HTTPExchange(
            client: HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: Self.client(configuration, credentials)),
            limit: configuration.requestTimeout)
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

    public func deliver(_ batch: [OutgoingRating]) async -> DeliveryReport {
        guard batch.count <= limits.batchRecords else { return .refusedWhole(answer: Self.oversized(batch, limits)) }
        let statable = batch.filter { coding.canState($0) }
        guard !statable.isEmpty else { return .answered(batch.map { _ in .notStatable }) }
        let call: RegionCall
        do throws(GatewayError) {
            call = try coding.call(
                handingOver: statable, access: RegionAccess(token: token, now: clock.now().wall))
        } catch { return .unreachable(error, mayHaveArrived: false, retryAfter: nil) }
        let report: DeliveryReport
        do throws(HTTPExchange.Failure) {
            let reply = try await exchange.run(call, at: configuration.url)
            report = coding.report(reply, on: statable, at: clock.now().wall)
        } catch {
            let failure = await explain(error, address)
            report = .unreachable(failure.error, mayHaveArrived: failure.mayHaveArrived, retryAfter: nil)
        }
        guard statable.count < batch.count, case .answered(let outcomes) = report else { return report }
        var rest = outcomes.makeIterator()
        return .answered(
            batch.map { rating in
                coding.canState(rating) ? rest.next() ?? DeliveryOutcome(.unknown, answer: "") : .notStatable
            })
    }

    /// Nothing is sent of a batch that is larger than was agreed; the engine halves it.
    private static func oversized(_ batch: [OutgoingRating], _ limits: UplinkLimits) -> String {
        "not sent: \(batch.count) ratings at once, the limit is \(limits.batchRecords)"
    }

    public func probe() async -> ProbeResult? {
        guard let url = configuration.probeURL, let address = RegionAddress(url) else { return nil }
        do throws(HTTPExchange.Failure) {
            let reply = try await exchange.run(RegionCall(method: "GET", headers: bearer), at: url)
            return (200..<300).contains(reply.status) ? .answered : .failed(.regionStatus(reply.status))
        } catch { return .failed(await explain(error, address).error) }
    }

    private var bearer: [RegionHeader] {
        [RegionHeader("accept", "application/json")]
            + (token.map { [RegionHeader("authorization", "Bearer \($0)")] } ?? [])
    }

    /// Closes the connections; every call must have returned.
    public func shutdown() async {
        do { try await exchange.client.shutdown() } catch {
            logger.warning("uplink \(name): the client did not shut down: \(error)")
        }
    }

    private func explain(_ failure: HTTPExchange.Failure, _ address: RegionAddress) async -> ExchangeFailure {
        let explained = ExchangeFailure(failure, host: address.host)
        guard explained.isAboutRegionCertificate, !Task.isCancelled else { return explained }
        let diagnosis = CertificateDiagnosis(address: address, limit: configuration.connectTimeout)
        guard let reason = await diagnosis.reason(now: clock.now().wall) else { return explained }
        return ExchangeFailure(reason, mayHaveArrived: false)
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

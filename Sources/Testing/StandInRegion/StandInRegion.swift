// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
public import RatingModel

/// A running stand-in region: the regional system's side of the uplink contract, with faults on demand.
///
/// It is given to the body of ``withStandInRegion(_:body:)`` and lives as long as that body runs.
public struct StandInRegion: Sendable {
    /// The host it listens on.
    public let host: String
    /// The port it listens on, the one taken where the configuration said 0.
    public let port: Int
    /// `https` or `http`.
    public let scheme: String
    private let core: RegionCore
    private let stopping: StopSignal

    fileprivate init(host: String, port: Int, scheme: String, core: RegionCore, stopping: StopSignal) {
        self.host = host
        self.port = port
        self.scheme = scheme
        self.core = core
        self.stopping = stopping
    }

    /// Where ratings are posted.
    public var evaluateURL: String { url("/api/evaluate") }
    /// Where it can be asked without a rating.
    public var pingURL: String { url("/api/ping") }

    /// The address of a path; an IPv6 host is put in brackets.
    public func url(_ path: String) -> String {
        "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)\(path)"
    }

    /// Puts a fault behind those in force, from the next request on.
    public func inject(_ rule: FaultRule) async { await core.inject(rule) }

    /// Has the region do something beside answering; `false` where it holds no such rating.
    func obey(_ order: AdminOrder) async throws(GatewayError) -> Bool {
        do { return try await core.obey(order) } catch { throw regionFailure(error) }
    }

    /// Takes every fault away.
    public func clearFaults() async { await core.clearFaults() }

    /// The store's counters; ``RegionStoreReader`` reads the same from outside.
    public func counts() async throws(GatewayError) -> RegionStoreReader.Counts {
        do { return try await core.counts() } catch { throw regionFailure(error) }
    }

    /// Stops listening and cuts every connection; returns when the port is free. The store stays.
    public func stop() async {
        stopping.request()
        await stopping.ended()
    }

    /// Returns when the region has stopped, by ``stop()`` or because its server failed.
    public func untilStopped() async { await stopping.ended() }
}

/// Runs a stand-in region around the body: it answers before the body starts, and is gone when this returns.
///
/// - Throws: ``GatewayError`` where the region cannot start, or whatever the body throws.
public func withStandInRegion<Answer>(
    _ configuration: StandInRegionConfiguration, body: (StandInRegion) async throws -> Answer
) async throws -> Answer {
    let profile = try configuration.check()
    let connections = OpenConnections()
    let core: RegionCore
    let server: HTTPServerBuilder
    do {
        core = try RegionCore(configuration, profile)
        server = try serverBuilder(configuration.tls, connections)
    } catch {
        throw regionFailure(error)
    }
    let (listening, listener) = AsyncThrowingStream.makeStream(of: Int.self)
    var logger = Logger(label: "hallgate.region")
    logger.logLevel = .critical
    let application = Application(
        router: RegionRoutes(
            core: core, office: TokenOffice(configuration), profile: profile,
            scheme: configuration.tls == nil ? "http" : "https"
        ).router(), server: server,
        configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
        onServerRunning: { channel in listener.yield(channel.localAddress?.port ?? 0) }, logger: logger)
    let stopping = StopSignal()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            let failure = await serve(application, until: stopping, connections)
            listener.finish(throwing: failure.map(regionFailure))
            stopping.end()
        }
        defer { stopping.request() }
        var ports = listening.makeAsyncIterator()
        guard let port = try await ports.next() else { throw CancellationError() }
        let region = StandInRegion(
            host: configuration.host, port: port, scheme: configuration.tls == nil ? "http" : "https", core: core,
            stopping: stopping)
        return try await body(region)
    }
}

/// Runs the server until it fails, a stop is requested or the task is cancelled; answers the failure.
private func serve(
    _ application: some ApplicationProtocol, until stopping: StopSignal, _ connections: OpenConnections
) async -> (any Error)? {
    await withTaskGroup(of: (any Error)?.self) { group in
        group.addTask {
            do {
                try await application.run()
                return nil
            } catch {
                return error
            }
        }
        group.addTask {
            await stopping.requested()
            return nil
        }
        let failure = await group.next() ?? nil
        group.cancelAll()
        connections.closeAll()
        return failure
    }
}

private func serverBuilder(
    _ tls: StandInRegionConfiguration.TLS?, _ connections: OpenConnections
) throws -> HTTPServerBuilder {
    let plain = HTTPServerBuilder.http1(
        configuration: .init(additionalChannelHandlers: [ConnectionTracker(connections)]))
    guard let tls else { return plain }
    var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(tls.certificate).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: tls.key, format: .pem)))
    configuration.minimumTLSVersion = .tlsv12
    if let authority = tls.clientAuthority {
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority))
        configuration.certificateVerification = .noHostnameVerification
    }
    return try .tls(plain, tlsConfiguration: configuration)
}

/// What kept a region from running, in the operator's words.
private func regionFailure(_ error: any Error) -> GatewayError {
    if let error = error as? GatewayError { return error }
    return GatewayError(
        "region.not-running", LocalText("The stand-in region cannot run", "模拟平台无法运行"), cause: "\(error)",
        hint: LocalText(
            "check that the port is free, the certificate and key belong together and the store's directory is writable",
            "请检查端口是否被占用、证书与私钥是否匹配、数据库目录是否可写"))
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import NIOSSL
import RatingModel
import Synchronization

/// Looks at the certificate a region shows, to say why it was not trusted: the TLS library says only that it was not.
///
/// It makes a connection of its own, on which the handshake is broken off as soon as the certificates are seen, so
/// that nothing is sent to a peer that is not trusted.
struct CertificateDiagnosis: Sendable {
    let address: RegionAddress
    let limit: Duration

    /// The reason, where the dates are the reason; `nil` where they are fine or cannot be seen.
    func reason(now: WallTime) async -> GatewayError? {
        let dates = await dates()
        for (start, end) in dates {
            if now > end { return .certificateExpired(address.host, end) }
            if now < start { return .certificateNotYetValid(address.host, start) }
        }
        return nil
    }

    private func dates() async -> [(WallTime, WallTime)] {
        let seen = Seen()
        let isName = (try? SocketAddress(ipAddress: address.host, port: address.port)) == nil
        let host = isName ? address.host : nil
        guard let context = try? NIOSSLContext(configuration: .makeClientConfiguration()) else { return [] }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let closed = loop.makePromise(of: Void.self)
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(TimeAmount(limit)).channelInitializer { channel in
            channel.closeFuture.cascade(to: closed)
            return channel.eventLoop.makeCompletedFuture {
                let handler = try NIOSSLClientHandler(context: context, serverHostname: host) { certificates, promise in
                    seen.note(certificates)
                    promise.succeed(NIOSSLVerificationResult.failed)
                }
                try channel.pipeline.syncOperations.addHandler(handler)
            }
        }
        guard let channel = try? await bootstrap.connect(host: address.host, port: address.port).get() else {
            closed.succeed()
            return []
        }
        let timer = loop.scheduleTask(in: TimeAmount(limit)) { channel.close(mode: .all, promise: nil) }
        try? await closed.futureResult.get()
        timer.cancel()
        return seen.dates.withLock { $0 }
    }

    private final class Seen: Sendable {
        let dates = Mutex<[(WallTime, WallTime)]>([])

        func note(_ certificates: [NIOSSLCertificate]) {
            let found = certificates.prefix(8).map { certificate in
                (
                    WallTime(millisecondsSinceEpoch: Int64(certificate.notValidBefore) * 1000),
                    WallTime(millisecondsSinceEpoch: Int64(certificate.notValidAfter) * 1000)
                )
            }
            dates.withLock { $0 = found }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import RatingModel
import UplinkAPI

/// A failed exchange in the operator's words.
struct ExchangeFailure: Error, Sendable {
    let error: GatewayError
    /// Whether bytes of the request may have reached the region.
    let mayHaveArrived: Bool
    /// How long the region asks to wait, where it does.
    var retryAfter: Duration?
    /// Whether the region's certificate was the reason, which a look at it explains.
    var isAboutRegionCertificate = false

    init(_ failure: HTTPExchange.Failure, host: String) {
        switch failure {
        case .tookTooLong: self.init(.tookTooLong(host), mayHaveArrived: true)
        case .cancelled: self.init(.stopped, mayHaveArrived: true)
        case .answerTooLong: self.init(.answerTooLong, mayHaveArrived: true)
        case .client(let cause): self.init(cause, host: host)
        }
    }

    init(_ error: GatewayError, mayHaveArrived: Bool, retryAfter: Duration? = nil) {
        self.error = error
        self.mayHaveArrived = mayHaveArrived
        self.retryAfter = retryAfter
    }

    /// The failure that an answer to a question is; `nil` where its status is one of success.
    init?(status reply: RegionReply, mayHaveArrived: Bool = false) {
        guard !(200..<300).contains(reply.status) else { return nil }
        // The form with a date is for batches; behind a question the back-off in force is good enough.
        let seconds = reply.retryAfter.flatMap { Int64($0) }.map { min(max(0, $0), 86_400) }
        self.init(
            .regionStatus(reply.status), mayHaveArrived: mayHaveArrived, retryAfter: seconds.map { .seconds($0) })
    }

    private init(_ cause: any Error, host: String) {
        let text = ReceiptText.shortened("\(cause)")
        if text.contains("CERTIFICATE_VERIFY_FAILED") || cause is NIOSSLExtraError {
            error = cause is NIOSSLExtraError ? .wrongName(host, text) : .certificateRefused(host, text)
            mayHaveArrived = false
            isAboutRegionCertificate = !(cause is NIOSSLExtraError)
        } else if text.contains("ALERT") {
            // In TLS 1.3 the region judges the client certificate after the client may have begun to send.
            error = .ourCertificateRefused(host, text)
            mayHaveArrived = true
        } else if cause is NIOSSLError {
            error = .noTLS(host, text)
            mayHaveArrived = !text.contains("handshake")
        } else if Self.isBeforeTheRequest(cause) {
            error = .notConnected(host, text)
            mayHaveArrived = false
        } else if let timeout = cause as? HTTPClientError, Self.timeouts.contains(timeout) {
            error = .tookTooLong(host)
            mayHaveArrived = true
        } else {
            error = .brokenOff(host, text)
            mayHaveArrived = true
        }
    }

    private static let timeouts: [HTTPClientError] = [.readTimeout, .writeTimeout, .deadlineExceeded]

    private static func isBeforeTheRequest(_ cause: any Error) -> Bool {
        if let cause = cause as? HTTPClientError {
            let early: [HTTPClientError] = [
                .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .alreadyShutdown, .invalidURL,
                .emptyHost, .emptyScheme,
            ]
            return early.contains(cause)
        }
        return cause is NIOConnectionError || cause is SocketAddressError
            || (cause as? IOError)?.errnoCode == ECONNREFUSED
    }
}

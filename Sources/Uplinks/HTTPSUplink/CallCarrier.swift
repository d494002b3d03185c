// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// Carries finished calls to the region, each in its turn, and says in the operator's words why one failed.
struct CallCarrier: Sendable {
    let url: String
    let address: RegionAddress
    let exchange: HTTPExchange
    let pace: CallPace
    let connectTimeout: Duration
    let clock: any GatewayClock

    /// Carries a call in its turn.
    func run(_ call: RegionCall, atMost bytes: Int) async throws(ExchangeFailure) -> RegionReply {
        do { try await pace.turn() } catch { throw ExchangeFailure(.stopped, mayHaveArrived: false) }
        return try await run(call, at: address.url(url, with: call.path), of: address, atMost: bytes)
    }

    /// Carries a call to an address that need not be the region's evaluation interface.
    func run(
        _ call: RegionCall, at url: String, of address: RegionAddress, atMost bytes: Int
    ) async throws(ExchangeFailure) -> RegionReply {
        do throws(HTTPExchange.Failure) {
            return try await exchange.run(call, at: url, atMost: bytes)
        } catch { throw await explained(error, address) }
    }

    private func explained(_ failure: HTTPExchange.Failure, _ address: RegionAddress) async -> ExchangeFailure {
        let explained = ExchangeFailure(failure, host: address.host)
        guard explained.isAboutRegionCertificate, !Task.isCancelled else { return explained }
        let diagnosis = CertificateDiagnosis(address: address, limit: connectTimeout)
        guard let reason = await diagnosis.reason(now: clock.now().wall) else { return explained }
        return ExchangeFailure(reason, mayHaveArrived: false)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Who may call: the bearers of a fixed token, and of tokens that an application had by its secret until they expire.
///
/// Tokens live in memory: after a restart the region admits none it gave before, as real ones do.
final class TokenOffice: Sendable {
    /// How long a token holds.
    let lifetime: Duration
    private let fixed: String?
    private let applications: [String: String]
    private let issued = Mutex<[String: ContinuousClock.Instant]>([:])

    init(_ configuration: StandInRegionConfiguration) {
        fixed = configuration.token
        applications = configuration.applications
        lifetime = configuration.tokenLifetime
    }

    /// Gives a token for right credentials; `nil` for wrong ones.
    func issue(application: String, secret: String) -> String? {
        guard let right = applications[application], right == secret else { return nil }
        let token =
            String(UInt64.random(in: .min ... .max), radix: 16) + String(UInt64.random(in: 1 ... .max), radix: 16)
        let now = ContinuousClock.now
        issued.withLock { issued in
            issued = issued.filter { $0.value > now }
            issued[token] = now + lifetime
        }
        return token
    }

    /// Whether a call with this `Authorization` field is answered; all are where no token is asked for.
    func admits(_ authorization: String?) -> Bool {
        guard fixed != nil || !applications.isEmpty else { return true }
        guard let authorization, authorization.hasPrefix("Bearer ") else { return false }
        let token = String(authorization.dropFirst(7))
        if token == fixed { return true }
        return issued.withLock { $0[token] }.map { $0 > ContinuousClock.now } ?? false
    }
}

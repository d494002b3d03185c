// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import Cryptography
import Glibc
import Testing

/// What OpenSSL does when the process ends, each entry being the first use of the library in a process of its own.
struct ProcessEndTests {
    /// OpenSSL's cleaning up races with threads that end at the same time; its first step is to call such handlers.
    private static func endReportingCleanup() -> Never {
        guard OPENSSL_atexit({ _exit(9) }) == 1 else { _exit(8) }
        exit(0)
    }

    @Test func doesNotCleanUpAfterADigest() async {
        await #expect(processExitsWith: .exitCode(0)) {
            _ = try Digest.hash(.sm3, [1])
            Self.endReportingCleanup()
        }
    }

    @Test func doesNotCleanUpAfterRandomBytes() async {
        await #expect(processExitsWith: .exitCode(0)) {
            _ = try SecureRandom.bytes(16)
            Self.endReportingCleanup()
        }
    }

    @Test func doesNotCleanUpAfterEncryption() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let key = [UInt8](repeating: 1, count: AESGCM.keyBytes)
            _ = try AESGCM.seal([1], key: key, nonce: [UInt8](repeating: 2, count: AESGCM.nonceBytes))
            Self.endReportingCleanup()
        }
    }

    @Test func doesNotCleanUpAfterAnAuthenticationCode() async {
        await #expect(processExitsWith: .exitCode(0)) {
            _ = try MessageAuthentication.hmac(.sha256, key: [1], [2])
            Self.endReportingCleanup()
        }
    }
}

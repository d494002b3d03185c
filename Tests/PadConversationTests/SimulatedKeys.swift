// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NativePad
import PadSecurity

/// The keys on the labels of simulated pads, at both ends.
enum SimulatedKeys {
    static func key(of pad: UInt64) -> [UInt8] { (0..<32).map { UInt8(truncatingIfNeeded: pad &>> ($0 % 8) &+ $0) } }

    static func authenticator(of pad: UInt64) -> HMACSHA256 { HMACSHA256(key: key(of: pad)) }

    /// A hall that demands proofs.
    static let pairing = PadPairing(isRequired: true) { authenticator(of: $0).code(of: $1) }
}

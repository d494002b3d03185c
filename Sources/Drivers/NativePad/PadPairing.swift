// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// What the hall demands of its pads, and the codes made with the keys it knows (firmware-protocol.md section 5).
public struct PadPairing: Sendable {
    /// The hash under the codes.
    public enum Hash: String, Sendable, Hashable, CaseIterable {
        /// HMAC-SHA256.
        case sha256 = "hmac-sha256"
        /// HMAC-SM3.
        case sm3 = "hmac-sm3"
    }

    /// Whether presses without a proof are held back until an operator releases them.
    public let isRequired: Bool
    /// The hash pads are asked to use.
    public let hash: Hash
    /// Why no key can be had at all, where that is so: the file is gone, say.
    public let trouble: String?
    /// The digest of the bytes under a pad's key, at least 16 bytes; `nil` where its key is not known.
    private let digest: @Sendable (_ pad: UInt64, _ bytes: [UInt8]) -> [UInt8]?

    /// Takes the demand and the way codes are made.
    public init(
        isRequired: Bool, hash: Hash = .sha256, trouble: String? = nil,
        digest: @escaping @Sendable (_ pad: UInt64, _ bytes: [UInt8]) -> [UInt8]?
    ) {
        self.isRequired = isRequired
        self.hash = hash
        self.trouble = trouble
        self.digest = digest
    }

    /// No key is known, and none is demanded.
    public static let none = PadPairing(isRequired: false) { _, _ in nil }

    var algorithm: ProofAlgorithm {
        switch hash {
        case .sha256: .hmacSHA256
        case .sm3: .hmacSM3
        }
    }

    /// The code of the bytes under the pad's key; `nil` where the key is not known.
    func code(_ input: ProofInput, of pad: UInt64) -> Code128? {
        guard let digest = digest(pad, input.bytes), digest.count >= 16 else { return nil }
        return Code128(first: digest)
    }

    /// A challenge that nobody without the key can foresee.
    func challenge(for pad: UInt64, nonce: UInt64, count: UInt64) -> Code128? {
        code(.seed(pad: pad, Code128(low: nonce, high: count)), of: pad)
    }
}

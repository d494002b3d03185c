// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import PadProtocol

/// SHA-256 (FIPS 180-4) in as little code as it takes, for firmware; a host has OpenSSL.
public struct SHA256: Sendable {
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    private var block = [UInt32](repeating: 0, count: 64)
    private var count: UInt64 = 0

    private static let constants: InlineArray<64, UInt32> = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
        0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
        0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
        0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
        0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
        0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]

    /// Starts a digest.
    public init() {}

    /// Takes more bytes.
    public mutating func update(_ bytes: [UInt8]) {
        var index = 0
        while index < bytes.count {
            put(bytes[index])
            index &+= 1
        }
    }

    /// Ends the digest: 32 bytes.
    public mutating func finish() -> [UInt8] {
        let bits = count &<< 3
        put(0x80)
        while count & 63 != 56 { put(0) }
        var shift: UInt64 = 64
        while shift > 0 {
            shift &-= 8
            put(UInt8(truncatingIfNeeded: bits &>> shift))
        }
        var digest: [UInt8] = []
        var index = 0
        while index < 32 {
            digest.append(UInt8(truncatingIfNeeded: state[index &>> 2] &>> UInt32(24 &- 8 &* (index & 3))))
            index &+= 1
        }
        return digest
    }

    @inline(never)
    private mutating func put(_ byte: UInt8) {
        let word = Int(truncatingIfNeeded: count &>> 2) & 15
        block[word] = (count & 3 == 0 ? 0 : block[word] &<< 8) | UInt32(byte)
        count &+= 1
        if count & 63 == 0 { compress() }
    }

    private static func turned(_ value: UInt32, _ bits: UInt32) -> UInt32 {
        value &>> bits | value &<< (32 &- bits)
    }

    private mutating func compress() {
        var index = 16
        while index < 64 {
            let (a, b) = (block[index &- 15], block[index &- 2])
            let first = SHA256.turned(a, 7) ^ SHA256.turned(a, 18) ^ a &>> 3
            let second = SHA256.turned(b, 17) ^ SHA256.turned(b, 19) ^ b &>> 10
            block[index] = block[index &- 16] &+ first &+ block[index &- 7] &+ second
            index &+= 1
        }
        var work = state
        index = 0
        while index < 64 {
            let (a, e) = (work[0], work[4])
            let mixed = SHA256.turned(e, 6) ^ SHA256.turned(e, 11) ^ SHA256.turned(e, 25)
            let chosen = e & work[5] ^ ~e & work[6]
            let first = work[7] &+ mixed &+ chosen &+ SHA256.constants[index] &+ block[index]
            let majority = a & work[1] ^ a & work[2] ^ work[1] & work[2]
            let second = (SHA256.turned(a, 2) ^ SHA256.turned(a, 13) ^ SHA256.turned(a, 22)) &+ majority
            var place = 7
            while place > 0 {
                work[place] = work[place &- 1]
                place &-= 1
            }
            work[4] = work[4] &+ first
            work[0] = first &+ second
            index &+= 1
        }
        index = 0
        while index < 8 {
            state[index] = state[index] &+ work[index]
            index &+= 1
        }
    }
}

/// HMAC-SHA256 (RFC 2104) with one key, for firmware.
public struct HMACSHA256: MessageAuthenticator {
    private let key: [UInt8]

    /// Takes a key; one longer than 64 bytes is hashed first.
    public init(key: [UInt8]) {
        guard key.count > 64 else {
            self.key = key
            return
        }
        var hash = SHA256()
        hash.update(key)
        self.key = hash.finish()
    }

    /// The whole code, 32 bytes.
    public func code(of bytes: [UInt8]) -> [UInt8] {
        let inner = HMACSHA256.hash(padded(0x36), bytes)
        return HMACSHA256.hash(padded(0x5C), inner)
    }

    /// The first 128 bits; `nil` for the other algorithm.
    public func code(of bytes: [UInt8], by algorithm: ProofAlgorithm) -> Code128? {
        algorithm == .hmacSHA256 ? Code128(first: code(of: bytes)) : nil
    }

    private func padded(_ pad: UInt8) -> [UInt8] {
        var block = [UInt8](repeating: pad, count: 64)
        var index = 0
        while index < key.count {
            block[index] = key[index] ^ pad
            index &+= 1
        }
        return block
    }

    private static func hash(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(first)
        hash.update(second)
        return hash.finish()
    }
}

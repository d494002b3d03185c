// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// SM4 (GB/T 32907-2016), the block cipher regions encrypt with; it keeps texts secret and does not authenticate them.
public struct SM4: Sendable, Hashable {
    /// Length of a key, in bytes.
    public static let keyBytes = 16
    /// Length of a block and of an initial vector, in bytes.
    public static let blockBytes = 16

    /// How blocks are chained (GB/T 17964).
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// Each block by itself: equal blocks stay equal.
        case ecb
        /// Each block with the one before it.
        case cbc
        /// A stream of encrypted counters; it needs no padding, and no vector twice under a key.
        case ctr
    }

    /// What fills the last block.
    public enum Padding: String, Sendable, Hashable, CaseIterable {
        /// As many bytes as are missing, each saying how many: at least one (PKCS #7; PKCS5Padding in Java).
        case pkcs7
        /// Nothing: the text must be whole blocks.
        case none
    }

    private let key: [UInt8]
    private let mode: Mode
    private let padding: Padding

    /// Takes a key of 16 bytes; padding is without effect in ``Mode/ctr``.
    public init(key: [UInt8], mode: Mode, padding: Padding = .pkcs7) throws(CryptographyError) {
        guard key.count == Self.keyBytes else { throw .badLength("the SM4 key") }
        self.key = key
        self.mode = mode
        self.padding = padding
    }

    /// Encrypts; `vector` is 16 bytes, and empty for ``Mode/ecb``.
    public func encrypt(_ text: [UInt8], vector: [UInt8] = []) throws(CryptographyError) -> [UInt8] {
        guard padding == .pkcs7 || mode == .ctr || text.count.isMultiple(of: Self.blockBytes) else {
            throw .badLength("the text")
        }
        return try run(text, vector, encrypting: true)
    }

    /// Decrypts; a wrong padding is ``CryptographyError/notAuthentic``, but a changed text may well go unnoticed.
    public func decrypt(_ ciphertext: [UInt8], vector: [UInt8] = []) throws(CryptographyError) -> [UInt8] {
        let isWhole = ciphertext.count.isMultiple(of: Self.blockBytes)
        guard mode == .ctr || isWhole && (padding == .none || !ciphertext.isEmpty) else {
            throw .badLength("the ciphertext")
        }
        return try run(ciphertext, vector, encrypting: false)
    }

    private var cipher: OpaquePointer? {
        switch mode {
        case .ecb: EVP_sm4_ecb()
        case .cbc: EVP_sm4_cbc()
        case .ctr: EVP_sm4_ctr()
        }
    }

    private func run(_ input: [UInt8], _ vector: [UInt8], encrypting: Bool) throws(CryptographyError) -> [UInt8] {
        guard vector.count == (mode == .ecb ? 0 : Self.blockBytes) else { throw .badLength("the initial vector") }
        try OpenSSL.prepare()
        guard let context = EVP_CIPHER_CTX_new() else { throw .library("EVP_CIPHER_CTX_new") }
        defer { EVP_CIPHER_CTX_free(context) }
        let start: [UInt8]? = vector.isEmpty ? nil : vector
        guard EVP_CipherInit_ex(context, cipher, nil, key, start, encrypting ? 1 : 0) == 1,
            EVP_CIPHER_CTX_set_padding(context, padding == .pkcs7 ? 1 : 0) == 1
        else { throw .library("EVP_CipherInit_ex") }
        var output = [UInt8](repeating: 0, count: input.count + 2 * Self.blockBytes)
        var written: Int32 = 0
        guard EVP_CipherUpdate(context, &output, &written, input, Int32(clamping: input.count)) == 1 else {
            throw .library("EVP_CipherUpdate")
        }
        var rest = [UInt8](repeating: 0, count: 2 * Self.blockBytes)
        var restLength: Int32 = 0
        guard EVP_CipherFinal_ex(context, &rest, &restLength) == 1 else {
            guard encrypting else {
                ERR_clear_error()
                throw .notAuthentic
            }
            throw .library("EVP_CipherFinal_ex")
        }
        return Array(output.prefix(Int(written)) + rest.prefix(Int(restLength)))
    }
}

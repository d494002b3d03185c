// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// AES-256 in Galois/counter mode (NIST SP 800-38D): secrecy and authenticity under one key.
public enum AESGCM {
    /// Length of a key, in bytes.
    public static let keyBytes = 32
    /// Length of a nonce, in bytes; a nonce must never be used twice under a key.
    public static let nonceBytes = 12
    /// Length of the tag that is put behind the ciphertext, in bytes.
    public static let tagBytes = 16

    /// Encrypts, and answers the ciphertext with its tag behind it; `context` is authenticated, not kept.
    public static func seal(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8] = []
    ) throws(CryptographyError) -> [UInt8] {
        let cipher = try start(encrypting: true, key: key, nonce: nonce, context: context)
        defer { EVP_CIPHER_CTX_free(cipher) }
        var sealed = [UInt8](repeating: 0, count: plaintext.count + tagBytes)
        var written: Int32 = 0
        guard EVP_CipherUpdate(cipher, &sealed, &written, plaintext, Int32(clamping: plaintext.count)) == 1,
            Int(written) == plaintext.count
        else { throw .library("EVP_CipherUpdate") }
        var tag = [UInt8](repeating: 0, count: tagBytes)
        var rest = [UInt8](repeating: 0, count: 16)
        guard EVP_CipherFinal_ex(cipher, &rest, &written) == 1,
            EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, Int32(tagBytes), &tag) == 1
        else { throw .library("EVP_CipherFinal_ex") }
        sealed.replaceSubrange(plaintext.count..., with: tag)
        return sealed
    }

    /// Decrypts what ``seal(_:key:nonce:context:)`` made; throws ``CryptographyError/notAuthentic`` where it was changed.
    public static func open(
        _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8] = []
    ) throws(CryptographyError) -> [UInt8] {
        guard sealed.count >= tagBytes else { throw .badLength("the ciphertext") }
        let cipher = try start(encrypting: false, key: key, nonce: nonce, context: context)
        defer { EVP_CIPHER_CTX_free(cipher) }
        let ciphertext = Array(sealed.dropLast(tagBytes))
        var tag = Array(sealed.suffix(tagBytes))
        var plaintext = [UInt8](repeating: 0, count: ciphertext.count + 16)
        var written: Int32 = 0
        guard EVP_CipherUpdate(cipher, &plaintext, &written, ciphertext, Int32(clamping: ciphertext.count)) == 1,
            EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, Int32(tagBytes), &tag) == 1
        else { throw .library("EVP_CipherUpdate") }
        var rest = [UInt8](repeating: 0, count: 16)
        var restLength: Int32 = 0
        guard EVP_CipherFinal_ex(cipher, &rest, &restLength) == 1 else {
            ERR_clear_error()
            throw .notAuthentic
        }
        return Array(plaintext.prefix(Int(written)))
    }

    private static func start(
        encrypting: Bool, key: [UInt8], nonce: [UInt8], context: [UInt8]
    ) throws(CryptographyError) -> OpaquePointer {
        guard key.count == keyBytes else { throw .badLength("the key") }
        guard nonce.count == nonceBytes else { throw .badLength("the nonce") }
        try OpenSSL.prepare()
        guard let cipher = EVP_CIPHER_CTX_new() else { throw .library("EVP_CIPHER_CTX_new") }
        var length: Int32 = 0
        guard EVP_CipherInit_ex(cipher, EVP_aes_256_gcm(), nil, key, nonce, encrypting ? 1 : 0) == 1,
            context.isEmpty || EVP_CipherUpdate(cipher, nil, &length, context, Int32(clamping: context.count)) == 1
        else {
            EVP_CIPHER_CTX_free(cipher)
            throw .library("EVP_CipherInit_ex")
        }
        return cipher
    }
}

/// OpenSSL's random number generator, seeded by the kernel.
public enum SecureRandom {
    /// So many random bytes.
    public static func bytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
        try OpenSSL.prepare()
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(clamping: count)) == 1 else { throw .library("RAND_bytes") }
        return bytes
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// A key of OpenSSL's, which counts its references and is only read once it is made, so that threads may share it.
final class AsymmetricKey: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }
    deinit { EVP_PKEY_free(pointer) }

    /// Whether the key is of an algorithm, by OpenSSL's name for it.
    func isA(_ algorithm: String) -> Bool { EVP_PKEY_is_a(pointer, algorithm) == 1 }

    /// Makes a fresh one.
    static func generate(_ algorithm: String) throws(CryptographyError) -> AsymmetricKey {
        try OpenSSL.prepare()
        guard let context = EVP_PKEY_CTX_new_from_name(nil, algorithm, nil) else {
            throw .library("EVP_PKEY_CTX_new_from_name")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_generate(context, &key) == 1, let key else {
            throw .library("EVP_PKEY_generate")
        }
        return AsymmetricKey(owning: key)
    }

    /// Reads PEM or DER of whatever structure OpenSSL knows; a passphrase is never asked for.
    static func decode(_ bytes: [UInt8], isPrivate: Bool) throws(CryptographyError) -> AsymmetricKey {
        try OpenSSL.prepare()
        var key: OpaquePointer?
        let selection = isPrivate ? OSSL_KEYMGMT_SELECT_PRIVATE_KEY : OSSL_KEYMGMT_SELECT_PUBLIC_KEY
        guard let context = OSSL_DECODER_CTX_new_for_pkey(&key, nil, nil, nil, selection, nil, nil) else {
            throw .library("OSSL_DECODER_CTX_new_for_pkey")
        }
        defer { OSSL_DECODER_CTX_free(context) }
        OSSL_DECODER_CTX_set_pem_password_cb(context, { _, _, _, _ in -1 }, nil)
        let isRead = bytes.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            var count = buffer.count
            return OSSL_DECODER_from_data(context, &start, &count) == 1
        }
        guard isRead, let key else { throw .library("OSSL_DECODER_from_data") }
        let read = AsymmetricKey(owning: key)
        // A lone number can be decoded that is no key of its curve.
        guard let check = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else {
            throw .library("EVP_PKEY_CTX_new_from_pkey")
        }
        defer { EVP_PKEY_CTX_free(check) }
        guard (isPrivate ? EVP_PKEY_private_check(check) : EVP_PKEY_public_check(check)) == 1 else {
            throw .library("EVP_PKEY_check")
        }
        return read
    }

    /// The public half as a SubjectPublicKeyInfo (RFC 5280 section 4.1).
    func publicDER() throws(CryptographyError) -> [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(pointer, &start)
        guard count > 0, let start else { throw .library("i2d_PUBKEY") }
        defer { CRYPTO_free(start, #fileID, #line) }
        return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }

    /// The whole key as a PKCS #8 PrivateKeyInfo (RFC 5208), unencrypted; a key in a hardware module has none.
    func privateDER() throws(CryptographyError) -> [UInt8] {
        guard let info = EVP_PKEY2PKCS8(pointer) else { throw .library("EVP_PKEY2PKCS8") }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var start: UnsafeMutablePointer<UInt8>?
        let count = i2d_PKCS8_PRIV_KEY_INFO(info, &start)
        guard count > 0, let start else { throw .library("i2d_PKCS8_PRIV_KEY_INFO") }
        defer { CRYPTO_clear_free(start, Int(count), #fileID, #line) }
        return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }

    /// Signs; `digest` is `nil` for algorithms that have one of their own.
    func sign(
        _ message: [UInt8], digest: String?, identity: [UInt8]? = nil
    ) throws(CryptographyError) -> [UInt8] {
        let context = try Signing(self, identity)
        guard EVP_DigestSignInit_ex(context.digest, nil, digest, nil, nil, pointer, nil) == 1 else {
            throw .library("EVP_DigestSignInit_ex")
        }
        var length = 0
        guard EVP_DigestSign(context.digest, nil, &length, message, message.count) == 1 else {
            throw .library("EVP_DigestSign")
        }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context.digest, &signature, &length, message, message.count) == 1 else {
            throw .library("EVP_DigestSign")
        }
        return Array(signature.prefix(length))
    }

    /// Whether the signature is one of this key over the message.
    func verifies(
        _ signature: [UInt8], of message: [UInt8], digest: String?, identity: [UInt8]? = nil
    ) throws(CryptographyError) -> Bool {
        let context = try Signing(self, identity)
        guard EVP_DigestVerifyInit_ex(context.digest, nil, digest, nil, nil, pointer, nil) == 1 else {
            throw .library("EVP_DigestVerifyInit_ex")
        }
        let answer = EVP_DigestVerify(context.digest, signature, signature.count, message, message.count)
        ERR_clear_error()
        return answer == 1
    }

    /// The contexts of a signature; they go with it.
    private struct Signing: ~Copyable {
        let digest: OpaquePointer
        private let key: OpaquePointer?

        /// SM2 takes the signer's identity with the message (GB/T 32918.2 section 5.5). OpenSSL takes it only before the
        /// operation begins, at a context of the key that the digest's is given beforehand.
        init(_ asymmetric: AsymmetricKey, _ identity: [UInt8]?) throws(CryptographyError) {
            guard let digest = EVP_MD_CTX_new() else { throw .library("EVP_MD_CTX_new") }
            var key: OpaquePointer?
            if let identity {
                key = EVP_PKEY_CTX_new_from_pkey(nil, asymmetric.pointer, nil)
                // An empty array may have no address.
                let bytes = identity.isEmpty ? [0] : identity
                guard let key, EVP_PKEY_CTX_set1_id(key, bytes, Int32(clamping: identity.count)) == 1 else {
                    EVP_PKEY_CTX_free(key)
                    EVP_MD_CTX_free(digest)
                    throw .library("EVP_PKEY_CTX_set1_id")
                }
                EVP_MD_CTX_set_pkey_ctx(digest, key)
            }
            self.digest = digest
            self.key = key
        }

        deinit {
            EVP_MD_CTX_free(digest)
            EVP_PKEY_CTX_free(key)
        }
    }

    /// Encrypts or decrypts with the key alone.
    func transform(_ input: [UInt8], encrypting: Bool) throws(CryptographyError) -> [UInt8] {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else {
            throw .library("EVP_PKEY_CTX_new_from_pkey")
        }
        defer { EVP_PKEY_CTX_free(context) }
        let call = encrypting ? EVP_PKEY_encrypt : EVP_PKEY_decrypt
        guard (encrypting ? EVP_PKEY_encrypt_init(context) : EVP_PKEY_decrypt_init(context)) == 1 else {
            throw .library("EVP_PKEY_encrypt_init")
        }
        var length = 0
        guard call(context, nil, &length, input, input.count) == 1 else { throw .library("EVP_PKEY_encrypt") }
        var output = [UInt8](repeating: 0, count: max(length, input.count))
        length = output.count
        guard call(context, &output, &length, input, input.count) == 1 else {
            guard encrypting else {
                ERR_clear_error()
                throw .notAuthentic
            }
            throw .library("EVP_PKEY_encrypt")
        }
        return Array(output.prefix(length))
    }
}

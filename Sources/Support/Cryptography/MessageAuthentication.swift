// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// Keyed digests (RFC 2104), and the comparison that goes with them.
public enum MessageAuthentication {
    /// HMAC over the parts, one after the other, with a key of any length; 32 bytes.
    public static func hmac(
        _ algorithm: HashAlgorithm, key: [UInt8], _ parts: [UInt8]...
    ) throws(CryptographyError) -> [UInt8] {
        try OpenSSL.prepare()
        guard let mac = EVP_MAC_fetch(nil, "HMAC", nil) else { throw .library("EVP_MAC_fetch") }
        defer { EVP_MAC_free(mac) }
        guard let context = EVP_MAC_CTX_new(mac) else { throw .library("EVP_MAC_CTX_new") }
        defer { EVP_MAC_CTX_free(context) }
        var name = Array((algorithm == .sha256 ? "SHA256" : "SM3").utf8CString)
        // An empty array may have no address, which OpenSSL takes for "no key"; a zero byte means the same to HMAC.
        let material = key.isEmpty ? [0] : key
        // A parameter keeps the pointer to its own name, so that one has to live until the call is over.
        let isStarted = name.withUnsafeMutableBufferPointer { name in
            OSSL_MAC_PARAM_DIGEST.withCString { key in
                var parameters = [
                    OSSL_PARAM_construct_utf8_string(key, name.baseAddress, 0), OSSL_PARAM_construct_end(),
                ]
                return EVP_MAC_init(context, material, material.count, &parameters) == 1
            }
        }
        guard isStarted else { throw .library("EVP_MAC_init") }
        for part in parts {
            guard EVP_MAC_update(context, part, part.count) == 1 else { throw .library("EVP_MAC_update") }
        }
        var code = [UInt8](repeating: 0, count: HashAlgorithm.digestBytes)
        var length = 0
        guard EVP_MAC_final(context, &code, &length, code.count) == 1, length == code.count else {
            throw .library("EVP_MAC_final")
        }
        return code
    }

    /// Whether two byte strings are equal, in a time that depends on nothing but their lengths.
    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}

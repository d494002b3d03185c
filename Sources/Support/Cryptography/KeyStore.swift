// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import RatingModel
import Synchronization

/// Providers of OpenSSL's that were loaded; they stay so for the life of the process, as keys of theirs may be in use.
private let loadedProviders = Mutex<Set<String>>([])

extension AsymmetricKey {
    /// Finds a key in a provider's store, such as a PKCS #11 module's; nobody is asked for a PIN.
    static func stored(_ source: KeySource, _ isPrivate: Bool) throws(GatewayError) -> AsymmetricKey {
        guard case .store(let provider, let uri) = source else { throw source.unusable(CryptographyError.notAuthentic) }
        do throws(CryptographyError) { try load(provider) } catch { throw .noProvider(provider, error) }
        do throws(CryptographyError) { return try find(uri, isPrivate: isPrivate) } catch {
            throw .noStoredKey(source, error)
        }
    }

    private static func load(_ provider: String) throws(CryptographyError) {
        try OpenSSL.prepare()
        let isLoaded = loadedProviders.withLock { loaded in
            if loaded.contains(provider) { return true }
            // The default provider must go on serving everything else.
            guard OSSL_PROVIDER_try_load(nil, provider, 1) != nil else { return false }
            loaded.insert(provider)
            return true
        }
        guard isLoaded else { throw .library("OSSL_PROVIDER_load") }
    }

    private static func find(_ uri: String, isPrivate: Bool) throws(CryptographyError) -> AsymmetricKey {
        guard let store = OSSL_STORE_open(uri, UI_null(), nil, nil, nil) else { throw .library("OSSL_STORE_open") }
        defer { OSSL_STORE_close(store) }
        let wanted = isPrivate ? OSSL_STORE_INFO_PKEY : OSSL_STORE_INFO_PUBKEY
        _ = OSSL_STORE_expect(store, wanted)
        while OSSL_STORE_eof(store) == 0 {
            guard let entry = OSSL_STORE_load(store) else {
                if OSSL_STORE_error(store) == 1 { throw .library("OSSL_STORE_load") }
                continue
            }
            defer { OSSL_STORE_INFO_free(entry) }
            guard OSSL_STORE_INFO_get_type(entry) == wanted else { continue }
            let key = isPrivate ? OSSL_STORE_INFO_get1_PKEY(entry) : OSSL_STORE_INFO_get1_PUBKEY(entry)
            if let key { return AsymmetricKey(owning: key) }
        }
        throw .library("OSSL_STORE_load")
    }
}

extension GatewayError {
    fileprivate static func noProvider(_ name: String, _ cause: CryptographyError) -> GatewayError {
        GatewayError(
            "key.no-provider",
            LocalText("OpenSSL's provider \(name) cannot be loaded", "无法加载 OpenSSL 的 \(name) 提供者"), cause: "\(cause)",
            hint: LocalText(
                "install the provider of the module's maker; `openssl list -providers -provider \(name)` must show it",
                "请安装密码模块厂商的提供者；`openssl list -providers -provider \(name)` 应能列出它"))
    }

    fileprivate static func noStoredKey(_ source: KeySource, _ cause: CryptographyError) -> GatewayError {
        GatewayError(
            "key.not-in-store", LocalText("there is no key at \(source)", "\(source) 处没有密钥"), cause: "\(cause)",
            hint: LocalText(
                "compare the URI with `openssl storeutl -provider … URI`; a PIN is given as ?pin-source=file:/path",
                "请用 `openssl storeutl -provider … URI` 核对；PIN 以 ?pin-source=file:/路径 提供"))
    }
}

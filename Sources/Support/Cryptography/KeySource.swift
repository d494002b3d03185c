// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import RatingModel

/// Where a key is kept, as an operator writes it.
public enum KeySource: Sendable, Hashable, CustomStringConvertible {
    /// A file, by its absolute path.
    case file(String)
    /// A credential of the systemd unit (`LoadCredential=`), by its name: `credential:NAME`.
    case credential(String)
    /// A key behind an OpenSSL provider, by the URI its store knows (RFC 7512 for `pkcs11:`): the private key itself
    /// never leaves the module. Written `pkcs11:…`, or `provider:NAME:URI` for another provider's store.
    case store(provider: String, uri: String)

    /// Larger files are no keys.
    public static let mostBytes = 64 * 1024

    /// Reads `/path`, `credential:NAME`, `pkcs11:…` or `provider:NAME:URI`; `nil` for anything else.
    public init?(_ text: String) {
        if text.hasPrefix("/") {
            self = .file(text)
        } else if text.hasPrefix("credential:") {
            let name = text.dropFirst("credential:".count)
            guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else { return nil }
            self = .credential(String(name))
        } else if text.hasPrefix("pkcs11:") {
            self = .store(provider: "pkcs11", uri: text)
        } else if text.hasPrefix("provider:") {
            let parts = text.dropFirst("provider:".count).split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            self = .store(provider: String(parts[0]), uri: String(parts[1]))
        } else {
            return nil
        }
    }

    /// As it may be shown: what stands behind the `?` of a URI can be a PIN.
    public var description: String {
        switch self {
        case .file(let path): path
        case .credential(let name): "credential:\(name)"
        case .store(let provider, let uri): "\(provider): \(uri.prefix { $0 != "?" })"
        }
    }

    /// The bytes of a key that is kept as bytes; `nil` for one behind a provider.
    func bytes() throws(GatewayError) -> [UInt8]? {
        switch self {
        case .file(let path): return try Self.read(path, self)
        case .credential(let name):
            guard let directory = getenv("CREDENTIALS_DIRECTORY") else {
                throw unreadable("CREDENTIALS_DIRECTORY is not set")
            }
            return try Self.read(String(cString: directory) + "/" + name, self)
        case .store: return nil
        }
    }

    private static func read(_ path: String, _ source: KeySource) throws(GatewayError) -> [UInt8] {
        guard let file = fopen(path, "re") else { throw source.unreadable(String(cString: strerror(errno))) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: mostBytes + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw source.unreadable(String(cString: strerror(errno))) }
        guard count <= mostBytes else { throw source.unreadable("larger than 64 KiB") }
        return Array(bytes.prefix(count))
    }

    private func unreadable(_ cause: String) -> GatewayError {
        let hint =
            switch self {
            case .credential(let name):
                LocalText(
                    "add LoadCredential=\(name):/path/of/the/key to the unit with `systemctl edit hallgate`",
                    "请用 `systemctl edit hallgate` 在单元中加入 LoadCredential=\(name):/密钥路径")
            case .file, .store:
                LocalText(
                    "correct the path, or give the user that runs hallgate the right to read the file",
                    "请更正路径，或授予运行 hallgate 的用户读取权限")
            }
        return GatewayError(
            "key.unreadable", LocalText("the key \(self) cannot be read", "无法读取密钥 \(self)"), cause: cause, hint: hint)
    }

    func unusable(_ cause: any Error) -> GatewayError {
        GatewayError(
            "key.unusable", LocalText("\(self) holds no key of the kind that is needed", "\(self) 中没有所需类型的密钥"),
            cause: "\(cause)",
            hint: LocalText(
                "it must be PEM or DER without a passphrase, or the number in hexadecimal; see `openssl pkey -in FILE -text`",
                "须为不带口令的 PEM 或 DER，或十六进制数；可用 `openssl pkey -in 文件 -text` 查看"))
    }
}

extension SM2PrivateKey {
    /// Loads a key from where it is kept.
    public static func load(_ source: KeySource) throws(GatewayError) -> SM2PrivateKey {
        try source.load(AsymmetricKey.stored, SM2PrivateKey.init(key:), SM2PrivateKey.init(reading:))
    }
}

extension SM2PublicKey {
    /// Loads a key from where it is kept.
    public static func load(_ source: KeySource) throws(GatewayError) -> SM2PublicKey {
        try source.load(AsymmetricKey.stored, SM2PublicKey.init(key:), SM2PublicKey.init(reading:))
    }
}

extension Ed25519PrivateKey {
    /// Loads a key from where it is kept.
    public static func load(_ source: KeySource) throws(GatewayError) -> Ed25519PrivateKey {
        try source.load(AsymmetricKey.stored, Ed25519PrivateKey.init(key:), Ed25519PrivateKey.init(reading:))
    }
}

extension Ed25519PublicKey {
    /// Loads a key from where it is kept.
    public static func load(_ source: KeySource) throws(GatewayError) -> Ed25519PublicKey {
        try source.load(AsymmetricKey.stored, Ed25519PublicKey.init(key:), Ed25519PublicKey.init(reading:))
    }
}

extension KeySource {
    fileprivate func load<Key>(
        _ stored: (KeySource, _ isPrivate: Bool) throws(GatewayError) -> AsymmetricKey,
        _ fromStore: (AsymmetricKey) throws(CryptographyError) -> Key,
        _ fromBytes: ([UInt8]) throws(CryptographyError) -> Key
    ) throws(GatewayError) -> Key {
        let isPrivate = Key.self == SM2PrivateKey.self || Key.self == Ed25519PrivateKey.self
        if let bytes = try bytes() {
            do throws(CryptographyError) { return try fromBytes(bytes) } catch { throw unusable(error) }
        }
        let key = try stored(self, isPrivate)
        do throws(CryptographyError) { return try fromStore(key) } catch { throw unusable(error) }
    }
}

/// A symmetric key, kept as 16 bytes or as a line of hexadecimal or Base64.
extension SM4 {
    /// Loads the 16 bytes of a key from a file or a credential; a module does not give a symmetric key out.
    public static func loadKey(_ source: KeySource) throws(GatewayError) -> [UInt8] {
        guard let material = try source.bytes() else {
            throw source.unusable(CryptographyError.badForm("a symmetric key behind a provider"))
        }
        let bytes = KeyMaterial.bytes(material)
        // 16 characters that happen to be hexadecimal or Base64 are read as such: a key is written in one of them.
        guard bytes.count == keyBytes else { throw source.unusable(CryptographyError.badLength("the SM4 key")) }
        return bytes
    }
}

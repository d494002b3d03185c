// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOSSL
import RatingModel

/// What an uplink proves itself with and whom it trusts, loaded and checked before the first connection.
struct UplinkCredentials {
    /// Ready for the client; it verifies the region's certificate and its name.
    let tls: TLSConfiguration
    /// Sent as a bearer token; never logged.
    let token: String?
    /// What the calls of a profile carry, by its names; never logged.
    let named: [String: String]

    /// Reads and checks the files; `now` is what certificates are compared with.
    static func load(
        _ configuration: HTTPSUplinkConfiguration, now: WallTime
    ) throws(GatewayError) -> UplinkCredentials {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.certificateVerification = .fullVerification
        // A peer that floods or is silent does not answer the farewell either, and keeps the connection so long.
        tls.shutdownTimeout = .milliseconds(250)
        if let path = configuration.authorityFile {
            tls.trustRoots = .certificates(try certificates(path, now: now))
        }
        switch (configuration.certificateFile, configuration.keyFile) {
        case (let certificateFile?, let keyFile?):
            tls.certificateChain = try certificates(certificateFile, now: now).map { .certificate($0) }
            tls.privateKey = .privateKey(try key(keyFile))
            do { _ = try NIOSSLContext(configuration: tls) } catch {
                throw GatewayError(
                    "uplink.key-mismatch",
                    LocalText(
                        "\(keyFile) is not the key of \(certificateFile)", "\(keyFile) 不是 \(certificateFile) 的私钥"),
                    cause: "\(error)",
                    hint: LocalText(
                        "compare `openssl x509 -noout -pubkey -in CERTIFICATE` with `openssl pkey -pubout -in KEY`",
                        "请比较 `openssl x509 -noout -pubkey -in 证书` 与 `openssl pkey -pubout -in 私钥` 的输出"))
            }
        case (nil, nil): break
        default:
            throw GatewayError(
                "uplink.key-missing",
                LocalText("a client certificate needs its key, and a key its certificate", "客户端证书与私钥必须同时配置"),
                hint: LocalText(
                    "configure both `certificate` and `key`, or neither", "请同时配置 `certificate` 和 `key`，或都不配置"))
        }
        var token: String?
        if let path = configuration.tokenFile { token = try CredentialFile.token(path) }
        var named: [String: String] = [:]
        for (name, path) in configuration.credentialFiles { named[name] = try CredentialFile.secret(path) }
        return UplinkCredentials(tls: tls, token: token, named: named)
    }

    private static func certificates(_ path: String, now: WallTime) throws(GatewayError) -> [NIOSSLCertificate] {
        let bytes = try CredentialFile.read(path)
        var certificates: [NIOSSLCertificate] = []
        var cause: String?
        do { certificates = try NIOSSLCertificate.fromPEMBytes(bytes) } catch { cause = "\(error)" }
        guard let first = certificates.first else {
            throw GatewayError(
                "uplink.certificate-unreadable", LocalText("\(path) holds no certificate", "\(path) 中没有证书"),
                cause: cause,
                hint: LocalText(
                    "the file must hold PEM, from -----BEGIN CERTIFICATE----- on; `openssl x509 -inform der` converts DER",
                    "文件须为 PEM 格式，以 -----BEGIN CERTIFICATE----- 开头；DER 格式可用 `openssl x509 -inform der` 转换"))
        }
        let end = WallTime(millisecondsSinceEpoch: Int64(first.notValidAfter) * 1000)
        guard now <= end else { throw .certificateExpired(path, end) }
        return certificates
    }

    private static func key(_ path: String) throws(GatewayError) -> NIOSSLPrivateKey {
        let bytes = try CredentialFile.read(path)
        do { return try NIOSSLPrivateKey(bytes: bytes, format: .pem) } catch {
            throw GatewayError(
                "uplink.key-unreadable", LocalText("\(path) holds no usable private key", "\(path) 中没有可用的私钥"),
                cause: "\(error)",
                hint: LocalText(
                    "the file must hold a PEM key without a passphrase; protect it by its permissions",
                    "文件须为不带口令的 PEM 私钥；请用文件权限保护它"))
        }
    }
}

extension GatewayError {
    static func certificateExpired(_ whose: String, _ end: WallTime) -> GatewayError {
        let date = HallZone.utc.text(of: end) + "Z"
        return GatewayError(
            "uplink.certificate-expired",
            LocalText("the certificate of \(whose) expired on \(date)", "\(whose) 的证书已于 \(date) 过期"),
            hint: LocalText(
                "have it renewed; if the date is in the future, the gateway's own clock is wrong",
                "请更新证书；如该日期尚未到来，则网关自身时钟有误"))
    }
}

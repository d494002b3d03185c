// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import RatingModel

/// A certificate authority that lives in a directory for the length of a demonstration or a test.
///
/// The keys are P-256 and unprotected, the certificates are valid for two days: fit for loopback and nothing else. The
/// `openssl` command makes them, because the library that the gateway itself links cannot vouch for itself.
public struct ThrowAwayCA: Sendable, Hashable {
    /// The directory of all files.
    public let directory: String

    /// The authority's certificate: what a gateway's `ca` and a region's `--client-ca` name.
    public var authority: String { directory + "/ca.pem" }
    /// The server's certificate, for `127.0.0.1`, `::1` and `localhost`.
    public var serverCertificate: String { directory + "/server.pem" }
    /// The server's key.
    public var serverKey: String { directory + "/server.key" }
    /// The client's certificate.
    public var clientCertificate: String { directory + "/client.pem" }
    /// The client's key.
    public var clientKey: String { directory + "/client.key" }

    /// The server's files as a region takes them.
    public func serverTLS(requiringClients: Bool = false) -> StandInRegionConfiguration.TLS {
        .init(
            certificate: serverCertificate, key: serverKey, clientAuthority: requiringClients ? authority : nil)
    }

    /// Makes the authority and both certificates in a directory that exists; takes some tens of milliseconds.
    ///
    /// - Parameter name: the common name of the authority, to tell two of them apart.
    public init(in directory: String, name: String = "Hallgate throw-away CA") throws(GatewayError) {
        self.directory = directory
        try writeFile(directory + "/openssl.cnf", Self.settings(directory))
        try request("ca", subject: "/CN=\(name)", signed: [])
        for party in ["server", "client"] {
            try request(
                party, subject: "/CN=hallgate-\(party)", signed: ["-CA", authority, "-CAkey", directory + "/ca.key"])
        }
    }

    /// Signs another server certificate whose validity ended yesterday; answers its file, the key is the server's.
    public func makeExpiredServerCertificate() throws(GatewayError) -> String {
        let (expired, request) = (directory + "/expired.pem", directory + "/expired.csr")
        let config = directory + "/openssl.cnf"
        try openssl([
            "req", "-new", "-config", config, "-key", serverKey, "-subj", "/CN=hallgate-server", "-out", request,
        ])
        try writeFile(directory + "/index.txt", "")
        try writeFile(directory + "/serial", "1001\n")
        try openssl([
            "ca", "-batch", "-notext", "-config", config, "-name", "past", "-extensions", "server", "-in", request,
            "-out", expired, "-cert", authority, "-keyfile", directory + "/ca.key", "-outdir", directory,
            "-startdate", "20200101000000Z", "-enddate", "20200201000000Z",
        ])
        return expired
    }

    private func request(_ name: String, subject: String, signed: [String]) throws(GatewayError) {
        try openssl(
            [
                "req", "-x509", "-config", directory + "/openssl.cnf", "-extensions", name, "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", subject,
                "-keyout", directory + "/\(name).key", "-out", directory + "/\(name).pem",
            ] + signed)
    }

    private func openssl(_ arguments: [String]) throws(GatewayError) {
        let output = directory + "/openssl.out"
        let status = try runCommand("openssl", arguments, output: output)
        guard status == 0 else {
            throw GatewayError(
                "ca.openssl", LocalText("openssl could not make a certificate", "openssl 无法生成证书"),
                cause: "exit status \(status), see \(output)",
                hint: LocalText("install openssl 3 and look into the named file", "请安装 openssl 3 并查看所列文件"))
        }
    }

    private static func settings(_ directory: String) -> String {
        """
        [req]
        distinguished_name = subject
        [subject]
        [ca]
        basicConstraints = critical,CA:TRUE
        keyUsage = critical,keyCertSign,cRLSign
        subjectKeyIdentifier = hash
        [server]
        basicConstraints = critical,CA:FALSE
        extendedKeyUsage = serverAuth
        subjectAltName = IP:127.0.0.1,IP:::1,DNS:localhost
        [client]
        basicConstraints = critical,CA:FALSE
        extendedKeyUsage = clientAuth
        [past]
        database = \(directory)/index.txt
        serial = \(directory)/serial
        default_md = sha256
        policy = anything
        [anything]
        commonName = supplied

        """
    }
}

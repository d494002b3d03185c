// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import StandInRegion
import Testing

/// Every way in which a line or a region has been seen to be out, against two regions that share no code.
///
/// Each lasts 5 s, or as long as `HALLGATE_OUTAGE_SECONDS` says. What only the network can do is in
/// ``NamespaceOutageTests``.
@Suite(.timeLimit(.minutes(5))) struct OutageTests {
    enum Kind: String, Sendable, CaseIterable, CustomTestStringConvertible {
        case unauthorized = "401"
        case forbidden = "403"
        case notFound = "404"
        case failed = "500"
        case overloaded = "503"
        case refusesEverything = "400 to everything"
        case certificateExpired = "certificate expired"
        case certificateForAnotherName = "certificate for another name"
        case certificateOfAnotherAuthority = "unknown authority"
        case noTLS = "no TLS"
        case connectionRefused = "connection refused"
        case silence = "nothing passes"
        case lostAnswers = "answers vanish"

        var testDescription: String { rawValue }

        /// The status of every answer while it lasts.
        fileprivate var status: Int? {
            switch self {
            case .unauthorized: 401
            case .forbidden: 403
            case .notFound: 404
            case .failed: 500
            case .overloaded: 503
            case .refusesEverything: 400
            default: nil
            }
        }

        /// What the operator is to read. A connection that stands when the line fails breaks first in its own way.
        fileprivate var codes: [String] {
            switch self {
            case .unauthorized, .forbidden: ["uplink.unauthorized"]
            case .notFound: ["uplink.wrong-address"]
            case .failed: ["uplink.region-failed"]
            case .overloaded: ["uplink.overloaded"]
            case .refusesEverything: ["uplink.refused"]
            case .certificateExpired: ["uplink.certificate-expired", "uplink.broken-off"]
            case .certificateForAnotherName: ["uplink.certificate-name", "uplink.broken-off"]
            case .certificateOfAnotherAuthority: ["uplink.certificate-untrusted", "uplink.broken-off"]
            case .noTLS: ["uplink.no-tls", "uplink.not-connected", "uplink.broken-off"]
            case .connectionRefused: ["uplink.not-connected", "uplink.broken-off"]
            case .silence: ["uplink.timed-out", "uplink.not-connected", "uplink.broken-off"]
            case .lostAnswers: ["uplink.timed-out", "uplink.not-connected", "uplink.broken-off"]
            }
        }

        /// What the line is while it lasts.
        fileprivate var condition: LineProxy.Condition? {
            var condition = LineProxy.Condition()
            switch self {
            case .connectionRefused: condition.isListening = false
            case .silence:
                condition.passesRequests = false
                condition.passesAnswers = false
            case .lostAnswers: condition.passesAnswers = false
            default: return nil
            }
            return condition
        }
    }

    @Test(arguments: Kind.allCases, PeerKind.allCases)
    func nothingIsParkedLostOrDoubled(_ kind: Kind, _ peerKind: PeerKind) async throws {
        try await withDirectory { directory in
            let ca = try ThrowAwayCA(in: directory)
            try await withPeer(
                peerKind, certificate: ca.serverCertificate, key: ca.serverKey, store: directory + "/region.db"
            ) { peer in
                let proxy = try LineProxy(to: peer.port)
                let url = "https://127.0.0.1:\(proxy.port)/api/evaluate"
                try await withImpostor(kind, ca, directory) { impostor in
                    let outage = Outage(
                        name: kind.rawValue, codes: kind.codes,
                        begin: {
                            if let status = kind.status { try await peer.answer(status) }
                            if let condition = kind.condition { proxy.set(condition) }
                            if let impostor {
                                proxy.lead(to: impostor)
                                proxy.cut()
                            }
                        },
                        end: {
                            if kind.status != nil { try await peer.answer(nil) }
                            proxy.set(LineProxy.Condition())
                            if impostor != nil {
                                proxy.lead(to: peer.port)
                                proxy.cut()
                            }
                        })
                    try await OutageHall.run(directory, url: url, authority: ca.authority) { hall in
                        try await outage.run(hall, peer, "\(kind.rawValue), \(peerKind.rawValue)")
                    }
                }
            }
        }
    }

    /// What stands in the region's place while its certificate is the trouble; nothing of a rating may reach it.
    private func withImpostor(
        _ kind: Kind, _ ca: ThrowAwayCA, _ directory: String, _ body: (Int?) async throws -> Void
    ) async throws {
        let certificate: String
        let key: String
        switch kind {
        case .certificateExpired: (certificate, key) = (try ca.makeExpiredServerCertificate(), ca.serverKey)
        case .certificateForAnotherName:
            (certificate, key) = (directory + "/elsewhere.pem", directory + "/elsewhere.key")
            try await makeCertificate(ca, name: "elsewhere.test", certificate, key)
        case .certificateOfAnotherAuthority:
            try await run("mkdir", directory + "/other")
            let other = try ThrowAwayCA(in: directory + "/other", name: "Another CA")
            (certificate, key) = (other.serverCertificate, other.serverKey)
        case .noTLS:
            let plain = StandInRegionConfiguration(store: directory + "/impostor.db")
            return try await withStandInRegion(plain) { region in
                try await body(region.port)
                #expect(try await region.counts().received == 0)
            }
        default: return try await body(nil)
        }
        try await withPeer(.standIn, certificate: certificate, key: key, store: directory + "/impostor.db") {
            impostor in
            try await body(impostor.port)
            #expect(try await impostor.received() == 0, "ratings went to a region that cannot be trusted")
        }
    }
}

/// Has the authority sign a server's certificate for a host name, with a key of its own.
func makeCertificate(_ ca: ThrowAwayCA, name: String, _ certificate: String, _ key: String) async throws {
    try await run(
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)", "-addext", "extendedKeyUsage=serverAuth",
        "-addext", "basicConstraints=critical,CA:FALSE", "-CA", ca.authority, "-CAkey", ca.directory + "/ca.key",
        "-keyout", key, "-out", certificate)
}

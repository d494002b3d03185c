// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPSUplink
import HallgateTesting
import RatingModel
import StandInRegion
import Testing
import UplinkAPI

extension LineTests {
    @Suite struct CertificateTests {
        private func openingFails(_ change: (inout HTTPSUplinkConfiguration) -> Void) async -> GatewayError? {
            do {
                try await withUplink("https://127.0.0.1/x", change) { _ in }
                return nil
            } catch { return error as? GatewayError }
        }

        /// A second authority that no one else trusts.
        private func otherCA() throws -> ThrowAwayCA {
            let directory = try sharedCA.get().directory + "/other-\(UInt64.random(in: 0 ... .max))"
            try #require(mkdir(directory, 0o700) == 0)
            return try ThrowAwayCA(in: directory, name: "Another CA")
        }

        @Test func anExpiredRegionCertificateIsNamedSo() async throws {
            let ca = try sharedCA.get()
            try await withRegion(certificate: try ca.makeExpiredServerCertificate()) { region in
                let report = try await withUplink(region.evaluateURL) { await $0.deliver(samples(1...2)) }
                let error = try #require(report.failure)
                #expect(error.code == "uplink.certificate-expired", "\(error)")
                #expect(error.message.english.contains("2020-02-01") && error.hint.english.contains("renewed"))
                #expect(report.mayHaveArrived == false)
                #expect(try await region.counts().requests.isEmpty)
            }
        }

        @Test func aRegionOfAnotherAuthorityIsNotTrusted() async throws {
            let other = try otherCA()
            try await withRegion { region in
                let report = try await withUplink(region.evaluateURL, { $0.authorityFile = other.authority }) {
                    await $0.deliver(samples(1...2))
                }
                #expect(report.failure?.code == "uplink.certificate-untrusted", "\(report)")
                let system = try await withUplink(region.evaluateURL, { $0.authorityFile = nil }) {
                    await $0.deliver(samples(1...2))
                }
                #expect(system.failure?.code == "uplink.certificate-untrusted", "\(system)")
                #expect(try await region.counts().requests.isEmpty)
            }
        }

        @Test func aCertificateForAnotherNameIsNotTaken() async throws {
            let ca = try sharedCA.get()
            // The client's certificate is signed by the same authority and names no host.
            let steps = [ScriptedServer.Step.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")]
            try await ScriptedServer.run(steps, certificate: ca.clientCertificate, key: ca.clientKey) { server in
                let report = try await withUplink(server.url) { await $0.deliver(samples(1...2)) }
                #expect(report.failure != nil && report.mayHaveArrived == false, "\(report)")
                #expect(server.requests.isEmpty)
            }
        }

        @Test func aRegionThatWantsAClientCertificateGetsIt() async throws {
            let ca = try sharedCA.get()
            let other = try otherCA()
            try await withRegion(requiringClients: true) { region in
                func report(_ certificate: String?, _ key: String?) async throws -> DeliveryReport {
                    try await withUplink(
                        region.evaluateURL,
                        {
                            $0.certificateFile = certificate
                            $0.keyFile = key
                        }, { await $0.deliver(samples(1...2)) })
                }
                #expect(try await report(nil, nil).failure?.code == "uplink.client-certificate-refused")
                let foreign = try await report(other.clientCertificate, other.clientKey)
                #expect(foreign.failure?.code == "uplink.client-certificate-refused", "\(foreign)")
                #expect(try await region.counts().requests.isEmpty)
                #expect(try await report(ca.clientCertificate, ca.clientKey).verdicts == [.accepted, .accepted])
            }
        }

        @Test func filesAreCheckedBeforeTheFirstConnection() async throws {
            let ca = try sharedCA.get()
            let expired = try ca.makeExpiredServerCertificate()
            let text = ca.directory + "/notes.txt"
            try writeFile(text, "not a certificate\n")
            let cases: [(String, (inout HTTPSUplinkConfiguration) -> Void)] = [
                ("uplink.file-unreadable", { $0.authorityFile = "/nowhere/ca.pem" }),
                ("uplink.file-unreadable", { $0.authorityFile = "/" }),
                ("uplink.certificate-unreadable", { $0.authorityFile = text }),
                ("uplink.certificate-unreadable", { $0.authorityFile = "/dev/null" }),
                ("uplink.file-unreadable", { $0.authorityFile = "/dev/zero" }),
                ("uplink.certificate-expired", { ($0.certificateFile, $0.keyFile) = (expired, ca.serverKey) }),
                ("uplink.key-mismatch", { ($0.certificateFile, $0.keyFile) = (ca.clientCertificate, ca.serverKey) }),
                ("uplink.key-unreadable", { ($0.certificateFile, $0.keyFile) = (ca.clientCertificate, text) }),
                ("uplink.key-missing", { $0.certificateFile = ca.clientCertificate }),
                ("uplink.key-missing", { $0.keyFile = ca.clientKey }),
                ("uplink.token", { $0.tokenFile = "/dev/null" }),
                ("uplink.token", { $0.tokenFile = text }),
                ("uplink.address", { $0.url = "http://127.0.0.1/x" }),
                ("uplink.address", { $0.probeURL = "https://" }),
            ]
            for (code, change) in cases {
                let error = await openingFails(change)
                #expect(error?.code == code, "\(String(describing: error))")
                #expect(error?.hint.english.isEmpty == false && error?.hint.chinese.isEmpty == false)
            }
        }

        @Test func aPassphraseIsNotAskedFor() async throws {
            let ca = try sharedCA.get()
            let path = ca.directory + "/locked.key"
            let key = try readFile(ca.clientKey).replacing(
                "-----BEGIN PRIVATE KEY-----", with: "-----BEGIN ENCRYPTED PRIVATE KEY-----"
            )
            .replacing("-----END PRIVATE KEY-----", with: "-----END ENCRYPTED PRIVATE KEY-----")
            try writeFile(path, key)
            let error = await openingFails { ($0.certificateFile, $0.keyFile) = (ca.clientCertificate, path) }
            #expect(error?.code == "uplink.key-unreadable")
        }

        @Test(arguments: [
            ("https://region.example/api", "region.example", 443), ("HTTPS://a:8443", "a", 8443),
            ("https://[::1]:9/x", "::1", 9), ("https://1.2.3.4?x", "1.2.3.4", 443),
        ]) func addressesAreRead(_ url: String, _ host: String, _ port: Int) {
            #expect(RegionAddress(url)?.host == host)
            #expect(RegionAddress(url)?.port == port)
        }

        @Test(arguments: [
            "", "https", "https://", "http://a", "https://a:0", "https://a:65536", "https://a:x", "https://user@a",
            "https://a b", "https://[::1", "https://:443", "https://a:80:80", "https://政务.cn",
        ]) func otherAddressesAreRefused(_ url: String) {
            #expect(RegionAddress(url) == nil)
        }
    }
}

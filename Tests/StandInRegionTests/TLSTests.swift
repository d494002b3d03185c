// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel
import Testing

@testable import StandInRegion

@Suite struct TLSTests {
    private func secure(
        _ ca: ThrowAwayCA, requiringClients: Bool = false, _ body: (StandInRegion) async throws -> Void
    ) async throws {
        let configuration = StandInRegionConfiguration(
            store: ca.directory + "/region.db", tls: ca.serverTLS(requiringClients: requiringClients))
        try await withStandInRegion(configuration, body: body)
    }

    @Test func theAuthorityVouchesForTheServerAndNoOtherDoes() async throws {
        try await withTemporaryDirectory { directory in
            let ca = try ThrowAwayCA(in: directory)
            try await secure(ca) { region in
                let url = region.evaluateURL
                #expect(url.hasPrefix("https://127.0.0.1:"))
                let good = try await curl(url, body: batch(rating("a")), ["--cacert", ca.authority])
                #expect(good.exit == 0 && result("a", in: good) == "accepted")
                let byName = "https://localhost:\(region.port)/api/ping"
                #expect(try await curl(byName, ["--cacert", ca.authority]).status == 200)
                #expect(
                    try await curl(url, body: batch(rating("b"))).exit == 60, "curl knows only the system's authorities"
                )
                #expect(try await curl("http://127.0.0.1:\(region.port)/api/ping").status == 0)
            }
        }
    }

    @Test func aClientNeedsACertificateOfTheRightAuthority() async throws {
        try await withTemporaryDirectory { directory in
            let other = directory + "/other"
            #expect(mkdir(other, 0o700) == 0)
            let (ca, stranger) = (try ThrowAwayCA(in: directory), try ThrowAwayCA(in: other, name: "Another authority"))
            try await secure(ca, requiringClients: true) { region in
                func post(_ credentials: [String]) async throws -> CurlAnswer {
                    try await curl(
                        region.evaluateURL, body: batch(rating("a")), ["--cacert", ca.authority] + credentials)
                }
                let none = try await post([])
                #expect(none.exit != 0 && none.status == 0)
                let wrong = try await post(["--cert", stranger.clientCertificate, "--key", stranger.clientKey])
                #expect(wrong.exit != 0 && wrong.status == 0)
                #expect(try RegionStoreReader(path: directory + "/region.db").counts().requests.isEmpty)
                let right = try await post(["--cert", ca.clientCertificate, "--key", ca.clientKey])
                #expect(right.exit == 0 && result("a", in: right) == "accepted")
            }
        }
    }

    @Test func anExpiredServerCertificateIsSeenByTheClient() async throws {
        try await withTemporaryDirectory { directory in
            let ca = try ThrowAwayCA(in: directory)
            let expired = try ca.makeExpiredServerCertificate()
            let configuration = StandInRegionConfiguration(
                store: directory + "/region.db", tls: .init(certificate: expired, key: ca.serverKey))
            try await withStandInRegion(configuration) { region in
                let careful = try await curl(region.pingURL, ["--cacert", ca.authority])
                #expect(careful.exit == 60)
                #expect(try await curl(region.pingURL, ["--insecure"]).status == 200)
            }
        }
    }

    @Test(arguments: [("drop", [52, 56]), ("lostanswer", [52, 56]), ("reset", [35, 56]), ("truncate", [18, 56])])
    func theFaultsOfTheLineWorkUnderTLS(_ fault: String, _ exits: [Int32]) async throws {
        try await withTemporaryDirectory { directory in
            let ca = try ThrowAwayCA(in: directory)
            try await secure(ca) { region in
                await region.inject(try FaultRule(fault + " x1"))
                let cut = try await curl(region.evaluateURL, body: batch(rating("a")), ["--cacert", ca.authority])
                #expect(exits.contains(cut.exit), "curl ended with \(cut.exit)")
                let whole = try await curl(region.evaluateURL, body: batch(rating("a")), ["--cacert", ca.authority])
                #expect(whole.status == 200)
            }
        }
    }

    @Test func aKeyOfAnotherCertificateIsRefusedAtTheStart() async throws {
        try await withTemporaryDirectory { directory in
            let ca = try ThrowAwayCA(in: directory)
            let configuration = StandInRegionConfiguration(
                store: directory + "/region.db",
                tls: .init(certificate: ca.serverCertificate, key: directory + "/none.key"))
            let error = await #expect(throws: GatewayError.self) { try await withStandInRegion(configuration) { _ in } }
            #expect(error?.code == "region.not-running")
        }
    }
}

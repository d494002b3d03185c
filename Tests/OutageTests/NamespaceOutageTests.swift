// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import RatingModel
import StandInRegion
import Testing

/// Outages that only a network can have, between two network namespaces joined by a cable of their own.
///
/// The test starts itself again in a network and a mount namespace, where a name, a route and a cable can be taken away
/// without anybody else noticing. Where the system has no such namespaces it fails and says so;
/// `HALLGATE_NO_NAMESPACES=1` makes that a warning.
@Suite(.timeLimit(.minutes(5))) struct NamespaceOutageTests {
    enum Kind: String, Sendable, CaseIterable, CustomTestStringConvertible {
        /// The region's name is not found.
        case noName = "name not found"
        /// What the region answers vanishes behind a blackhole route, in connections that stand as in new ones.
        case halfOpen = "half-open"
        /// The cable is out at the hall's end.
        case linkDown = "link down"

        var testDescription: String { rawValue }
    }

    private static let variable = "HALLGATE_NAMESPACE_OUTAGE"
    private static let name = "region.test"

    @Test(arguments: Kind.allCases) func nothingIsParkedLostOrDoubled(_ kind: Kind) async throws {
        switch environment(Self.variable) {
        case nil: try await runInNamespaces(kind)
        case kind.rawValue?: try await runHere(kind)
        default: break
        }
    }

    private func runInNamespaces(_ kind: Kind) async throws {
        let unshare = ["unshare"] + (geteuid() == 0 ? [] : ["--map-root-user"]) + ["--mount", "--net"]
        guard try await canRun(unshare + ["ip", "link", "set", "lo", "up"]) else {
            Issue.record(
                "\(kind.rawValue) was NOT tested: there are no network namespaces here; run as root with iproute2",
                severity: environment("HALLGATE_NO_NAMESPACES") == nil ? .error : .warning)
            return
        }
        try await withDirectory { directory in
            try writeHosts(directory, isKnown: true)
            let script = """
                set -e
                mount -t tmpfs tmpfs /run
                mount --bind \(directory)/hosts /etc/hosts
                ip link set lo up
                ip netns add far
                ip link add near type veth peer name far netns far
                ip address add 10.77.0.1/30 dev near
                ip link set near up
                ip -n far address add 10.77.0.2/30 dev far
                ip -n far link set far up
                exec "$0" --testing-library swift-testing --filter NamespaceOutageTests
                """
            let program = try Subprocess(
                unshare + [
                    "sh", "-c", script, try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
                ],
                environment: [
                    Self.variable: kind.rawValue, "HALLGATE_NAMESPACE_DIRECTORY": directory,
                    "HALLGATE_OUTAGE_TABLE": "",
                ],
                log: directory + "/log")
            let status = try await program.end(within: Outage.length + .seconds(90))
            let log = (try? String(contentsOfFile: directory + "/log", encoding: .utf8)) ?? ""
            #expect(status == 0 && log.contains(Self.variable), "\(kind.rawValue):\n\(log.suffix(4000))")
            for row in log.split(separator: "\n") where row.hasPrefix("| ") { Outage.tell(String(row)) }
        }
    }

    private func canRun(_ words: [String]) async throws -> Bool {
        guard let program = try? Subprocess(words, log: "/dev/null") else { return false }
        return try await program.end(within: .seconds(20)) == 0
    }

    /// The outage itself, with this process in the hall's namespace and the region in the far one.
    private func runHere(_ kind: Kind) async throws {
        let directory = try #require(environment("HALLGATE_NAMESPACE_DIRECTORY"))
        print(Self.variable)
        let ca = try ThrowAwayCA(in: directory)
        let (certificate, key) = (directory + "/far.pem", directory + "/far.key")
        try await makeCertificate(ca, name: Self.name, certificate, key)
        let peer = try await PythonPeer(
            certificate: certificate, key: key, host: "10.77.0.2", under: ["ip", "netns", "exec", "far"])
        let outage = Outage(
            name: kind.rawValue, codes: ["uplink.not-connected", "uplink.timed-out", "uplink.broken-off"],
            begin: {
                try await change(kind, directory, isOut: true)
                // A connection that stands needs no name.
                if kind == .noName { try await peer.hangUp() }
            },
            end: { try await change(kind, directory, isOut: false) })
        let url = "https://\(Self.name):\(peer.port)/api/evaluate"
        try await OutageHall.run(directory, url: url, authority: ca.authority) { hall in
            try await outage.run(hall, peer, "\(kind.rawValue), Python peer")
        }
    }

    private func change(_ kind: Kind, _ directory: String, isOut: Bool) async throws {
        switch kind {
        case .noName: try writeHosts(directory, isKnown: !isOut)
        case .halfOpen: try await run("ip", "-n", "far", "route", isOut ? "add" : "delete", "blackhole", "10.77.0.1/32")
        case .linkDown: try await run("ip", "link", "set", "near", isOut ? "down" : "up")
        }
    }

    /// Writes into the file itself, because it is mounted over /etc/hosts.
    private func writeHosts(_ directory: String, isKnown: Bool) throws {
        let file = try #require(fopen(directory + "/hosts", "w"))
        fputs("127.0.0.1 localhost\n" + (isKnown ? "10.77.0.2 \(Self.name)\n" : ""), file)
        fclose(file)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import Glibc
import RatingModel
import StandInRegion

/// `hallgate region serve`: answers the uplink contract of the document *The stand-in region* until it is ended.
public struct RegionServeCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer ratings as a region does, well or badly.",
        discussion: """
            Receipts are in the store before they are answered. A fault is kind[:argument][:probability][@from..to][ xN];
            the kinds are status:N[/retry-after], unauthorized, success=false, garbage, truncate, lostanswer, duplicate,
            drop, reset, endless, delay:TIME, slow[:TIME], and for single ratings reject and retry.
            """)

    @Option(help: "Address and port; port 0 takes a free one.") var listen = "127.0.0.1:0"
    @Option(help: "The SQLite file of receipts, kept where it exists; memory keeps nothing.") var store: String
    @Flag(help: "Answer before receipts are on disk: a killed region keeps them, a computer that stops does not.")
    var noSync = false
    @Option(help: "Which region it is: national, plain, shandong-style, zhejiang-style or fujian-style.")
    var profile = "national"
    @Option(name: .customLong("sm2-key"), help: "The region's own SM2 key, for shandong-style.")
    var ownSM2: String?
    @Option(name: .customLong("hall-sm2-key"), help: "The hall's public SM2 key, for shandong-style.")
    var hallSM2: String?
    @Option(name: .customLong("sm4-key"), help: "The shared SM4 key, for fujian-style.")
    var sharedSM4: String?
    @Option(
        help: "ID:FILE, an application and the file of its secret, which has tokens at /api/token; may be repeated.")
    var app: [String] = []
    @Option(help: "Seconds that such a token holds.") var tokenSeconds = 7200
    @Option(parsing: .singleValue, help: "Faults in force from the start, separated by commas; may be repeated.")
    var fault: [String] = []
    @Option(help: "The seed of every probability.") var seed: UInt64 = 1
    @Option(help: "The server's certificate (PEM); without it plain HTTP on loopback.") var certificate: String?
    @Option(help: "The certificate's key (PEM).") var key: String?
    @Option(name: .customLong("client-ca"), help: "The authority that clients' certificates must be signed by (PEM).")
    var clientAuthority: String?
    @Option(help: "A file with the bearer token that every call must carry.") var tokenFile: String?
    @Option(help: "A file to write the port into once the region answers.") var portFile: String?
    @Flag(help: "Refuse a rating until its case was filed.") var requireCase = false
    @Flag(help: "Answer the codes of cases as pictures, and not as addresses.") var codeImages = false
    @Flag(
        help:
            "Obey lines on standard input: fault RULE, clear, notice JSON, remove ID, alter ID JSON, counts, quit; its end quits."
    )
    var controlStdin = false

    /// The parser makes it.
    public init() {}

    public func validate() throws {
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key belong together")
        }
        guard clientAuthority == nil || certificate != nil else {
            throw ValidationError("--client-ca needs --certificate and --key")
        }
        _ = try address()
        _ = try faults()
    }

    public func run() async throws {
        do {
            try await withStandInRegion(try regionConfiguration()) { region in
                print(
                    """
                    {"event":"listening","port":\(region.port),"url":"\(region.evaluateURL)","probe_url":"\(region.pingURL)"}
                    """)
                fflush(nil)
                if let portFile { try SmallFile.replace(portFile, with: "\(region.port)\n") }
                if controlStdin {
                    await region.obeyLines(of: STDIN_FILENO) { line in
                        print(line)
                        fflush(nil)
                    }
                } else {
                    await region.untilStopped()
                }
            }
        } catch let error as GatewayError {
            SmallFile.complain(error)
            throw ExitCode(1)
        }
    }

    /// What the options say.
    func regionConfiguration() throws -> StandInRegionConfiguration {
        let (host, port) = try address()
        var tls: StandInRegionConfiguration.TLS?
        if let certificate, let key {
            tls = .init(certificate: certificate, key: key, clientAuthority: clientAuthority)
        }
        var configuration = StandInRegionConfiguration(
            store: store == "memory" ? ":memory:" : store, host: host, port: port, tls: tls,
            token: try tokenFile.map(SmallFile.token(in:)), requiresCase: requireCase, faults: try faults(), seed: seed)
        configuration.isDurable = !noSync
        configuration.profile = profile
        configuration.drawsCodes = codeImages
        if let ownSM2 { configuration.keys.ownSM2 = try SmallFile.bytes(of: ownSM2) }
        if let hallSM2 { configuration.keys.hallSM2 = try SmallFile.bytes(of: hallSM2) }
        if let sharedSM4 { configuration.keys.sharedSM4 = try SmallFile.bytes(of: sharedSM4) }
        configuration.tokenLifetime = .seconds(tokenSeconds)
        for entry in app {
            let parts = entry.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("--app takes ID:FILE") }
            configuration.applications[parts[0]] = try SmallFile.token(in: parts[1])
        }
        return configuration
    }

    private func faults() throws -> [FaultRule] {
        do { return try fault.flatMap(FaultRule.list) } catch { throw ValidationError("\(error)") }
    }

    /// Splits `127.0.0.1:8443` or `[::1]:8443`.
    private func address() throws -> (host: String, port: Int) {
        guard let colon = listen.lastIndex(of: ":"), let port = UInt16(listen[colon...].dropFirst()) else {
            throw ValidationError("--listen takes ADDRESS:PORT, such as 127.0.0.1:8443")
        }
        var host = listen[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { throw ValidationError("--listen needs an address before the port") }
        return (String(host), Int(port))
    }
}

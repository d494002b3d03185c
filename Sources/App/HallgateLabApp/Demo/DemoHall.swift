// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Glibc
import OperatorAPI
import RatingModel
import StandInRegion

/// The two processes of a demo: the real daemon and the stand-in region.
actor DemoHall {
    /// Where the programs lie.
    struct Programs: Sendable {
        let daemon: String
        let lab: String
    }

    let site: DemoSite
    let regionPort: Int
    private let programs: Programs
    private let seed: UInt64
    private var daemon: ChildProcess?
    private var region: RegionProcess?

    init(site: DemoSite, programs: Programs, seed: UInt64) throws(GatewayError) {
        self.site = site
        self.programs = programs
        self.seed = seed
        regionPort = try DemoHall.freePort()
    }

    // MARK: The region

    /// Starts the region and waits until it listens.
    func startRegion() async throws {
        let arguments = [
            "region", "serve", "--listen", "127.0.0.1:\(regionPort)", "--store", site.store,
            "--certificate", site.authority.serverCertificate, "--key", site.authority.serverKey,
            "--seed", "\(seed)", "--control-stdin",
        ]
        let process = try ChildProcess(programs.lab, arguments, log: site.regionLog, hasPipes: true)
        let region = RegionProcess(process)
        self.region = region
        guard await region.nextLine(within: .seconds(20)) != nil else {
            throw failure("the stand-in region", "模拟平台", log: site.regionLog)
        }
    }

    /// Puts a fault rule in force; `false` where the region did not take it.
    func inject(_ rule: String) async -> Bool {
        guard let region else { return false }
        return await region.order("fault \(rule)")
    }

    /// Takes all faults of the region away.
    func clearFaults() async -> Bool {
        guard let region else { return false }
        return await region.order("clear")
    }

    /// Kills the region as a power cut would.
    func killRegion() {
        region?.process.end()
        region = nil
    }

    // MARK: The daemon

    /// Starts the daemon and waits until it answers on its control socket.
    func startDaemon() async throws {
        let daemon = try ChildProcess(
            programs.daemon, ["run", "--config", site.configuration], log: site.daemonLog)
        self.daemon = daemon
        let client = ControlClient(path: site.socket, timeout: .seconds(5))
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            try Task.checkCancellation()
            guard daemon.endStatus() == nil else { break }
            if (try? await client.status()) != nil { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw failure("the daemon", "守护进程", log: site.daemonLog)
    }

    /// The daemon's process, to be killed from another thread.
    var daemonProcess: ChildProcess? { daemon }

    /// Reaps a daemon that was killed.
    func reapDaemon() {
        daemon?.end()
        daemon = nil
    }

    /// Whether the daemon has ended without having been told to.
    var hasDaemonFailed: Bool { daemon.map { $0.endStatus() != nil } ?? false }

    /// Stops both in order: the daemon drains first. Says whether the daemon ended well.
    func stop() async -> Bool {
        daemon?.signal(SIGTERM)
        let status = await daemon?.waitForEnd(within: .seconds(25))
        daemon?.end()
        daemon = nil
        _ = await region?.order("quit")
        _ = await region?.process.waitForEnd(within: .seconds(5))
        killRegion()
        return status == 0
    }

    /// Ends both at once.
    func end() {
        reapDaemon()
        killRegion()
    }

    private func failure(_ english: String, _ chinese: String, log: String) -> GatewayError {
        GatewayError(
            "lab.not-ready", LocalText("\(english) did not start", "\(chinese)未能启动"),
            cause: site.tail(of: log), hint: LocalText("read \(log)", "请查看 \(log)"))
    }

    /// A port of loopback that was free a moment ago; the region keeps it over its restarts.
    static func freePort() throws(GatewayError) -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard code == 0 else {
            throw GatewayError(
                "lab.port", LocalText("no port of loopback is free", "本机没有可用端口"),
                cause: String(cString: strerror(errno)),
                hint: LocalText("look for what fills them with ss -ltn", "请用 ss -ltn 查看端口占用"))
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import FoundationEssentials
import Glibc
import OperatorAPI
import RatingModel
import StandInRegion

/// One backlog, delivered by the real daemon.
struct DrainBench {
    private let pending: Int
    private let batch: Int
    private let programs: DemoHall.Programs
    private let site: DemoSite
    private let port: Int

    init(pending: Int, batch: Int, programs: DemoHall.Programs) throws {
        self.pending = pending
        self.batch = batch
        self.programs = programs
        site = try DemoSite(directory: nil)
        port = try DemoHall.freePort()
    }

    /// Fills, drains and measures; nothing is left behind.
    func run(ceilingSeconds: Int) async throws -> DrainRun {
        signal(SIGPIPE, SIG_IGN)
        defer { site.remove() }
        try writeConfiguration()
        try await DrainFill.fill("\(site.directory)/journal", ratings: pending, for: UplinkName("region"))
        let server = try await startServer()
        defer { server.process.end() }
        var run = DrainRun(pending: pending)
        try await drain(server, &run)
        if ceilingSeconds > 0 {
            run.ceiling = await WrkCeiling(directory: site.directory, port: port, seconds: ceilingSeconds).measure()
        }
        return run
    }

    private func drain(_ server: RegionProcess, _ run: inout DrainRun) async throws {
        let daemon = try ChildProcess(programs.daemon, ["run", "--config", site.configuration], log: site.daemonLog)
        defer { daemon.end() }
        let client = ControlClient(path: site.socket, timeout: .seconds(20))
        let before = ProcessUse(pid: daemon.pid)
        let deadline = ContinuousClock.now + .seconds(60 + pending / 500)
        while ContinuousClock.now < deadline {
            guard daemon.endStatus() == nil else { throw notReady("the daemon ended", "守护进程已退出") }
            let status = try? await client.status()
            run.resident.append(ProcessUse(pid: daemon.pid).resident)
            if let uplink = status?.uplinks.first, uplink.delivered == Int64(pending) { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        run.processor = ProcessUse(pid: daemon.pid).since(before).processor
        run.anonymous = ProcessUse(pid: daemon.pid).anonymous
        daemon.signal(SIGTERM)
        _ = await daemon.waitForEnd(within: .seconds(20))
        guard let line = await server.answer(to: "counts"), let counts = DrainCounts(line) else {
            throw notReady("the server gave no counts", "服务端未返回计数")
        }
        run.counts = counts
    }

    private func startServer() async throws -> RegionProcess {
        let process = try ChildProcess(
            programs.lab,
            [
                "bench", "answer", "--port", "\(port)", "--certificate", site.authority.serverCertificate, "--key",
                site.authority.serverKey, "--keep", site.directory,
            ], log: site.regionLog, hasPipes: true)
        let server = RegionProcess(process)
        guard await server.nextLine(within: .seconds(20)) != nil else {
            throw notReady("the server did not start", "服务端未能启动")
        }
        return server
    }

    private func writeConfiguration() throws(GatewayError) {
        let plan = DemoPlan(pads: 1, ratings: 1, seed: 1)
        try site.writeConfiguration(for: plan, regionPort: port, batch: batch)
    }

    private func notReady(_ english: String, _ chinese: String) -> GatewayError {
        GatewayError(
            "lab.drain", LocalText(english, chinese),
            cause: site.tail(of: site.daemonLog) + site.tail(of: site.regionLog),
            hint: LocalText("run it again with fewer ratings", "请减少评价数量后重试"))
    }
}

/// What the server has to say, read from its line.
struct DrainCounts: Decodable, Hashable {
    let batches: Int
    let ratings: Int
    let duplicates: Int
    let firstAt: UInt64
    let lastAt: UInt64

    enum CodingKeys: String, CodingKey {
        case batches, ratings, duplicates
        case firstAt = "first_ns"
        case lastAt = "last_ns"
    }

    init?(_ line: String) {
        guard let counts = try? JSONDecoder().decode(DrainCounts.self, from: Data(line.utf8)) else { return nil }
        self = counts
    }
}

/// wrk over one connection, with the batches that the daemon sent.
struct WrkCeiling {
    let directory: String
    let port: Int
    let seconds: Int

    /// Ratings a second; `nil` where there is no wrk.
    func measure() async -> Double? {
        let batches = (1...).lazy.map { "\(directory)/batch-\($0).json" }.prefix {
            FileManager.default.fileExists(atPath: $0)
        }
        let paths = Array(batches.prefix(100))
        guard !paths.isEmpty, let script = write(paths),
            let process = try? ChildProcess(
                "/usr/bin/wrk",
                ["-t1", "-c1", "-d\(seconds)s", "-s", script, "https://127.0.0.1:\(port)/api/evaluate"],
                log: "\(directory)/wrk.log")
        else { return nil }
        _ = await process.waitForEnd(within: .seconds(seconds + 20))
        process.end()
        let text = (try? String(contentsOfFile: "\(directory)/wrk.log", encoding: .utf8)) ?? ""
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Requests/sec:") }),
            let rate = line.split(separator: " ").last.flatMap({ Double($0) })
        else { return nil }
        return rate * Double(ratings(in: paths)) / Double(paths.count)
    }

    private func write(_ paths: [String]) -> String? {
        let names = paths.map { "\"\($0)\"" }.joined(separator: ",")
        let script = """
            local bodies = {}
            for i, path in ipairs({\(names)}) do
              local file = io.open(path, "rb"); bodies[i] = file:read("*a"); file:close()
            end
            local turn = 0
            request = function()
              turn = turn % #bodies + 1
              return wrk.format("POST", nil, {["content-type"] = "application/json"}, bodies[turn])
            end
            """
        let path = "\(directory)/post.lua"
        return (try? script.write(toFile: path, atomically: false, encoding: .utf8)).map { path }
    }

    private func ratings(in paths: [String]) -> Int {
        paths.reduce(0) { sum, path in
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            return sum + text.split(separator: "\"id\":\"").count - 1
        }
    }
}

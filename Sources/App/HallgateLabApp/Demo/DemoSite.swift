// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import RatingModel
import StandInRegion
import VirtualPads

/// The directory of a demo: where everything lies, and the files that are there before anything runs.
struct DemoSite: Sendable {
    let directory: String
    let authority: ThrowAwayCA

    var configuration: String { "\(directory)/hallgate.yaml" }
    var socket: String { "\(directory)/operator.sock" }
    var store: String { "\(directory)/region.db" }
    var daemonLog: String { "\(directory)/daemon.log" }
    var regionLog: String { "\(directory)/region.log" }

    /// Makes the directory, or takes an empty one, and what must lie in it.
    init(directory wanted: String?) throws(GatewayError) {
        directory = try DemoSite.makeDirectory(wanted)
        for name in ["journal", "pads", "ca"] {
            guard mkdir("\(directory)/\(name)", 0o700) == 0 else { throw DemoSite.failure("\(directory)/\(name)") }
        }
        authority = try ThrowAwayCA(in: "\(directory)/ca", name: "Hallgate demo")
    }

    func link(_ window: String) -> String { "\(directory)/pads/\(window)" }
    func memory(_ window: String) -> String { "\(directory)/pads/\(window).memory" }

    /// The pads of a plan; labels and log numbers follow from the seed, as their manufacture would have drawn them.
    func pads(of plan: DemoPlan) -> [PadSettings] {
        plan.windows.enumerated().map { number, window in
            var generator = SeededGenerator(seed: plan.seed, stream: 500 + UInt64(number))
            return PadSettings(
                id: UInt64.random(in: 1 ... .max, using: &generator), link: link(window),
                memoryPath: memory(window), newLog: UInt64.random(in: 1 ... .max, using: &generator))
        }
    }

    /// Writes the daemon's configuration for a region on that port of loopback.
    func writeConfiguration(for plan: DemoPlan, regionPort: Int, batch: Int = 100) throws(GatewayError) {
        let text = DemoSite.configurationText(
            plan, directory: directory, socket: socket, authority: authority.authority, port: regionPort,
            batch: batch)
        do {
            try text.write(toFile: configuration, atomically: false, encoding: .utf8)
        } catch {
            throw DemoSite.failure(configuration)
        }
    }

    /// The file a hall with these pads would have, but for the short waits: a demo has no hour to wait for a region.
    static func configurationText(
        _ plan: DemoPlan, directory: String, socket: String, authority: String, port: Int,
        batch: Int = 100
    ) -> String {
        var lines = ["hall:", "  name: 演示大厅", "journal:", "  directory: \(directory)/journal"]
        lines += [
            "control:", "  socket: \(socket)", "session:", "  prompt_timeout: 10s",
            "windows:",
        ]
        lines += plan.windows.map { "  - {id: \($0), name: 综合窗口\($0)}" }
        lines.append("devices:")
        lines += plan.windows.map {
            "  - {path: \(directory)/pads/\($0), driver: native, baud: 115200, window: \($0)}"
        }
        lines += [
            "uplinks:", "  - name: region", "    kind: https", "    profile: national",
            "    url: https://127.0.0.1:\(port)/api/evaluate", "    ca: \(authority)",
            "    probe_url: https://127.0.0.1:\(port)/api/ping", "    batch: \(batch)", "    connect_timeout: 2s",
            "    request_timeout: 3s", "    retry: {first: 50ms, most: 1s}", "    on_unknown: resend",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Removes the directory and all in it.
    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    /// The last lines of a log, for an operator who has to see why something ended.
    func tail(of log: String, lines: Int = 12) -> String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(lines).joined(separator: "\n")
    }

    private static func makeDirectory(_ wanted: String?) throws(GatewayError) -> String {
        if let wanted {
            guard mkdir(wanted, 0o700) == 0 || isEmptyDirectory(wanted), let path = realpath(wanted, nil) else {
                throw failure(wanted)
            }
            defer { free(path) }
            return String(cString: path)
        }
        let base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        guard let name = strdup("\(base)/hallgate-demo-XXXXXX") else { throw failure(base) }
        defer { free(name) }
        guard mkdtemp(name) != nil else { throw failure(base) }
        return String(cString: name)
    }

    private static func isEmptyDirectory(_ path: String) -> Bool {
        (try? FileManager.default.contentsOfDirectory(atPath: path).isEmpty) ?? false
    }

    private static func failure(_ path: String) -> GatewayError {
        GatewayError(
            "lab.directory", LocalText("\(path) could not be made, or is not empty", "无法创建 \(path)，或目录非空"),
            cause: errno == 0 ? nil : String(cString: strerror(errno)),
            hint: LocalText("name a directory that is empty or does not exist yet", "请指定一个空目录或尚不存在的目录"))
    }
}

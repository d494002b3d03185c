// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Foundation
import Glibc
import HallgateTesting
import Testing

/// The daemon itself with a web socket and a business socket, a screen at A01 and one in the lobby.
final class HallDaemon: Sendable {
    static let screenKey = "8d21c6f0a4be7735"
    static let businessKey = "5f0c2d1e9a7b48364e21"

    let directory: String
    private let daemon: RunningProgram

    var web: String { directory + "/web.sock" }
    var business: String { directory + "/business.sock" }
    /// Everything the daemon has said since its first start.
    var log: String { (try? String(contentsOfFile: directory + "/log", encoding: .utf8)) ?? "" }

    /// Makes the directory with configuration and keys; `more` is added to the file.
    static func prepare(_ more: String = "") throws -> String {
        let directory = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let yaml = """
            hall: {name: 政务大厅}
            journal: {directory: \(directory)/journal}
            control:
              socket: \(directory)/operator.sock
              web_socket: \(directory)/web.sock
              business_socket: \(directory)/business.sock
              business_clients: [{name: queue, key_file: \(directory)/queue.key}]
            windows: [{id: A01, name: 综合窗口}]
            pages:
              public_url: https://hall.example/
              thanks_for: 2s
              screens:
                - {id: counter, window: A01, key_file: \(directory)/screen.key}
                - {id: lobby, key_file: \(directory)/screen.key}
            \(more)

            """
        try yaml.write(toFile: directory + "/hallgate.yaml", atomically: true, encoding: .utf8)
        for (name, key) in [("queue", businessKey), ("screen", screenKey)] {
            try key.write(toFile: "\(directory)/\(name).key", atomically: true, encoding: .utf8)
            chmod("\(directory)/\(name).key", 0o600)
        }
        return directory
    }

    /// Starts the program that lies beside this one, and waits until it listens.
    init(in directory: String) async throws {
        self.directory = directory
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let hallgate = URL(filePath: program).deletingLastPathComponent().appending(path: "hallgate").path()
        daemon = try RunningProgram(
            [hallgate, "run", "--config", directory + "/hallgate.yaml"], output: directory + "/log")
        let client = ControlClient(path: directory + "/operator.sock", timeout: .seconds(5))
        let isReady = await eventually(within: .seconds(60)) { (try? await client.status()) != nil }
        let isListening = await eventually { (try? JSONLineClient(web)) != nil }
        #expect(isReady && isListening, "the daemon did not become ready: \(log.suffix(2000))")
    }

    /// Ends it as a power cut ends a process.
    func kill() async { await daemon.end(SIGKILL) }
    func stop() async { await daemon.end(SIGTERM) }
}

/// A client of a control socket that reads lines of JSON: answers by their ids, notifications in their order.
final class JSONLineClient {
    private let lines: WebClient
    private var lastID = 0
    private var notices: [[String: Any]] = []

    init(_ path: String) throws { lines = try WebClient(path) }

    /// Asks and waits for the answer: its result, or the code of its error under `error`.
    func ask(_ method: String, _ parameters: [String: any Sendable] = [:]) async -> [String: Any] {
        lastID += 1
        let id = lastID
        let request: [String: Any] = ["jsonrpc": "2.0", "id": id, "method": method, "params": parameters]
        await lines.send(
            String(decoding: (try? JSONSerialization.data(withJSONObject: request)) ?? Data(), as: UTF8.self))
        while let line = await next() {
            guard line["id"] as? Int == id else {
                notices.append(line)
                continue
            }
            guard let error = line["error"] as? [String: Any] else { return line["result"] as? [String: Any] ?? [:] }
            return ["error": (error["data"] as? [String: Any])?["code"] as? String ?? "\(error["code"] ?? "")"]
        }
        return ["error": "no answer"]
    }

    /// The next scene of that kind; those before it are passed over.
    func scene(_ kind: String) async -> [String: Any]? {
        while true {
            let kept = notices.isEmpty ? await next() : notices.removeFirst()
            guard let line = kept else { return nil }
            guard let scene = (line["params"] as? [String: Any])?["scene"] as? [String: Any] else { continue }
            if scene["kind"] as? String == kind { return scene }
        }
    }

    private func next() async -> [String: Any]? {
        guard let line = await lines.nextLine() else { return nil }
        return try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
}

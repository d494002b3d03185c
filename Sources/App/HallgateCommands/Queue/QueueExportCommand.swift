// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlSocket
import FoundationEssentials
import Glibc
import OperatorAPI
import RatingModel

/// `hallgate queue export`
struct QueueExportCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: say("Write what waits as JSON lines, without levels.", "以 JSON 行导出待处理的评价，不含等级。"),
        discussion: say(
            "It tells which ratings the region lacks, to compare lists with it. Levels leave the gateway only in the "
                + "signed bundles of a file uplink.",
            "用于与上级系统核对缺少哪些评价。等级只随文件链路的签名数据包离开网关。"))

    @OptionGroup var selection: QueueSelection

    @Option(
        help: ArgumentHelp(
            say("The file to write, readable by its owner alone (default: the output).", "写入的文件，仅所有者可读（默认输出到终端）。"),
            valueName: "file"))
    var to: String?

    @OptionGroup var options: QueueOptions

    func ask(_ console: Console) async throws(GatewayError) -> ExitStatus {
        let client = options.client
        let first = try await client.queue(QueueRequest(uplink: selection.uplink, state: selection.state, limit: 1))
        // Each list by itself, for only a single one can be read on from where a page ended.
        let states =
            selection.state.map { [$0] }
            ?? ["pending", "in-flight", "unknown", "parked", "set-aside", "held"]
        let output = try ExportOutput(to, console)
        var count = 0
        for counters in first.uplinks {
            for state in states.flatMap({ expanded($0, counters) }) {
                var after: Int64? = 0
                while let position = after {
                    let page = try await client.queue(
                        QueueRequest(
                            uplink: counters.uplink, state: state, after: position, limit: QueueRequest.mostRecords))
                    try output.write(page.records.map { ExportedRecord($0).line })
                    count += page.records.count
                    after = page.next
                }
            }
        }
        try output.close()
        console.complain(
            LocalText(
                "\(count) records; levels are masked (●).", "共 \(count) 条；等级已屏蔽（●）。"
            ).text(for: console.locale))
        return .well
    }

    /// The reasons that are in use, where all held ratings are wanted; a state that is only counted is left out.
    private func expanded(_ state: String, _ counters: QueueReport.Counters) -> [String] {
        guard state == "held" else { return [state] }
        return counters.states.keys.filter { $0.hasPrefix("held:") && (options.auditor || $0 != "held:reasonless") }
            .sorted()
    }
}

/// Where an export goes: to a file of its own, or to the console.
struct ExportOutput {
    private let console: Console
    private let path: String?
    private let descriptor: Int32

    /// Makes the file, readable by its owner alone.
    init(_ path: String?, _ console: Console) throws(GatewayError) {
        self.console = console
        self.path = path
        descriptor = path.map { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) } ?? -1
        if path != nil, descriptor < 0 { throw failure() }
    }

    /// Writes lines behind those that are there.
    func write(_ lines: [String]) throws(GatewayError) {
        guard !lines.isEmpty else { return }
        let text = lines.joined(separator: "\n") + "\n"
        guard path != nil else { return console.write(text) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            rest = rest.dropFirst(count)
        }
    }

    /// Brings the file onto the disk.
    func close() throws(GatewayError) {
        guard path != nil else { return }
        let isSynced = fsync(descriptor) == 0
        guard Glibc.close(descriptor) == 0, isSynced else { throw failure() }
    }

    private func failure() -> GatewayError {
        GatewayError(
            "export.unwritable", LocalText("the file cannot be written", "无法写入文件"),
            cause: "\(path ?? ""): \(String(cString: strerror(errno)))",
            hint: LocalText("name a folder that exists, is yours and has room", "请指定存在、有写权限且有空间的目录"))
    }
}

/// A line of an export.
struct ExportedRecord: Encodable {
    let record: QueueReport.Record

    init(_ record: QueueReport.Record) { self.record = record }

    private enum Key: String, CodingKey { case level }

    func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode("●", forKey: .level)
    }

    /// The record on one line.
    var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

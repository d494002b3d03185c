// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import HallgateCommands

/// `hallgate devices infer`, from a capture to a configuration that is accepted.
struct DevicesInferTests {
    private static let captures = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Traces/infer")

    private func infer(_ name: String, _ more: String..., locale: String = "C") async -> (Int32, RecordedConsole) {
        let console = RecordedConsole()
        let path = Self.captures.appending(path: name).path()
        return (await console.run(["devices", "infer", path] + more, locale: locale), console)
    }

    @Test(arguments: ["queue-bus-000.hex", "xor-001.hex", "modbus-003.hex", "line-004.hex"])
    func `the draft is accepted once its levels are filled in`(_ name: String) async throws {
        let (status, console) = await infer(name)
        #expect(status == 0, "\(console.errors)")
        try await withDirectory { directory in
            let path = directory + "/hall.yaml"
            try write(console.output, to: path)
            let empty = RecordedConsole()
            #expect(await empty.run(["check", "--config", path]) == 1)
            let mistakes = empty.output.split(separator: "\n")
            #expect(mistakes.count >= 2 && mistakes.allSatisfy { $0.contains("level: '?' is not known here") })
            try write(console.output.replacing("level: \"?\"", with: "level: satisfied"), to: path)
            let filled = RecordedConsole()
            #expect(await filled.run(["check", "--config", path]) == 0, "\(filled.output)")
        }
    }

    @Test func `the queue bus is rebuilt and its draft says why`() async {
        let (status, console) = await infer("queue-bus-000.hex")
        #expect(status == 0)
        #expect(console.output.contains("start: \"FF 68 ?? ?? 68\""))
        #expect(console.output.contains("checksum: {kind: sum8, from: 5, to: -3, at: -2}"))
        #expect(console.output.contains("repeated_at: 3, counts_from: 5, counts_to: -3"))
        #expect(console.output.contains("# DRAFT: guessed from a capture"))
        #expect(!console.output.contains("satisfied"))
        let (_, chinese) = await infer("queue-bus-000.hex", locale: "zh_CN.UTF-8")
        #expect(chinese.output.contains("# 草稿：由抓取的数据推测"))
    }

    @Test func `scripts get JSON`() async throws {
        let (status, console) = await infer("queue-bus-000.hex", "--json")
        #expect(status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(console.output.utf8)) as? [String: Any]
        let guesses = object?["guesses"] as? [[String: String]]
        #expect(guesses?.first { $0["field"] == "end" }?["value"] == "16")
        #expect((object?["values"] as? [Any])?.isEmpty == false && object?["draft"] is String)
    }

    @Test func `what is no capture is refused with a hint`() async throws {
        let missing = RecordedConsole()
        #expect(await missing.run(["devices", "infer", "/none/capture.hex"]) == 1)
        #expect(missing.errors.contains("cannot be read"))
        try await withDirectory { directory in
            try write("01 02 03 04", to: directory + "/a.hex")
            let console = RecordedConsole()
            #expect(await console.run(["devices", "infer", directory + "/a.hex"]) == 1)
            #expect(console.errors.contains("looks like frames"))
        }
    }
}

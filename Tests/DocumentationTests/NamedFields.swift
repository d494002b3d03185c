// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// A message as the document writes it: a name, then `field=value`; blanks in texts are underscores.
struct NamedFields {
    private let name: String
    private let fields: [String: String]

    init(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        name = words.first ?? ""
        fields = Dictionary(
            words.dropFirst().compactMap { word -> (String, String)? in
                let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
                return parts.count == 2 ? (parts[0], parts[1]) : nil
            }, uniquingKeysWith: { first, _ in first })
    }

    private func number<Number: FixedWidthInteger>(_ field: String) -> Number {
        fields[field].flatMap { Number($0) } ?? 0
    }

    private func wide(_ field: String) -> UInt64 { fields[field].flatMap { UInt64($0, radix: 16) } ?? 0 }

    private func words(_ field: String) -> [UInt8] {
        Array((fields[field] ?? "").utf8).map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
    }

    private var versions: VersionRange { VersionRange(number("lowest"), number("highest")) }

    var hostMessage: HostMessage? {
        switch name {
        case "ask": .ask(versions: versions, nonce: wide("nonce"))
        case "welcome": .welcome(version: number("version"))
        case "acknowledge": .acknowledge(log: wide("log"), sequence: number("sequence"))
        case "refuse": .refuse(log: wide("log"), sequence: number("sequence"))
        case "prompt": .prompt(number: number("number"), milliseconds: number("milliseconds"))
        case "cancelPrompt": .cancelPrompt(number: number("number"))
        case "pause": .pause
        case "resume": .resume
        case "time": .time(millisecondsSinceEpoch: number("milliseconds"))
        case "keepAlive": .keepAlive
        case "identify": .identify
        default: nil
        }
    }

    var padMessage: PadMessage? {
        switch name {
        case "hello":
            .hello(
                Hello(
                    versions: versions, conformance: number("conformance"), keys: number("keys"), padID: wide("pad"),
                    log: wide("log"), nonce: wide("nonce"), model: words("model"), firmware: words("firmware")))
        case "press":
            PressResult(rawValue: number("result")).map {
                .press(
                    PressReport(
                        log: wide("log"), sequence: number("sequence"), lifetimeCount: number("lifetime"),
                        ageMilliseconds: number("age"), prompt: number("prompt"), result: $0, level: number("level"),
                        key: number("key")))
            }
        case "prompting": .prompting(number: number("number"), isShowing: fields["showing"] == "1")
        case "health":
            .health(
                PadHealth(
                    isPaused: fields["paused"] == "1", isLogFull: fields["full"] == "1", waiting: number("waiting"),
                    lifetimeCount: number("lifetime"), uptimeSeconds: number("uptime")))
        case "idle": .idle
        default: nil
        }
    }
}

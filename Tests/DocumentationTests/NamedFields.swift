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

    private func code(_ field: String) -> Code128 { Code128(first: bytes(field)) }

    /// Hexadecimal without spaces.
    private func bytes(_ field: String) -> [UInt8] {
        let digits = Array(fields[field] ?? "")
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
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
        default: furtherPadMessage
        }
    }

    private var furtherPadMessage: PadMessage? {
        switch name {
        case "shown":
            ShownState(rawValue: number("state")).map { .shown(number: number("number"), $0) }
        case "scanned":
            .scanned(
                ScannedPart(
                    number: number("number"),
                    symbology: fields["symbology"].map { Array($0.utf8) } ?? [0, 0, 0], total: number("total"),
                    offset: number("offset"), bytes: words("part")))
        case "proof":
            ProofResult(rawValue: number("result")).map { .proof($0, code("code")) }
        case "provenPress":
            PressResult(rawValue: number("result")).map {
                .provenPress(
                    PressReport(
                        log: wide("log"), sequence: number("sequence"), lifetimeCount: number("lifetime"),
                        ageMilliseconds: number("age"), prompt: number("prompt"), result: $0, level: number("level"),
                        key: number("key")), code("code"))
            }
        case "progress":
            UpdateState(rawValue: number("state")).map {
                .progress(number: number("number"), $0, offset: number("offset"))
            }
        default: nil
        }
    }

    var displayMessage: DisplayMessage? {
        let number: UInt32 = number("number")
        return switch name {
        case "text": .text(number: number, language: words("language"), text: words("text"))
        case "clip": .clip(number: number, clip: self.number("clip"))
        case "qrCode": .qrCode(number: number, milliseconds: self.number("milliseconds"), content: words("content"))
        case "staffCard":
            .staffCard(
                number: number, badge: words("badge"), name: words("name"), photograph: self.number("photograph"))
        case "waiting": .waiting(number: number, count: self.number("count"), ticket: self.number("ticket"))
        case "scanner": .scanner(number: number, isOn: fields["on"] == "1")
        case "scanTaken": .scanTaken(number: number, next: self.number("next"))
        default: nil
        }
    }

    var proofMessage: ProofMessage? {
        switch name {
        case "challenge":
            ProofAlgorithm(rawValue: number("algorithm")).map {
                .challenge($0, code("challenge"), code: code("code"))
            }
        case "provenAcknowledge":
            .acknowledge(log: wide("log"), sequence: number("sequence"), code: code("code"))
        default: nil
        }
    }

    var updateMessage: UpdateMessage? {
        switch name {
        case "update":
            .offer(
                UpdateOffer(
                    number: number("number"), size: number("size"), release: number("release"),
                    version: words("version"), hash: bytes("hash"), signature: bytes("signature")))
        case "chunk": .chunk(number: number("number"), offset: number("offset"), bytes: bytes("data"))
        case "finish": .finish(number: number("number"), installs: fields["action"] == "1")
        default: nil
        }
    }

    /// The bytes that a code is made over, as section 5.2 lists them.
    var proofInput: ProofInput? {
        let pad = wide("pad")
        return switch name {
        case "challenge": .challenge(pad: pad, code("challenge"))
        case "proof": .proof(pad: pad, log: wide("log"), code("challenge"))
        case "provenPress":
            PressResult(rawValue: number("result")).map {
                .press(
                    pad: pad,
                    PressReport(
                        log: wide("log"), sequence: number("sequence"), lifetimeCount: number("lifetime"),
                        ageMilliseconds: 0, prompt: number("prompt"), result: $0, level: number("level"),
                        key: number("key")))
            }
        case "provenAcknowledge": .acknowledge(pad: pad, log: wide("log"), sequence: number("sequence"))
        default: nil
        }
    }
}

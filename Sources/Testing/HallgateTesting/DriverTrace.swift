// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FoundationEssentials
public import RatingModel

/// A conversation with a device, read from a file of `Tests/Traces` (its README.md is the format).
public struct DriverTrace: Sendable {
    /// What is done to the driver.
    enum Stimulus: Sendable {
        case open
        case reads([[UInt8]])
        case tell(DriverEvent)
        case answer(isRecorded: Bool, press: Int?)
        case wait(Duration)
    }

    /// Something done to the driver, and all that is to come of it.
    struct Step: Sendable {
        let line: Int
        var stimulus: Stimulus
        var sent: [UInt8] = []
        var expected: [[String]] = []
    }

    /// The file's name, for messages.
    public let name: String
    /// The values of the `%` lines by their keys, in the file's order: what the driver is to be set to.
    public private(set) var settings: [String: [String]] = [:]
    var steps = [Step(line: 0, stimulus: .open)]

    /// Every trace of a folder in `Tests/Traces`, by name; an unreadable one is an error that says where.
    public static func all(of driver: String) throws -> [DriverTrace] {
        let here = String(describing: #filePath)
        let folder =
            here.prefix(here.count - "Sources/Testing/HallgateTesting/DriverTrace.swift".count)
            + "Tests/Traces/" + driver
        let names = try FileManager.default.contentsOfDirectory(atPath: String(folder))
        return try names.filter { $0.hasSuffix(".trace") }.sorted().map { name in
            let data = try Data(contentsOf: URL(filePath: folder + "/" + name))
            return try DriverTrace(String(decoding: data, as: UTF8.self), name: driver + "/" + name)
        }
    }

    /// Reads the text of a trace.
    public init(_ text: String, name: String) throws {
        self.name = name
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let mark = line.first else { continue }
            let rest = line.dropFirst().drop { $0 == " " }
            let number = index + 1
            let last = steps.count - 1
            switch mark {
            case "#": break
            case "%":
                let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
                guard words.count == 2 else { throw TraceMistake(name, number, "a setting needs a value") }
                settings[words[0], default: []].append(words[1])
            case "<":
                let bytes = try TraceWords.bytes(rest, name, number)
                if case .reads(let reads) = steps[last].stimulus, steps[last].sent.isEmpty, steps[last].expected.isEmpty
                {
                    steps[last].stimulus = .reads(reads + [bytes])
                } else {
                    steps.append(Step(line: number, stimulus: .reads([bytes])))
                }
            case ">": steps[last].sent += try TraceWords.bytes(rest, name, number)
            case "=": steps[last].expected.append(TraceWords.fields(rest))
            case "!":
                guard let stimulus = TraceWords.stimulus(TraceWords.fields(rest)) else {
                    throw TraceMistake(name, number, "unknown directive '\(rest)'")
                }
                steps.append(Step(line: number, stimulus: stimulus))
            default: throw TraceMistake(name, number, "a line begins with #, %, <, >, ! or =")
            }
        }
    }

    /// The keys from the left as a `% keys` line writes them: value and level by turns.
    public static func keyMap(_ text: String) -> KeyMap {
        let levels: [String: SatisfactionLevel] = [
            "very_satisfied": .verySatisfied, "satisfied": .satisfied, "basically_satisfied": .basicallySatisfied,
            "dissatisfied": .dissatisfied, "very_dissatisfied": .veryDissatisfied,
        ]
        let words = text.split(separator: " ").map(String.init)
        return KeyMap(
            fromLeft: zip(words, words.dropFirst()).compactMap { value, level in
                UInt8(value).flatMap { value in levels[level].map { (value: value, level: $0) } }
            })
    }

    /// The device's bytes and presses for `DriverConformance`; `nil` for a trace that also needs commands, answers of
    /// the journal or time.
    public var conformance: DriverConformance.Trace? {
        var bytes: [UInt8] = []
        for step in steps {
            switch step.stimulus {
            case .open: break
            case .reads(let reads): bytes += reads.joined()
            case .tell, .answer, .wait: return nil
            }
        }
        let presses = steps.flatMap(\.expected).count { ["press", "timed-out", "cancelled"].contains($0.first) }
        return DriverConformance.Trace(name, bytes, presses: presses)
    }
}

/// A line of a trace that cannot be read.
struct TraceMistake: Error, CustomStringConvertible {
    let description: String

    init(_ name: String, _ line: Int, _ what: String) { description = "\(name):\(line): \(what)" }
}

/// The words of a line.
enum TraceWords {
    static func bytes(_ text: Substring, _ name: String, _ line: Int) throws -> [UInt8] {
        // What stands behind a `#` explains the bytes before it.
        try text.prefix { $0 != "#" }.split(separator: " ").map { word in
            guard word.utf8.count == 2, let byte = UInt8(word, radix: 16) else {
                throw TraceMistake(name, line, "'\(word)' is not a byte of two hexadecimal digits")
            }
            return byte
        }
    }

    /// The words of a directive or expectation; a last field `text=` holds the rest of the line, spaces and all.
    static func fields(_ text: Substring) -> [String] {
        guard let start = text.range(ofField: "text=") else { return text.split(separator: " ").map(String.init) }
        return text[..<start].split(separator: " ").map(String.init) + [String(text[start...])]
    }

    static func duration(_ word: String) -> Duration? {
        if word.hasSuffix("ms") { return Int64(word.dropLast(2)).map { .milliseconds($0) } }
        return word.hasSuffix("s") ? Int64(word.dropLast()).map { .seconds($0) } : nil
    }

    static func stimulus(_ words: [String]) -> Stimulus? {
        let address = field("at", words).flatMap { BusAddress($0) }
        let plain = words.filter { !$0.hasPrefix("at=") && !$0.hasPrefix("text=") }
        let first = plain.count > 1 ? plain[1] : ""
        switch plain.first {
        case "recorded": return .answer(isRecorded: true, press: Int(first))
        case "refused": return .answer(isRecorded: false, press: Int(first))
        case "wait": return duration(first).map { .wait($0) }
        default: return command(plain, text: field("text", words)).map { .tell(.command($0, at: address)) }
        }
    }

    /// What a prompt is about: whose case, which item and when it was opened, with bars between; an empty one is unknown.
    private static func subject(_ text: String) -> PromptSubject {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map { $0.isEmpty ? nil : String($0) }
        func part(_ index: Int) -> String? { parts.indices.contains(index) ? parts[index] : nil }
        return PromptSubject(transactor: part(0), item: part(1), openedAt: part(2))
    }

    private static func command(_ words: [String], text: String?) -> DeviceCommand? {
        let (first, second) = (words.count > 1 ? words[1] : "", words.count > 2 ? words[2] : "")
        switch words.first {
        case "prompt":
            guard let number = PromptNumber(first), let timeout = duration(second) else { return nil }
            return .prompt(number, timeout: timeout, about: text.map(subject))
        case "cancel": return PromptNumber(first).map { .cancelPrompt($0) }
        case "pause": return .pause
        case "resume": return .resume
        case "identify": return .identify
        case "waiting": return Int(first).map { .showWaiting(count: $0, ticket: Int(second)) }
        case "scan": return .scan(isOn: first == "on")
        case "page": return text.map { .openPage(url: $0) }
        case "close-page": return .closePage
        case "time": return Int64(first).map { .setTime(WallTime(millisecondsSinceEpoch: $0)) }
        case "standby": return .show(.standby)
        case "cancel-update": return .cancelUpdate
        case "update": return image(words).map { .update($0) }
        case "show": return text.map { .show(.text($0, language: first)) }
        case "clip": return UInt16(first).map { .show(.clip($0)) }
        case "qr": return duration(first).flatMap { life in text.map { .show(.qrCode($0, lifetime: life)) } }
        case "staff":
            return text.map {
                .show(.staffCard(StaffCard(number: first, name: $0, photograph: UInt16(second))))
            }
        default: return nil
        }
    }

    /// The image of `! update release=7 version=1.1 model=NAME hash=… signature=… data=…`, the bytes in hexadecimal
    /// without spaces.
    private static func image(_ words: [String]) -> FirmwareImage? {
        let bytes = { (name: String) in
            field(name, words).map { digits in
                let digits = Array(digits)
                return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                    UInt8(String(digits[$0...$0 + 1]), radix: 16)
                }
            }
        }
        guard let release = field("release", words).flatMap({ UInt32($0) }), let version = field("version", words),
            let hash = bytes("hash"), let signature = bytes("signature"), let data = bytes("data")
        else { return nil }
        return FirmwareImage(
            release: release, version: version, model: field("model", words) ?? "", hash: hash, signature: signature,
            bytes: data)
    }

    private static func field(_ name: String, _ words: [String]) -> String? {
        words.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    typealias Stimulus = DriverTrace.Stimulus
}

extension Substring {
    /// Where a field begins: at the text's start or behind a space.
    fileprivate func range(ofField name: String) -> Index? {
        indices.first { index in
            self[index...].hasPrefix(name) && (index == startIndex || self[self.index(before: index)] == " ")
        }
    }
}

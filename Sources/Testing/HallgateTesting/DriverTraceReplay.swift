// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
import RatingModel

extension DriverTrace {
    /// Runs the trace against a driver in every way bytes can arrive, and answers with what went otherwise than written.
    ///
    /// The ways: as written, consecutive reads joined, split in two at every byte, one byte at a time, and with each
    /// piece of noise that the trace names before every read. A trace with `% reads whole` runs only as written.
    public func violations(_ makeDriver: (DriverTrace) -> any DeviceDriver) -> [String] {
        func run(_ way: String, isNoisy: Bool = false, _ cut: ([[UInt8]]) -> [[UInt8]]) -> [String] {
            var player = TracePlayer(makeDriver(self), of: self, way: way, isNoisy: isNoisy)
            for step in steps { player.play(step, cut: cut) }
            return player.violations
        }
        var violations = run("as written") { $0 }
        // What is wrong as written is wrong in every other way too.
        if settings["reads"] == ["whole"] || !violations.isEmpty { return violations }
        violations += run("reads joined") { [Array($0.joined())] }
        violations += run("byte by byte") { $0.joined().map { [$0] } }
        violations += splits(TracePlayer(makeDriver(self), of: self, way: "", isNoisy: false))
        for noise in settings["noise"] ?? [] {
            guard let bytes = try? TraceWords.bytes(noise[...], name, 0) else {
                violations.append("\(name): the noise '\(noise)' is not hexadecimal")
                continue
            }
            violations += run("noise \(noise) before every read", isNoisy: true) { reads in reads.map { bytes + $0 } }
        }
        return Array(violations.prefix(Self.mostViolations))
    }

    /// Each run with a split goes on from where the steps before it led, and ends some steps behind it.
    private func splits(_ start: TracePlayer) -> [String] {
        var (player, violations): (TracePlayer, [String]) = (start, [])
        for (number, step) in steps.enumerated() {
            if case .reads(let reads) = step.stimulus {
                let bytes = Array(reads.joined())
                for place in bytes.indices.dropFirst() {
                    var split = player
                    split.way = "split at byte \(place)"
                    split.play(step) { _ in [Array(bytes[..<place]), Array(bytes[place...])] }
                    for later in steps[(number + 1)...].prefix(Self.stepsBehindSplit) { split.play(later) { $0 } }
                    violations += split.violations
                }
            }
            player.play(step) { $0 }
        }
        return violations
    }

    private static let stepsBehindSplit = 4
    private static let mostViolations = 10
}

/// A driver that is led through a trace in one way.
private struct TracePlayer {
    private var driver: any DeviceDriver
    private let trace: DriverTrace
    var way: String
    private let ignored: Set<String>
    private var now = MonotonicInstant(nanoseconds: 1_000_000_000)
    private var timers: [DriverTimer: MonotonicInstant] = [:]
    private var presses: [(key: PressKey, isAnswered: Bool)] = []
    private var sent: [UInt8] = []
    private var seen: [[String]] = []
    private(set) var violations: [String] = []

    init(_ driver: any DeviceDriver, of trace: DriverTrace, way: String, isNoisy: Bool) {
        self.driver = driver
        self.trace = trace
        self.way = way
        let named = Set(trace.steps.flatMap(\.expected).compactMap(\.first))
        ignored = Set(["observed", "identified"]).subtracting(named).union(isNoisy ? ["observed"] : [])
    }

    mutating func play(_ step: DriverTrace.Step, cut: ([[UInt8]]) -> [[UInt8]]) {
        // One difference makes the following ones meaningless.
        guard violations.isEmpty else { return }
        switch step.stimulus {
        case .open: tell(.opened(nonce: trace.settings["nonce"]?.first.flatMap { UInt64($0) } ?? 1))
        case .reads(let reads): for read in cut(reads) { tell(.received(read)) }
        case .tell(let event): tell(event)
        case .wait(let duration): pass(duration)
        case .answer(let isRecorded, let number):
            let index = number.map { $0 - 1 } ?? presses.firstIndex { !$0.isAnswered } ?? -1
            guard presses.indices.contains(index) else { return complain(step, "there is no such press to answer") }
            presses[index].isAnswered = true
            tell(isRecorded ? .recorded(presses[index].key) : .refused(presses[index].key))
        }
        check(step)
    }

    private mutating func check(_ step: DriverTrace.Step) {
        if sent != step.sent { complain(step, "sent \(hex(sent)) instead of \(hex(step.sent))") }
        let wanted = step.expected.filter { !ignored.contains($0.first ?? "") }
        let isSame = wanted.count == seen.count && zip(wanted, seen).allSatisfy(Self.fits)
        if !isSame { complain(step, "saw \(words(seen)) instead of \(words(wanted))") }
        (sent, seen) = ([], [])
    }

    private mutating func complain(_ step: DriverTrace.Step, _ what: String) {
        violations.append("\(trace.name):\(step.line) (\(way)): \(what)")
    }

    private mutating func pass(_ duration: Duration) {
        let end = now.advanced(by: duration)
        while let next = timers.min(by: { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }),
            next.value <= end
        {
            now = max(now, next.value)
            timers[next.key] = nil
            tell(.timer(next.key))
        }
        now = end
    }

    private mutating func tell(_ event: DriverEvent) {
        for action in driver.handle(event, at: now) {
            switch action {
            case .send(let bytes): sent += bytes
            case .setTimer(let timer, let after): timers[timer] = now.advanced(by: after)
            case .cancelTimer(let timer): timers[timer] = nil
            case .press(let press):
                presses.append((press.key, false))
                see(Self.words(of: press))
            case .identified(let identity): see(["identified", identity.device.value])
            case .observed(.firmware(let progress, let address)):
                see(["firmware"] + Self.words(of: progress) + Self.at(address))
            case .observed(let observation): see(["observed", Self.word(of: observation)])
            case .staffKey(let key, let address): see(["staff", "\(key)"] + Self.at(address))
            case .scanned(let code, let address):
                let symbology = code.symbology.map { ["symbology=" + $0] } ?? []
                see(["scanned"] + Self.at(address) + symbology + ["text=" + code.text])
            case .signedIn(let code, let address): see(["signed-in"] + Self.at(address) + (code.map { [$0] } ?? []))
            case .close: see(["closed"])
            }
        }
    }

    /// The same observation again and again is one: how often it is made depends on how the bytes arrive.
    private mutating func see(_ words: [String]) {
        guard !ignored.contains(words[0]), words[0] != "observed" || seen.last != words else { return }
        seen.append(words)
    }

    // MARK: Words

    /// What a trace may leave unsaid.
    private static let optional = ["key=", "label=", "age=", "count=", "device=", "log=", "sequence=", "raw="]

    private static func fits(_ wanted: [String], _ seen: [String]) -> Bool {
        wanted.allSatisfy(seen.contains)
            && seen.allSatisfy { word in wanted.contains(word) || optional.contains(where: word.hasPrefix) }
    }

    private static func at(_ address: BusAddress?) -> [String] { address.map { ["at=\($0)"] } ?? [] }

    private static func words(of press: CapturedPress) -> [String] {
        var words: [String]
        switch press.outcome {
        case .rated(let level, let key, let label): words = ["press", "\(level)", "key=\(key)", "label=\(label)"]
        case .timedOut: words = ["timed-out"]
        case .cancelled: words = ["cancelled"]
        }
        words += press.prompt.map { ["prompt=\($0)"] } ?? []
        words += at(press.address)
        let age = press.age?.components
        words += age.map { ["age=\($0.seconds * 1000 + $0.attoseconds / 1_000_000_000_000_000)ms"] } ?? []
        words += press.lifetimeCount.map { ["count=\($0)"] } ?? []
        words += ["device=\(press.key.device)", "log=\(press.key.log)", "sequence=\(press.key.sequence)"]
        return words + ["raw=" + hex(press.rawFrame).split(separator: " ").joined()]
    }

    private static func words(of progress: FirmwareProgress) -> [String] {
        switch progress {
        case .received(let bytes): ["received=\(bytes)"]
        case .verified: ["verified"]
        case .installing: ["installing"]
        case .cancelled: ["cancelled"]
        case .refused(let refusal): ["refused=\(refusal)"]
        }
    }

    /// The case's name, without what it carries.
    private static func word(of observation: DeviceObservation) -> String {
        String("\(observation)".prefix { $0 != "(" })
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }

    private func hex(_ bytes: [UInt8]) -> String { bytes.isEmpty ? "nothing" : Self.hex(bytes) }

    private func words(_ lines: [[String]]) -> String {
        lines.isEmpty ? "nothing" : lines.map { $0.joined(separator: " ") }.joined(separator: ", ")
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
public import RatingModel

/// What a driver made of a trace, masked (G9).
public struct TraceReplay: Sendable {
    /// What went in and what came out, a line each.
    public internal(set) var lines: [LocalText] = []
    /// The trace with what the driver made of it as what is expected: a test for as long as the driver is to behave so.
    ///
    /// It holds levels as far as the trace does. What the gateway was asked for from outside, such as prompts, is in no
    /// recording and so in no test.
    public internal(set) var test = ""
    /// How many presses were found.
    public internal(set) var presses = 0
    /// How many reads the trace has.
    public internal(set) var reads = 0
    /// How many of them hold masked bytes, so that they could not be replayed.
    public internal(set) var masked = 0
}

/// Runs a trace (`Tests/Traces/README.md`) through a driver as the configuration makes it without further settings.
///
/// `driver` goes before what the trace says. Throws where there is no such driver, or it needs settings.
public func replayTrace(_ text: String, driver name: String?) throws(GatewayError) -> TraceReplay {
    let lines = text.split(whereSeparator: \.isNewline)
    let stated = lines.lazy.compactMap { $0.hasPrefix("% driver ") ? String($0.dropFirst(9)) : nil }.first
    guard let configured = LearnTrial.plain(name ?? stated ?? "") else { throw .nothingToTry(name ?? stated) }
    var player = TracePlayer(driver: configured.make())
    player.begin(name: configured.name)
    for line in lines {
        let rest = line.dropFirst().prefix { $0 != "#" }
        switch line.first {
        case "<": player.read(rest)
        case "!":
            let words = rest.split(separator: " ")
            if words.first == "wait", words.count > 1 { player.wait(words[1]) }
        default: break
        }
    }
    return player.replay
}

/// A driver on virtual time, fed by a trace.
private struct TracePlayer {
    var driver: any DeviceDriver
    var replay = TraceReplay()
    private var now = MonotonicInstant(nanoseconds: 0)
    private var timers: [DriverTimer: MonotonicInstant] = [:]

    init(driver: any DeviceDriver) { self.driver = driver }

    mutating func begin(name: String) {
        replay.test = "# Made of a recording by hallgate devices replay --as-test.\n% driver \(name)\n"
        tell(.opened(nonce: 1))
    }

    mutating func read(_ text: Substring) {
        replay.reads += 1
        let bytes = text.split(separator: " ").map { UInt8($0, radix: 16) }
        guard !bytes.contains(nil) else {
            replay.masked += 1
            replay.test += "# left out, because a byte is masked: <\(text)\n"
            return
        }
        let whole = bytes.compactMap(\.self)
        show("<", whole, .received)
        replay.test += "< \(TraceLines.hexadecimal(whole))\n"
        tell(.received(whole))
    }

    /// Lets so much time pass, timers included; a trace may not ask for more than an hour, nor for more timers.
    mutating func wait(_ text: Substring) {
        let digits = text.prefix { $0.isNumber }
        guard let count = Int64(digits), count <= 3_600_000 else { return }
        replay.test += "! wait \(text)\n"
        let end = now.advanced(by: text.hasSuffix("ms") ? .milliseconds(count) : .seconds(min(count, 3600)))
        for _ in 0..<10_000 {
            guard let next = timers.min(by: { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }),
                next.value <= end
            else { break }
            timers[next.key] = nil
            now = max(now, next.value)
            tell(.timer(next.key))
        }
        now = end
    }

    mutating func tell(_ event: DriverEvent) {
        var recorded: [PressKey] = []
        let actions = driver.handle(event, at: now)
        replay.test += actions.compactMap(TraceLines.line).map { $0 + "\n" }.joined()
        for action in actions {
            switch action {
            case .send(let bytes): show(">", bytes, .sent)
            case .setTimer(let timer, let after): timers[timer] = now.advanced(by: max(after, .milliseconds(1)))
            case .cancelTimer(let timer): timers[timer] = nil
            case .press(let press):
                replay.presses += 1
                say("press \(press.key): ●", "按键 \(press.key)：●")
                recorded.append(press.key)
            case .staffKey(let key, _): say("staff key \(key)", "员工键 \(key)")
            case .scanned(let code, _): say("code of \(code.text.utf8.count) bytes", "\(code.text.utf8.count) 字节的码")
            case .signedIn: say("a member of staff signs in", "工作人员登录")
            case .identified(let identity): say("device \(identity.device)", "设备 \(identity.device)")
            case .observed(let observation): say("observed \(observation)", "观察到 \(observation)")
            case .close(let reason): say("closes the line: \(reason)", "关闭线路：\(reason)")
            }
        }
        for key in recorded {
            replay.test += "! recorded\n"
            tell(.recorded(key))
        }
    }

    private mutating func show(_ mark: String, _ bytes: [UInt8], _ direction: TrafficRecord.Direction) {
        let text = driver.masked(bytes, direction).map { byte in
            guard let byte else { return "··" }
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined(separator: " ")
        say("\(mark) \(text)", "\(mark) \(text)")
    }

    private mutating func say(_ english: String, _ chinese: String) {
        replay.lines.append(LocalText(english, chinese))
    }
}

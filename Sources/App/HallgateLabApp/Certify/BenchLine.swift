// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import PadProtocol
import RatingModel

/// A pad's line as the bench holds it: whole messages with the moment they came, and a count of what was none.
final class BenchLine {
    /// A message and when its last byte was read.
    struct Heard {
        let at: ContinuousClock.Instant
        let message: PadMessage
    }

    let path: String
    private let baud: UInt32
    private var descriptor: Int32 = -1
    private var decoder = FrameDecoder()
    private var unread: [Heard] = []
    /// Whether what is no frame counts against the pad; not while it is plugged or loses its power.
    var isJudging = false
    /// What the pad said that was no message, by kind.
    private(set) var faults: [String: Int] = [:]

    init(path: String, baud: UInt32) {
        self.path = path
        self.baud = baud
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Opens the line raw, and forgets what it held.
    func open() throws(GatewayError) {
        guard let speed = BenchLine.speeds[baud] else {
            throw failure("\(baud)", LocalText("give a rate of section 4.4 with --baud", "请用 --baud 指定 4.4 节列出的速率"))
        }
        let opened = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        let hint = LocalText("is the pad plugged in, and is no daemon using it?", "评价器是否已接好，且未被守护进程占用？")
        guard opened >= 0 else { throw failure(String(cString: strerror(errno)), hint) }
        var settings = termios()
        guard tcgetattr(opened, &settings) == 0 else {
            close(opened)
            throw failure(String(cString: strerror(errno)), LocalText("give a serial line", "请指定串口"))
        }
        cfmakeraw(&settings)
        settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
        settings.c_cflag &= ~tcflag_t(CRTSCTS)
        cfsetspeed(&settings, speed)
        tcsetattr(opened, TCSANOW, &settings)
        tcflush(opened, TCIOFLUSH)
        descriptor = opened
        decoder = FrameDecoder()
        unread = []
    }

    /// Opens a line that went away with its pad's power, as USB adapters' lines do; `false` where it is not back in time.
    func reopen(until deadline: ContinuousClock.Instant) async -> Bool {
        while !Task.isCancelled, ContinuousClock.now < deadline {
            if descriptor >= 0 { return true }
            if (try? open()) != nil { return true }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    /// Whether the line is there.
    var isOpen: Bool { descriptor >= 0 }

    /// Writes bytes, within a second.
    func send(_ bytes: [UInt8]) async {
        var left = bytes[...]
        let deadline = ContinuousClock.now + .seconds(1)
        while !left.isEmpty, descriptor >= 0, ContinuousClock.now < deadline {
            let count = left.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                left = left.dropFirst(count)
            } else if count < 0, errno != EAGAIN, errno != EINTR {
                return hangUp()
            } else {
                try? await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    /// The next message; `nil` when none came in time.
    func next(until deadline: ContinuousClock.Instant) async -> Heard? {
        while true {
            if !unread.isEmpty { return unread.removeFirst() }
            read()
            if !unread.isEmpty { continue }
            guard ContinuousClock.now < deadline, !Task.isCancelled else { return nil }
            try? await Task.sleep(for: .milliseconds(2))
        }
    }

    private func read() {
        guard descriptor >= 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        guard count > 0 else {
            // A line without bytes to give answers 0 as well; one whose device is gone says so when asked.
            var settings = termios()
            if count < 0 || tcgetattr(descriptor, &settings) != 0 { hangUp() }
            return
        }
        let now = ContinuousClock.now
        for byte in buffer.prefix(count) {
            switch decoder.push(byte) {
            case .pending: break
            case .rejected(let reason, _): complain("\(reason)")
            case .frame:
                guard decoder.address == ProtocolLimits.directAddress else {
                    complain("address \(decoder.address)")
                    continue
                }
                do throws(MessageError) {
                    unread.append(Heard(at: now, message: try PadMessage(&decoder)))
                } catch { complain("\(error)") }
            }
        }
    }

    private func complain(_ what: String) {
        if isJudging, faults.count < 20 { faults[what, default: 0] += 1 }
    }

    private func hangUp() {
        close(descriptor)
        descriptor = -1
    }

    private func failure(_ cause: String, _ hint: LocalText) -> GatewayError {
        GatewayError(
            "lab.line", LocalText("The line \(path) could not be opened", "无法打开串口 \(path)"), cause: cause, hint: hint)
    }

    /// The rates of firmware-protocol.md section 4.4.
    private static let speeds: [UInt32: speed_t] = [
        9600: speed_t(B9600), 19200: speed_t(B19200), 38400: speed_t(B38400), 57600: speed_t(B57600),
        115_200: speed_t(B115200), 230_400: speed_t(B230400), 460_800: speed_t(B460800), 921_600: speed_t(B921600),
    ]
}

/// Frames that no encoder of the gateway makes, and the words of the evidence.
enum BenchFrames {
    /// A frame of any type and payload; `damage` is applied after the checksum was made.
    static func frame(
        _ type: UInt8, _ payload: [UInt8], address: UInt8 = 0, damage: (inout [UInt8]) -> Void = { _ in }
    ) -> [UInt8] {
        var body = [address, type] + payload
        var checksum = CRC32C()
        for byte in body { checksum.update(byte) }
        for shift in [0, 8, 16, 24] { body.append(UInt8(truncatingIfNeeded: checksum.value >> UInt32(shift))) }
        damage(&body)
        var frame: [UInt8] = [0]
        for piece in body.split(separator: 0, omittingEmptySubsequences: false) {
            frame.append(UInt8(truncatingIfNeeded: piece.count + 1))
            frame += piece
        }
        return frame + [0]
    }

    /// A number as four bytes of the line.
    static func bytes(_ number: UInt32) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
    }

    /// What was heard, without what somebody pressed.
    static func words(_ messages: [PadMessage]) -> String {
        messages.isEmpty ? "–" : messages.prefix(12).map(word).joined(separator: ", ")
    }

    private static func word(_ message: PadMessage) -> String {
        switch message {
        case .hello(let hello): "hello nonce=\(String(hello.nonce, radix: 16))"
        case .press(let press), .provenPress(let press, _): "press \(press.sequence)"
        case .prompting(let number, let isShowing): "prompting \(number) \(isShowing ? 1 : 0)"
        case .health(let health):
            "health paused=\(health.isPaused ? 1 : 0) waiting=\(health.waiting) lifetime=\(health.lifetimeCount)"
        case .idle: "idle"
        case .shown(let number, let state): "shown \(number) \(state.rawValue)"
        case .scanned(let part): "scanned \(part.number)"
        case .proof(let result, _): "proof \(result.rawValue)"
        case .progress(let number, let state, _): "progress \(number) \(state.rawValue)"
        }
    }
}

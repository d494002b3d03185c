// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import PadParts
import PadSecurity
import PadSession
import Synchronization
import Testing

/// A pad with proofs and a display on a pseudo-terminal; its log is lost with it.
final class BenchFullPad: Sendable {
    /// Its line.
    let path: String
    private let master: Int32
    private let pressed = Mutex(0)
    private let pad: Mutex<FullPad<HMACSHA256>>

    init(key: [UInt8], conformance: UInt8) throws {
        // What posix_openpt, unlockpt and ptsname do; Glibc's module hides them.
        let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        var (locked, terminal): (Int32, Int32) = (0, 0)
        try #require(master >= 0 && ioctl(master, unlock, &locked) == 0 && ioctl(master, number, &terminal) == 0)
        path = "/dev/pts/\(terminal)"
        let identity = PadIdentity(
            id: 0x53, model: Array("Full pad".utf8), firmware: Array("1".utf8), conformance: conformance)
        let memory = PadMemory(log: 0x99, nextSequence: 1, lifetimeCount: 0, waiting: [], capacity: 64)
        pad = Mutex(
            FullPad(
                identity: identity, memory: memory, authenticator: HMACSHA256(key: key), isPaired: false,
                hasScanner: true))
    }

    deinit { close(master) }

    /// Presses the second key.
    func press() { pressed.withLock { $0 += 1 } }

    /// Lives until the task is cancelled.
    func run() async {
        let farEnd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        defer { close(farEnd) }
        var settings = termios()
        tcgetattr(farEnd, &settings)
        cfmakeraw(&settings)
        tcsetattr(farEnd, TCSANOW, &settings)
        let begin = ContinuousClock.now
        var events: [PadEvent] = [.poweredOn]
        while !Task.isCancelled {
            var buffer = [UInt8](repeating: 0, count: 512)
            let count = read(master, &buffer, buffer.count)
            if count > 0 { events.append(.received(Array(buffer.prefix(count)))) }
            let presses = pressed.withLock { presses in
                defer { presses = 0 }
                return presses
            }
            events += [PadEvent](repeating: .keyPressed(key: 2, level: 2), count: presses)
            events.append(.timer)
            while !events.isEmpty {
                let event = events.removeFirst()
                let age = (ContinuousClock.now - begin) / .milliseconds(1)
                for action in pad.withLock({ $0.handle(event, at: UInt64(age)) }) {
                    switch action {
                    case .pad(.send(let bytes)): _ = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
                    case .pad(.append(let entry)): events.append(.appended(sequence: entry.sequence))
                    default: break
                    }
                }
            }
            try? await Task.sleep(for: .milliseconds(2))
        }
    }
}

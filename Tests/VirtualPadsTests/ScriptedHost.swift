// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import PadProtocol
import Testing

/// A gateway reduced to the codec: it says what the test says, and hears what the pad says.
final class ScriptedHost {
    let descriptor: Int32
    private var decoder = FrameDecoder()
    private var heard: [PadMessage] = []
    /// Frames that arrived damaged.
    private(set) var rejected = 0
    /// Whether the line was hung up.
    private(set) var isHungUp = false

    init(link: String) throws {
        descriptor = open(link, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        try #require(descriptor >= 0, "open \(link): \(String(cString: strerror(errno)))")
    }

    deinit { close(descriptor) }

    func say(_ message: HostMessage) {
        let bytes = message.encoded()
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Waits for something the pad says, passing over the rest; fails at the deadline.
    func expect<Answer>(
        within milliseconds: Int = 5000, _ match: (PadMessage) -> Answer?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Answer {
        let deadline = ContinuousClock.now + .milliseconds(milliseconds)
        while ContinuousClock.now < deadline {
            while !heard.isEmpty {
                if let answer = match(heard.removeFirst()) { return answer }
            }
            if isHungUp { break }
            listen()
        }
        return try #require(nil as Answer?, "the pad did not say it in time", sourceLocation: sourceLocation)
    }

    /// Greets the pad as a gateway does after it opened the line.
    func greet(nonce: UInt64 = 7) throws -> Hello {
        say(.ask(versions: .spoken, nonce: nonce))
        let hello = try expect { if case .hello(let hello) = $0, hello.nonce == nonce { hello } else { nil } }
        say(.welcome(version: 1))
        return hello
    }

    func press() throws -> PressReport {
        try expect { if case .press(let report) = $0 { report } else { nil } }
    }

    func waitForHangUp() -> Bool {
        let deadline = ContinuousClock.now + .seconds(30)
        while !isHungUp, ContinuousClock.now < deadline { listen() }
        return isHungUp
    }

    private func listen() {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, 20) > 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else {
            isHungUp = count == 0 || errno == EIO
            return
        }
        for byte in buffer.prefix(count) {
            switch decoder.push(byte) {
            case .frame: if let message = try? PadMessage(&decoder) { heard.append(message) }
            case .rejected: rejected += 1
            default: break
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import OperatorAPI
import RatingModel
import Synchronization

/// Lets every pad in but `nobody`, and holds the gateway's ends of their lines.
final class StubWeb: WebService {
    private struct State {
        var lines: [UInt64: StubLine] = [:]
        var gone: [UInt64] = []
        var endsAtOnce = false
    }

    private let state = Mutex(State())

    var gone: [UInt64] { state.withLock { $0.gone } }

    /// Whether lines end before their pads are announced.
    var endsAtOnce: Bool {
        get { state.withLock { $0.endsAtOnce } }
        set { state.withLock { $0.endsAtOnce = newValue } }
    }

    func line(_ connection: UInt64) -> StubLine? { state.withLock { $0.lines[connection] } }

    func version() async -> VersionAnswer { VersionAnswer(version: "9") }

    func connect(_ arrival: PadArrival) async throws(GatewayError) -> PadAdmission {
        guard arrival.pad != "nobody" else {
            throw GatewayError("web.unknown-pad", LocalText("no", "无"), hint: LocalText("no", "无"))
        }
        var ends: [Int32] = [-1, -1]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0, &ends)
        var size = Int32(16 * 1024)
        for end in ends { setsockopt(end, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size)) }
        let line = StubLine(ends[0])
        let connection = state.withLock { state in
            let connection = UInt64(state.lines.count) + 1
            state.lines[connection] = line
            return connection
        }
        if endsAtOnce { line.close() }
        return PadAdmission(connection: connection, descriptor: ends[1]) { "replaced" }
    }

    func gone(_ connection: UInt64) { state.withLock { $0.gone.append(connection) } }
}

/// The gateway's end of a pad's line, which does not wait.
final class StubLine: Sendable {
    private let descriptor: Mutex<Int32>

    init(_ number: Int32) { descriptor = Mutex(number) }
    deinit { close() }

    func close() {
        let number = descriptor.withLock { number in
            defer { number = -1 }
            return number
        }
        if number >= 0 { Glibc.close(number) }
    }

    /// Writes all of the text or none of it; answers which.
    @discardableResult func write(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return descriptor.withLock { number in
            var room: Int32 = 0
            // What a full buffer takes a part of could not be taken back.
            guard ioctl(number, UInt(TIOCOUTQ), &room) == 0, room < 16 * 1024 else { return false }
            return send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        }
    }

    /// Reads so many bytes; fewer where the line ended or five seconds went by.
    func read(_ count: Int) async -> String {
        var bytes: [UInt8] = []
        _ = await eventually {
            while bytes.count < count {
                var buffer = [UInt8](repeating: 0, count: min(4096, count - bytes.count))
                let got = descriptor.withLock { recv($0, &buffer, buffer.count, 0) }
                guard got > 0 else { return got == 0 }
                bytes += buffer.prefix(got)
            }
            return true
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the far end is closed, once what is left was read.
    var isEnded: Bool {
        get async {
            await eventually {
                var byte: UInt8 = 0
                let got = descriptor.withLock { recv($0, &byte, 1, 0) }
                return got == 0 || (got < 0 && errno == ECONNRESET)
            }
        }
    }
}

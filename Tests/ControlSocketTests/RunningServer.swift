// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import FoundationEssentials
import Glibc
import Logging
import Synchronization

/// Runs a server in a directory of its own while `body` runs.
func withServer(
    limits: ControlLimits = ControlLimits(), service: StubService = StubService(),
    _ body: @Sendable @escaping (_ path: String) async throws -> Void
) async throws {
    try await withSocketPath { path in
        let server = ControlServer(
            path: path, limits: limits, service: service, logger: quietLogger())
        try await whileServing(server) { try await body(path) }
    }
}

/// Runs a server for as long as the body runs, then stops it and waits for its end.
func whileServing(_ server: ControlServer, _ body: () async throws -> Void) async throws {
    let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { isListening.finish() }
            try await server.run { isListening.yield() }
        }
        for await _ in listening { break }
        try await body()
        group.cancelAll()
        try await group.waitForAll()
    }
}

/// A logger that writes nothing.
func quietLogger() -> Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }

/// Gives `body` the path of a socket in a new directory, removed afterwards.
func withSocketPath(_ body: (String) async throws -> Void) async throws {
    let directory = "/tmp/hallgate-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try await body(directory + "/operator.sock")
}

/// A client that speaks bytes, as scripts and attackers do; it never blocks the thread, and waits five seconds at most.
final class RawClient: Sendable {
    private let descriptor: Int32
    /// What was read of a line that is not whole.
    private let partial = Mutex<[UInt8]>([])

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw RawClientError(number: errno) }
    }

    deinit { close(descriptor) }

    /// Sends bytes until all are sent, or the daemon takes no more for twenty seconds.
    func send(_ text: String) async {
        var rest = Array(text.utf8)[...]
        _ = await eventually {
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                }
                guard count > 0 else { return errno != EAGAIN }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    /// Says that nothing more is sent.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads up to a line feed; `nil` at the end of the stream or after twenty seconds.
    func line(within limit: Duration = .seconds(20)) async -> String? {
        var isWhole = false
        _ = await eventually(within: limit) {
            var byte: UInt8 = 0
            while true {
                let count = recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT))
                guard count == 1 else { return count == 0 || errno != EAGAIN }
                if byte == UInt8(ascii: "\n") {
                    isWhole = true
                    return true
                }
                partial.withLock { $0.append(byte) }
            }
        }
        guard isWhole else { return nil }
        return partial.withLock { bytes in
            defer { bytes = [] }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Reads lines up to one that holds the words.
    func line(containing words: String) async -> String? {
        while let line = await line() { if line.contains(words) { return line } }
        return nil
    }
}

struct RawClientError: Error { let number: Int32 }

/// Polls until a condition holds; answers whether it did within five seconds.
func eventually(
    within limit: Duration = .seconds(20), _ condition: () async throws -> Bool
) async rethrows -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return false
}

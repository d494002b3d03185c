// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import Testing

/// A program of somebody else's, as a process of its own that ends with its test at the latest.
final class Subprocess: Sendable {
    private let pid: Mutex<pid_t?>
    private let input: Int32
    private let output: Int32
    private let unread = Mutex<[UInt8]>([])

    /// Starts a program found in PATH; its standard output is read by ``line()``, or goes where `log` says.
    init(_ words: [String], environment added: [String: String] = [:], log: String? = nil) throws {
        var toChild: [Int32] = [-1, -1]
        var fromChild: [Int32] = [-1, -1]
        try #require(pipe(&toChild) == 0 && pipe(&fromChild) == 0)
        for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        if let log {
            posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        } else {
            posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        }
        let arguments = words.map { strdup($0) } + [nil]
        var inherited: [String] = []
        var entry = environ
        while let text = entry.pointee {
            inherited.append(String(cString: text))
            entry += 1
        }
        let variables = (inherited + added.map { "\($0)=\($1)" }).map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var child: pid_t = 0
        let code = posix_spawnp(&child, words[0], &actions, nil, arguments, variables)
        close(toChild[0])
        close(fromChild[1])
        input = toChild[1]
        output = fromChild[0]
        _ = fcntl(output, F_SETFL, O_NONBLOCK)
        pid = Mutex(code == 0 ? child : nil)
        try #require(code == 0, "\(words[0]) could not be started: \(String(cString: strerror(code)))")
    }

    deinit {
        kill()
        close(input)
        close(output)
    }

    /// Writes a line to its standard input.
    func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = Glibc.write(input, bytes, bytes.count)
    }

    /// The next line it prints.
    func line() async throws -> String {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            if let line = takeLine() { return line }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw SubprocessSilent()
    }

    /// Its exit status, once it has ended by itself; `nil` where it did not in time.
    func end(within limit: Duration) async throws -> Int32? {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if let status = reaped(waiting: false) { return status }
            try await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    private func takeLine() -> String? {
        unread.withLock { unread in
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = read(output, &bytes, bytes.count)
            if count > 0 { unread += bytes.prefix(count) }
            guard let end = unread.firstIndex(of: 0x0A) else { return nil }
            let line = String(decoding: unread[..<end], as: UTF8.self)
            unread.removeFirst(end + 1)
            return line
        }
    }

    private func reaped(waiting: Bool) -> Int32? {
        pid.withLock { pid in
            guard let number = pid else { return nil }
            var status: Int32 = 0
            guard waitpid(number, &status, waiting ? 0 : WNOHANG) == number else { return nil }
            pid = nil
            return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
        }
    }

    private func kill() {
        pid.withLock { pid in if let pid { _ = Glibc.kill(pid, SIGKILL) } }
        _ = reaped(waiting: true)
    }
}

/// A program that was to say something did not.
struct SubprocessSilent: Error {}

/// Runs a program to its end and demands that it went well.
func run(_ words: String...) async throws {
    let program = try Subprocess(words, log: "/dev/null")
    let status = try await program.end(within: .seconds(30))
    try #require(status == 0, "\(words.joined(separator: " ")) ended with \(String(describing: status))")
}

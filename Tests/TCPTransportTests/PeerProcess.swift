// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import Testing

/// A serial server of somebody else's, as a process of its own that ends with its test.
final class PeerProcess: Sendable {
    private let pid: Mutex<pid_t?>
    private let input: Int32
    private let output: Int32

    /// Starts a program; its standard input ends when this value does, and its output is read by `line()`.
    init(_ path: String, _ arguments: [String]) throws {
        var toChild: [Int32] = [-1, -1]
        var fromChild: [Int32] = [-1, -1]
        try #require(pipe(&toChild) == 0 && pipe(&fromChild) == 0)
        for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, path, &actions, nil, words, environ)
        close(toChild[0])
        close(fromChild[1])
        input = toChild[1]
        output = fromChild[0]
        pid = Mutex(code == 0 ? child : nil)
        try #require(code == 0, "\(path) could not be started: \(String(cString: strerror(code)))")
    }

    deinit {
        end()
        close(input)
        close(output)
    }

    /// The first line it prints.
    func line() async throws -> String {
        var bytes: [UInt8] = []
        let isWhole = await eventually {
            guard isReady(output, Int16(POLLIN)) else { return false }
            var byte: UInt8 = 0
            while isReady(output, Int16(POLLIN)), read(output, &byte, 1) == 1 {
                if byte == 0x0A { return true }
                bytes.append(byte)
            }
            return false
        }
        try #require(isWhole, "the server said nothing")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Kills and reaps it.
    func end() {
        pid.withLock { pid in
            guard let number = pid else { return }
            kill(number, SIGKILL)
            waitpid(number, nil, 0)
            pid = nil
        }
    }

    /// socat, passing the bytes of each connection to a terminal as a serial server does.
    static func socat(port: UInt16, terminal: String) throws -> PeerProcess {
        try PeerProcess(
            "/usr/bin/socat",
            ["TCP-LISTEN:\(port),bind=127.0.0.1,reuseaddr,nodelay", "FILE:\(terminal),raw,echo=0,nonblock"])
    }
}

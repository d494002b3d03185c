// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A region in a child process, told what to do over its standard input: a line each, answered with a line.
final class RegionProcess {
    let process: ChildProcess
    private var unread: [UInt8] = []

    init(_ process: ChildProcess) { self.process = process }

    /// Gives an order and waits for its acknowledgement; `false` where it was refused or the region is gone.
    func order(_ line: String) async -> Bool {
        guard let answer = await answer(to: line) else { return false }
        return answer.contains("\"ok\":true")
    }

    /// Writes a line to its standard input and reads the one it answers; `nil` where none comes.
    func answer(to line: String) async -> String? {
        guard let input = process.input else { return nil }
        let bytes = Array((line + "\n").utf8)
        guard write(input, bytes, bytes.count) == bytes.count else { return nil }
        return await nextLine(within: .seconds(5))
    }

    /// The next line of its standard output; `nil` where none comes within the time.
    func nextLine(within limit: Duration) async -> String? {
        guard let output = process.output else { return nil }
        let deadline = ContinuousClock.now + limit
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: unread[..<end], as: UTF8.self)
                unread.removeSubrange(...end)
                return line
            }
            let count = read(output, &buffer, buffer.count)
            if count > 0 {
                unread += buffer.prefix(count)
                continue
            }
            let isAtEnd = count == 0 || (errno != EAGAIN && errno != EINTR)
            guard !isAtEnd, ContinuousClock.now < deadline, !Task.isCancelled else { return nil }
            try? await Task.sleep(for: .milliseconds(2))
        }
    }
}

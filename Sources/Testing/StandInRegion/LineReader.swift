// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOPosix

/// Lines of a descriptor of any kind, read on a thread of their own so that waiting for one holds nothing else up.
struct LineReader {
    private let descriptor: Int32
    private var waiting: [UInt8] = []
    private var isAtEnd = false

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The next line without its end; `nil` at the end of the input, or within half a second of a cancellation.
    mutating func next() async -> String? {
        while true {
            if let end = waiting.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: waiting[..<end], as: UTF8.self)
                waiting.removeSubrange(...end)
                return line
            }
            guard !isAtEnd, !Task.isCancelled, waiting.count < 64 * 1024 else { return nil }
            let descriptor = descriptor
            // The pool of the whole process is never shut down, so an error here can only mean the end.
            if let bytes = try? await NIOThreadPool.singleton.runIfActive({ Self.read(descriptor) }) {
                waiting += bytes
            } else {
                isAtEnd = true
            }
        }
    }

    /// What comes within half a second, maybe nothing; `nil` at the end.
    private static func read(_ descriptor: Int32) -> [UInt8]? {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 500) > 0 else { return [] }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : nil
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Cuts a stream of bytes into lines, whatever pieces the bytes come in, and keeps at most one limited line in memory.
///
/// A line that grows over the limit is reported once and passed over up to its line feed. Empty lines are nothing.
struct LineAssembler: Sendable {
    /// What the bytes made.
    enum Line: Sendable, Hashable {
        /// A whole line, without its line feed and a carriage return before that.
        case whole([UInt8])
        /// A line over the limit; its bytes are gone.
        case tooLong
    }

    /// The most bytes of a line.
    let limit: Int
    private var partial: [UInt8] = []
    private var isSkipping = false

    init(limit: Int) { self.limit = limit }

    /// Takes bytes and answers the lines they complete, in order.
    mutating func append(_ bytes: some Sequence<UInt8>) -> [Line] {
        var lines: [Line] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if let line = finish() { lines.append(line) }
            } else if isSkipping {
                continue
            } else if partial.count == limit {
                partial = []
                isSkipping = true
                lines.append(.tooLong)
            } else {
                partial.append(byte)
            }
        }
        return lines
    }

    /// Takes the end of a line or of the stream, and answers the line that it ends.
    mutating func finish() -> Line? {
        defer {
            partial = []
            isSkipping = false
        }
        if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
        return isSkipping || partial.isEmpty ? nil : .whole(partial)
    }
}

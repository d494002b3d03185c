// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What a pad's memory file says: the oracle's only source of what was pressed.
public struct PadMemoryContents: Sendable, Hashable {
    /// The pad's name; empty where the file does not hold a creation record.
    public internal(set) var device = ""
    /// The log presses are written into now; `nil` before the first creation record.
    public internal(set) var currentLog: UInt64?
    /// Every press ever made, in order.
    public internal(set) var presses: [StoredPress] = []
    /// Sequence numbers the gateway acknowledged, by log.
    public internal(set) var acknowledged: [UInt64: Set<UInt32>] = [:]
    /// Bytes behind the last whole record: what a power cut left of a write.
    public internal(set) var tornBytes = 0

    /// The presses of every log that nobody has acknowledged, in order.
    public var unacknowledged: [StoredPress] {
        presses.filter { acknowledged[$0.log]?.contains($0.sequence) != true }
    }

    /// Reads a file without changing it.
    public static func read(path: String) throws(PadError) -> PadMemoryContents {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open \(path)", errno) }
        defer { close(descriptor) }
        return parse(try readAll(descriptor, path: path)).contents
    }

    /// Reads records until the end or the first one that is not whole; also says how many bytes were whole.
    static func parse(_ bytes: [UInt8]) -> (contents: PadMemoryContents, wholeBytes: Int) {
        var contents = PadMemoryContents()
        var offset = 0
        while let (record, length) = PadMemoryRecord.read(bytes[offset...]) {
            contents.take(record)
            offset += length
        }
        contents.tornBytes = bytes.count - offset
        return (contents, offset)
    }

    mutating func take(_ record: PadMemoryRecord) {
        switch record {
        case .created(let device, let log):
            self.device = device
            currentLog = log
        case .pressed(let press):
            presses.append(press)
        case .acknowledged(let log, let sequence):
            acknowledged[log, default: []].insert(sequence)
        }
    }

    static func readAll(_ descriptor: Int32, path: String) throws(PadError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system("read \(path)", errno)
            }
            bytes += buffer.prefix(count)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import PadSession

/// The memory of a virtual pad that survives a power cut: an append-only file of checksummed records.
///
/// A real pad writes flash; here a `write` that returned is what survives, because what is cut is the pad's power,
/// not the computer's. Opening cuts off a torn tail, as a pad does that finds a half-written page.
struct PadMemoryFile: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private(set) var contents: PadMemoryContents
    /// The log presses are written into.
    let log: UInt64

    /// Opens the file, or creates it for a pad of that name with a freshly minted log number.
    init(path: String, device: String, newLog: UInt64) throws(PadError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("open \(path)", errno) }
        do throws(PadError) {
            let bytes = try PadMemoryContents.readAll(descriptor, path: path)
            let parsed = PadMemoryContents.parse(bytes)
            var contents = parsed.contents
            guard ftruncate(descriptor, off_t(parsed.wholeBytes)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
                throw .system("ftruncate \(path)", errno)
            }
            if contents.currentLog == nil {
                let record = PadMemoryRecord.created(device: device, log: newLog)
                try PadMemoryFile.write(record, to: descriptor, path: path)
                contents.take(record)
            }
            self.contents = contents
            log = contents.currentLog ?? newLog
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Writes a record; when this returns, a power cut no longer loses it.
    mutating func append(_ record: PadMemoryRecord) throws(PadError) {
        try PadMemoryFile.write(record, to: descriptor, path: path)
        contents.take(record)
    }

    /// What a session starts from after a power cut: the ages are gone, because the pad's clock started anew.
    func restored(capacity: Int) -> PadMemory {
        let own = contents.presses.filter { $0.log == log }
        return PadMemory(
            log: log, nextSequence: (own.last?.sequence ?? 0) &+ 1,
            lifetimeCount: contents.presses.last?.lifetimeCount ?? 0,
            waiting: contents.unacknowledged.filter { $0.log == log }.map { press in
                PadLogEntry(
                    sequence: press.sequence, lifetimeCount: press.lifetimeCount, prompt: press.prompt,
                    result: press.result, level: press.level, key: press.key, pressedAtMilliseconds: nil)
            },
            capacity: capacity)
    }

    private static func write(_ record: PadMemoryRecord, to descriptor: Int32, path: String) throws(PadError) {
        var rest = record.bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system("write \(path)", errno)
            }
            rest = rest.dropFirst(count)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CSQLite
import Glibc
import Synchronization

/// A disk that forgets: the real files under a directory, with everything written since the last sync remembered, so
/// that a power cut can take it back, whole or in part.
///
/// A cut kills the disk first: from then on every call through it fails and changes nothing, so that closing the
/// connection leaves no trace. ``FaultDisk/cutPower(_:)`` then undoes the unsynced writes in the files themselves.
final class FaultDisk: Sendable {
    /// A write that no sync has covered: where, and what stood there before.
    struct Unsynced {
        let offset: Int64
        let before: [UInt8]
        let after: [UInt8]
        let sizeBefore: Int64
    }

    /// What is known of a file, by its inode, since names change.
    struct Node {
        let descriptor: Int32
        var unsynced: [Unsynced] = []
    }

    struct State {
        var isDead = false
        var nodes: [UInt64: Node] = [:]
        /// Calls until a failure of each kind; `nil` for never.
        var writesUntilFull: Int?
        var syncsUntilFailure: Int?
        var writes = 0
        var syncs = 0
        var fullWrites = 0
        var failedSyncs = 0
    }

    let directory: String
    let state = Mutex(State())

    init(directory: String) {
        self.directory = directory
        Self.disks.withLock { $0[directory] = self }
    }

    /// The disk a path lies on.
    static let disks = Mutex<[String: FaultDisk]>([:])

    static func holding(_ path: String) -> FaultDisk? {
        guard let end = path.lastIndex(of: "/") else { return nil }
        return disks.withLock { $0[String(path[..<end])] }
    }

    /// Forgets the disk.
    func remove() {
        _ = Self.disks.withLock { $0.removeValue(forKey: directory) }
        state.withLock { state in
            for node in state.nodes.values { close(node.descriptor) }
            state.nodes = [:]
        }
    }

    // MARK: What tests do

    /// From now on nothing reaches the disk.
    func die() { state.withLock { $0.isDead = true } }

    /// Fills the disk after so many writes; `nil` frees it.
    func fill(after writes: Int?) { state.withLock { $0.writesUntilFull = writes } }

    /// Fails every sync after so many; `nil` heals it.
    func failSyncs(after syncs: Int?) { state.withLock { $0.syncsUntilFailure = syncs } }

    var counts: (writes: Int, syncs: Int, fullWrites: Int, failedSyncs: Int) {
        state.withLock { ($0.writes, $0.syncs, $0.fullWrites, $0.failedSyncs) }
    }

    /// Takes back unsynced writes: from the newest, each is kept, dropped, or torn at a byte, as the generator says.
    func cutPower(_ random: inout SeededGenerator) {
        var generator = random
        state.withLock { state in
            // In the order the files were made, so that a seed always means the same.
            for (_, node) in state.nodes.sorted(by: { $0.key < $1.key }) {
                let keepsAll = UInt8.random(in: 0..<4, using: &generator) == 0
                for write in node.unsynced.reversed() where !keepsAll { Self.undo(write, node.descriptor, &generator) }
                close(node.descriptor)
            }
            state = State()
        }
        random = generator
    }

    private static func undo(_ write: Unsynced, _ descriptor: Int32, _ random: inout SeededGenerator) {
        let fate = UInt8.random(in: 0..<4, using: &random)
        if fate == 0 { return }
        let torn = fate == 1 ? Int.random(in: 0...write.after.count, using: &random) : 0
        // Before the write the file may have ended inside it, or before it.
        let was = write.before + [UInt8](repeating: 0, count: write.after.count - write.before.count)
        let left = Array(write.after.prefix(torn)) + was.dropFirst(torn)
        _ = left.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(write.offset)) }
        var status = stat()
        fstat(descriptor, &status)
        let end = write.offset + Int64(torn)
        if Int64(status.st_size) == write.offset + Int64(write.after.count), end >= write.sizeBefore {
            ftruncate(descriptor, off_t(max(end, write.sizeBefore)))
        }
    }
}

// MARK: What the VFS asks

extension FaultDisk {
    /// Notes an opened file.
    func opened(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        state.withLock { state in
            guard state.nodes[UInt64(status.st_ino)] == nil else { return }
            let descriptor = open(path, O_RDWR | O_CLOEXEC)
            if descriptor >= 0 { state.nodes[UInt64(status.st_ino)] = Node(descriptor: descriptor) }
        }
    }

    static func inode(_ path: String) -> UInt64 {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_ino) : 0
    }

    /// What a cut takes back by itself of a write that is longer.
    static let tornBytes = 1048

    /// Notes a write before it is made; answers what it is to fail with, or 0.
    func willWrite(_ inode: UInt64, _ bytes: UnsafeRawBufferPointer, at offset: Int64) -> Int32 {
        state.withLock { state in
            if state.isDead { return SQLITE_IOERR_WRITE }
            if let left = state.writesUntilFull {
                if left <= 0 {
                    state.fullWrites += 1
                    return SQLITE_FULL
                }
                state.writesUntilFull = left - 1
            }
            state.writes += 1
            guard let node = state.nodes[inode] else { return SQLITE_OK }
            var before = [UInt8](repeating: 0, count: bytes.count)
            let had = before.withUnsafeMutableBytes { pread(node.descriptor, $0.baseAddress, $0.count, off_t(offset)) }
            var status = stat()
            fstat(node.descriptor, &status)
            before = Array(before.prefix(max(0, had)))
            // A cut takes back parts of a large write as if each had been written by itself.
            for start in stride(from: 0, to: bytes.count, by: Self.tornBytes) {
                let part = start..<min(start + Self.tornBytes, bytes.count)
                let write = Unsynced(
                    offset: offset + Int64(start), before: Array(before[part.clamped(to: before.indices)]),
                    after: Array(bytes[part]), sizeBefore: max(Int64(status.st_size), offset + Int64(start)))
                state.nodes[inode]?.unsynced.append(write)
            }
            return SQLITE_OK
        }
    }

    /// Whether a sync is made, which makes everything of the file durable; answers what it is to fail with, or 0.
    func willSync(_ inode: UInt64) -> Int32 {
        state.withLock { state in
            if state.isDead { return SQLITE_IOERR_FSYNC }
            if let left = state.syncsUntilFailure {
                if left <= 0 {
                    state.failedSyncs += 1
                    return SQLITE_IOERR_FSYNC
                }
                state.syncsUntilFailure = left - 1
            }
            state.syncs += 1
            state.nodes[inode]?.unsynced = []
            return SQLITE_OK
        }
    }

    /// A truncation is taken as durable together with all before it, as a journalling file system orders them.
    func willTruncate(_ inode: UInt64) -> Int32 {
        state.withLock { state in
            if state.isDead { return SQLITE_IOERR_TRUNCATE }
            state.nodes[inode]?.unsynced = []
            return SQLITE_OK
        }
    }

    var isDead: Bool { state.withLock { $0.isDead } }
}

// The extended codes are computed in C and do not import.
let SQLITE_IOERR_WRITE = SQLITE_IOERR | 3 << 8
let SQLITE_IOERR_FSYNC = SQLITE_IOERR | 4 << 8
let SQLITE_IOERR_TRUNCATE = SQLITE_IOERR | 6 << 8
let SQLITE_IOERR_DELETE = SQLITE_IOERR | 10 << 8

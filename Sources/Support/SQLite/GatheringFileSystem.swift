// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CSQLite
import Glibc
import Synchronization

/// A VFS that writes neighbouring pages in one call.
///
/// SQLite hands every page of a commit to the file system by itself, its frame's header in a call of its own: eighteen
/// calls for a record of nine pages. What continues the write before it is gathered here in memory, and goes to the
/// file below when it must be there: before a sync, a truncation or a read that wants part of it, when something else
/// is written, when there is no more room, and before the file is closed. Nothing is called synced before all of it
/// is in the file below, so what a commit promises is what it promised before; an error of a late write is answered to
/// the call that brought it about, which SQLite takes as the failure of the transaction it belongs to.
///
/// Only databases and write-ahead logs are gathered, and one connection must be all that has them open: another would
/// not see what is still held back. The methods are those of version 1, without shared memory and mapped files.
enum GatheringFileSystem {
    /// Most bytes held back for one file.
    static let mostBytes = 65_536
    /// The room before the file below: SQLite's header and our fields, in whole words.
    static let prefixBytes = 64

    private static let registered = Mutex<Set<String>>([])

    /// The name of the VFS that gathers above another, `nil` being the system's; registered where it is new.
    static func name(above below: String?) -> String? {
        let name = "hallgate-gather-" + (below ?? "")
        return registered.withLock { known in
            if known.contains(name) { return name }
            guard let system = sqlite3_vfs_find(below), register(name, above: system) else { return nil }
            known.insert(name)
            return name
        }
    }

    private static func register(_ name: String, above system: UnsafeMutablePointer<sqlite3_vfs>) -> Bool {
        let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        vfs.initialize(to: system.pointee)
        vfs.pointee.iVersion = min(2, system.pointee.iVersion)
        vfs.pointee.pNext = nil
        vfs.pointee.szOsFile = system.pointee.szOsFile + Int32(prefixBytes)
        // SQLite keeps both for the life of the process.
        vfs.pointee.zName = UnsafePointer(strdup(name))
        vfs.pointee.pAppData = UnsafeMutableRawPointer(system)
        vfs.pointee.xOpen = { vfs, path, file, flags, outFlags in
            GatheringFileSystem.open(vfs, path, file, flags, outFlags)
        }
        vfs.pointee.xDelete = { vfs, path, sync in
            guard let system = GatheringFileSystem.system(vfs) else { return SQLITE_IOERR }
            return system.pointee.xDelete(system, path, sync)
        }
        vfs.pointee.xAccess = { vfs, path, flags, answer in
            guard let system = GatheringFileSystem.system(vfs) else { return SQLITE_IOERR }
            return system.pointee.xAccess(system, path, flags, answer)
        }
        vfs.pointee.xFullPathname = { vfs, path, count, answer in
            guard let system = GatheringFileSystem.system(vfs) else { return SQLITE_IOERR }
            return system.pointee.xFullPathname(system, path, count, answer)
        }
        return sqlite3_vfs_register(vfs, 0) == SQLITE_OK
    }

    private static func system(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> UnsafeMutablePointer<sqlite3_vfs>? {
        vfs?.pointee.pAppData?.assumingMemoryBound(to: sqlite3_vfs.self)
    }

    private static func open(
        _ vfs: UnsafeMutablePointer<sqlite3_vfs>?, _ path: UnsafePointer<CChar>?,
        _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32, _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let system = system(vfs), let file else { return SQLITE_IOERR }
        file.pointee.pMethods = nil
        let result = system.pointee.xOpen(system, path, GatheringFile.below(file), flags, outFlags)
        guard result == SQLITE_OK else { return result }
        let gathers = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL) != 0
        GatheringFile.gathered(file).initialize(to: GatheredWrite(mostBytes: gathers ? mostBytes : 0))
        file.pointee.pMethods = UnsafePointer(GatheringFile.methods)
        return SQLITE_OK
    }
}

/// What is held back of one file: bytes that follow each other.
struct GatheredWrite {
    private let bytes: UnsafeMutableRawPointer?
    private let mostBytes: Int
    /// Where the first byte belongs.
    private(set) var start: Int64 = 0
    /// How many there are.
    private(set) var count = 0

    init(mostBytes: Int) {
        self.mostBytes = mostBytes
        bytes = mostBytes > 0 ? .allocate(byteCount: mostBytes, alignment: 16) : nil
    }

    /// Where the byte behind the last one belongs.
    var end: Int64 { start + Int64(count) }

    /// Whether any byte of this stretch is held back.
    func touches(_ length: Int, at offset: Int64) -> Bool {
        count > 0 && offset < end && offset + Int64(length) > start
    }

    /// Takes a write that continues what is held back, lies inside it, or is the first; answers whether it did.
    mutating func take(_ source: UnsafeRawPointer, _ length: Int, at offset: Int64) -> Bool {
        guard let bytes, length > 0, length <= mostBytes else { return false }
        if count == 0 { start = offset }
        let place = offset - start
        guard place >= 0, place <= Int64(count), place + Int64(length) <= Int64(mostBytes) else { return false }
        (bytes + Int(place)).copyMemory(from: source, byteCount: length)
        count = max(count, Int(place) + length)
        return true
    }

    /// Copies a stretch that is held back whole; answers whether it is.
    func copy(to target: UnsafeMutableRawPointer, _ length: Int, at offset: Int64) -> Bool {
        guard let bytes, count > 0, offset >= start, offset + Int64(length) <= end else { return false }
        target.copyMemory(from: bytes + Int(offset - start), byteCount: length)
        return true
    }

    /// Hands over what is held back, once: a write that fails has failed its transaction, and is not repeated.
    mutating func release(_ write: (UnsafeRawPointer, Int32, Int64) -> Int32) -> Int32 {
        guard let bytes, count > 0 else { return SQLITE_OK }
        defer { count = 0 }
        return write(UnsafeRawPointer(bytes), Int32(count), start)
    }

    /// Frees the memory.
    func free() { bytes?.deallocate() }
}

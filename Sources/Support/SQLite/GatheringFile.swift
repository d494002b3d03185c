// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// A file of ``GatheringFileSystem``: SQLite's header, what is held back, then the file below.
enum GatheringFile {
    static func gathered(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<GatheredWrite> {
        (UnsafeMutableRawPointer(file) + 16).assumingMemoryBound(to: GatheredWrite.self)
    }

    static func below(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<sqlite3_file> {
        (UnsafeMutableRawPointer(file) + GatheringFileSystem.prefixBytes).assumingMemoryBound(to: sqlite3_file.self)
    }

    /// The method table, made once; never written afterwards.
    nonisolated(unsafe) static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        methods.initialize(to: sqlite3_io_methods())
        methods.pointee.iVersion = 1
        fillWriting(methods)
        fillReading(methods)
        fillRest(methods)
        return methods
    }()

    /// Writes what is held back to the file below.
    private static func flush(_ file: UnsafeMutablePointer<sqlite3_file>) -> Int32 {
        let below = below(file)
        return gathered(file).pointee.release { below.pointee.pMethods.pointee.xWrite(below, $0, $1, $2) }
    }

    private static func write(
        _ file: UnsafeMutablePointer<sqlite3_file>, _ bytes: UnsafeRawPointer, _ count: Int32, _ offset: Int64
    ) -> Int32 {
        if gathered(file).pointee.take(bytes, Int(count), at: offset) { return SQLITE_OK }
        let flushed = flush(file)
        guard flushed == SQLITE_OK else { return flushed }
        if gathered(file).pointee.take(bytes, Int(count), at: offset) { return SQLITE_OK }
        let below = below(file)
        return below.pointee.pMethods.pointee.xWrite(below, bytes, count, offset)
    }

    private static func read(
        _ file: UnsafeMutablePointer<sqlite3_file>, _ bytes: UnsafeMutableRawPointer, _ count: Int32, _ offset: Int64
    ) -> Int32 {
        let held = gathered(file)
        if held.pointee.touches(Int(count), at: offset) {
            if held.pointee.copy(to: bytes, Int(count), at: offset) { return SQLITE_OK }
            let flushed = flush(file)
            guard flushed == SQLITE_OK else { return flushed }
        }
        let below = below(file)
        return below.pointee.pMethods.pointee.xRead(below, bytes, count, offset)
    }

    private static func fillWriting(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        methods.pointee.xWrite = { file, bytes, count, offset in
            guard let file, let bytes else { return SQLITE_IOERR }
            return GatheringFile.write(file, bytes, count, offset)
        }
        methods.pointee.xSync = { file, flags in
            guard let file else { return SQLITE_IOERR }
            let flushed = GatheringFile.flush(file)
            guard flushed == SQLITE_OK else { return flushed }
            let below = GatheringFile.below(file)
            return below.pointee.pMethods.pointee.xSync(below, flags)
        }
        methods.pointee.xTruncate = { file, size in
            guard let file else { return SQLITE_IOERR }
            let flushed = GatheringFile.flush(file)
            guard flushed == SQLITE_OK else { return flushed }
            let below = GatheringFile.below(file)
            return below.pointee.pMethods.pointee.xTruncate(below, size)
        }
        methods.pointee.xClose = { file in
            guard let file else { return SQLITE_OK }
            let flushed = GatheringFile.flush(file)
            GatheringFile.gathered(file).pointee.free()
            let below = GatheringFile.below(file)
            let closed = below.pointee.pMethods?.pointee.xClose(below) ?? SQLITE_OK
            return closed == SQLITE_OK ? flushed : closed
        }
    }

    private static func fillReading(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        methods.pointee.xRead = { file, bytes, count, offset in
            guard let file, let bytes else { return SQLITE_IOERR }
            return GatheringFile.read(file, bytes, count, offset)
        }
        methods.pointee.xFileSize = { file, size in
            guard let file, let size else { return SQLITE_IOERR }
            let below = GatheringFile.below(file)
            let result = below.pointee.pMethods.pointee.xFileSize(below, size)
            let held = GatheringFile.gathered(file).pointee
            if result == SQLITE_OK, held.count > 0 { size.pointee = max(size.pointee, held.end) }
            return result
        }
    }

    private static func fillRest(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        methods.pointee.xLock = { file, level in
            guard let file else { return SQLITE_IOERR }
            let below = GatheringFile.below(file)
            return below.pointee.pMethods.pointee.xLock(below, level)
        }
        methods.pointee.xUnlock = { file, level in
            guard let file else { return SQLITE_IOERR }
            let below = GatheringFile.below(file)
            return below.pointee.pMethods.pointee.xUnlock(below, level)
        }
        methods.pointee.xCheckReservedLock = { file, isHeld in
            guard let file else { return SQLITE_IOERR }
            let below = GatheringFile.below(file)
            return below.pointee.pMethods.pointee.xCheckReservedLock(below, isHeld)
        }
        methods.pointee.xFileControl = { file, operation, argument in
            guard let file else { return SQLITE_NOTFOUND }
            let below = GatheringFile.below(file)
            return below.pointee.pMethods.pointee.xFileControl(below, operation, argument)
        }
        methods.pointee.xSectorSize = { file in
            guard let file else { return 4096 }
            let below = GatheringFile.below(file)
            return below.pointee.pMethods.pointee.xSectorSize(below)
        }
        methods.pointee.xDeviceCharacteristics = { file in
            guard let file else { return 0 }
            let below = GatheringFile.below(file)
            return below.pointee.pMethods.pointee.xDeviceCharacteristics(below)
        }
    }
}

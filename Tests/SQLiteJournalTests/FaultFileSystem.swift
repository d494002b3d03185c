// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CSQLite
import Glibc

/// The VFS that puts a ``FaultDisk`` between SQLite and the system's own VFS; version 1 methods, so no shared memory.
enum FaultFileSystem {
    static let name = "hallgate-fault"

    /// Registers the VFS once.
    static let isRegistered: Bool = {
        guard let system = sqlite3_vfs_find(nil) else { return false }
        let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        vfs.initialize(to: system.pointee)
        vfs.pointee.iVersion = 1
        vfs.pointee.pNext = nil
        vfs.pointee.szOsFile = system.pointee.szOsFile + Int32(prefixBytes)
        // A name SQLite keeps for the life of the process.
        vfs.pointee.zName = UnsafePointer(strdup(name))
        vfs.pointee.pAppData = UnsafeMutableRawPointer(system)
        vfs.pointee.xOpen = { vfs, path, file, flags, outFlags in
            FaultFileSystem.open(vfs, path, file, flags, outFlags)
        }
        vfs.pointee.xDelete = { vfs, path, sync in
            guard let system = FaultFileSystem.system(vfs), let path else { return SQLITE_IOERR }
            if FaultDisk.holding(String(cString: path))?.isDead == true { return SQLITE_IOERR_DELETE }
            return system.pointee.xDelete(system, path, sync)
        }
        return sqlite3_vfs_register(vfs, 0) == SQLITE_OK
    }()

    /// The room before the system's own file: our method table's pointer and our fields, in whole words.
    static let prefixBytes = 64

    static func system(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> UnsafeMutablePointer<sqlite3_vfs>? {
        vfs?.pointee.pAppData?.assumingMemoryBound(to: sqlite3_vfs.self)
    }

    static func open(
        _ vfs: UnsafeMutablePointer<sqlite3_vfs>?, _ path: UnsafePointer<CChar>?,
        _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32, _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let system = system(vfs), let file else { return SQLITE_IOERR }
        let inner = FaultFile.inner(file)
        file.pointee.pMethods = nil
        let result = system.pointee.xOpen(system, path, inner, flags, outFlags)
        guard result == SQLITE_OK else { return result }
        let fields = FaultFile.fields(file)
        fields.initialize(to: FaultFile.Fields())
        if let path {
            let text = String(cString: path)
            if let disk = FaultDisk.holding(text) {
                disk.opened(text)
                fields.pointee.disk = Unmanaged.passRetained(disk)
                fields.pointee.inode = FaultDisk.inode(text)
            }
        }
        file.pointee.pMethods = UnsafePointer(FaultFile.methods)
        return SQLITE_OK
    }
}

/// A file of the VFS: SQLite's header, our fields, then the system's own file.
enum FaultFile {
    struct Fields {
        var disk: Unmanaged<FaultDisk>?
        var inode: UInt64 = 0
    }

    static func fields(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<Fields> {
        (UnsafeMutableRawPointer(file) + 16).assumingMemoryBound(to: Fields.self)
    }

    static func inner(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<sqlite3_file> {
        (UnsafeMutableRawPointer(file) + FaultFileSystem.prefixBytes).assumingMemoryBound(to: sqlite3_file.self)
    }

    private static func disk(_ file: UnsafeMutablePointer<sqlite3_file>) -> FaultDisk? {
        fields(file).pointee.disk?.takeUnretainedValue()
    }

    /// The method table, made once; never written afterwards.
    nonisolated(unsafe) static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        methods.initialize(to: sqlite3_io_methods())
        methods.pointee.iVersion = 1
        fillData(methods)
        fillRest(methods)
        return methods
    }()

    private static func fillData(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        methods.pointee.xClose = { file in
            guard let file else { return SQLITE_OK }
            FaultFile.fields(file).pointee.disk?.release()
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods?.pointee.xClose(inner) ?? SQLITE_OK
        }
        methods.pointee.xRead = { file, bytes, count, offset in
            guard let file else { return SQLITE_IOERR }
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods.pointee.xRead(inner, bytes, count, offset)
        }
        methods.pointee.xWrite = { file, bytes, count, offset in
            guard let file else { return SQLITE_IOERR }
            let buffer = UnsafeRawBufferPointer(start: bytes, count: Int(count))
            let fault = FaultFile.disk(file)?.willWrite(FaultFile.fields(file).pointee.inode, buffer, at: offset)
            if let fault, fault != SQLITE_OK { return fault }
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods.pointee.xWrite(inner, bytes, count, offset)
        }
        methods.pointee.xTruncate = { file, size in
            guard let file else { return SQLITE_IOERR }
            if let fault = FaultFile.disk(file)?.willTruncate(FaultFile.fields(file).pointee.inode), fault != SQLITE_OK
            {
                return fault
            }
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods.pointee.xTruncate(inner, size)
        }
        methods.pointee.xSync = { file, _ in
            guard let file else { return SQLITE_IOERR }
            // What the real disk does is of no matter: what counts as durable is what the fault disk remembers.
            return FaultFile.disk(file)?.willSync(FaultFile.fields(file).pointee.inode) ?? SQLITE_OK
        }
    }

    private static func fillRest(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        methods.pointee.xFileSize = { file, size in
            guard let file else { return SQLITE_IOERR }
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods.pointee.xFileSize(inner, size)
        }
        methods.pointee.xLock = { file, level in
            guard let file else { return SQLITE_IOERR }
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods.pointee.xLock(inner, level)
        }
        methods.pointee.xUnlock = { file, level in
            guard let file else { return SQLITE_IOERR }
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods.pointee.xUnlock(inner, level)
        }
        methods.pointee.xCheckReservedLock = { file, isHeld in
            guard let file else { return SQLITE_IOERR }
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods.pointee.xCheckReservedLock(inner, isHeld)
        }
        methods.pointee.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        methods.pointee.xSectorSize = { file in
            guard let file else { return 4096 }
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods.pointee.xSectorSize(inner)
        }
        // The system's own answer, powersafe overwrite among it: without that SQLite pads each commit to a sector.
        methods.pointee.xDeviceCharacteristics = { file in
            guard let file else { return 0 }
            let inner = FaultFile.inner(file)
            return inner.pointee.pMethods.pointee.xDeviceCharacteristics(inner)
        }
    }
}

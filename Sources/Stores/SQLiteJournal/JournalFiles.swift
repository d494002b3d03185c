// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The files of a journal, and the few system calls made on them beside SQLite's own.
struct JournalFiles {
    let directory: String

    var database: String { directory + "/journal.db" }
    var log: String { directory + "/journal.db-wal" }
    var lock: String { directory + "/journal.lock" }
    /// A journal being rebuilt; worth nothing until it is renamed.
    var partial: String { directory + "/journal.rebuilding" }
    /// A journal completely rebuilt, which has still to take the old one's place.
    var rebuilt: String { directory + "/journal.rebuilt" }

    /// Makes the directory where only its last component is missing, and checks that files can be made in it.
    func prepareDirectory() throws(JournalFailure) {
        if mkdir(directory, 0o700) != 0, errno != EEXIST { throw .system("mkdir \(directory)", errno) }
        guard access(directory, R_OK | W_OK | X_OK) == 0 else { throw .system("access \(directory)", errno) }
    }

    /// Takes the lock that keeps a second daemon away from everything in the directory; held until it is closed.
    func takeLock() throws(JournalFailure) -> Int32 {
        let descriptor = open(lock, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("open \(lock)", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            close(descriptor)
            guard number == EWOULDBLOCK else { throw .system("flock \(lock)", number) }
            throw .gateway(JournalFailure.inUse("flock \(lock)", directory))
        }
        return descriptor
    }

    /// Makes an empty file that only this user can read, durably; SQLite gives its log the same mode.
    func create(_ path: String) throws(JournalFailure) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("create \(path)", errno) }
        close(descriptor)
        try syncDirectory(directory)
    }

    func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The size of a file; 0 where there is none.
    func size(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// The whole file; empty where there is none. A block the disk cannot read any more is read as zeros.
    func contents(of path: String, atMost limit: Int = .max) throws(JournalFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return [] }
            throw .system("open \(path)", errno)
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: min(limit, Int(clamping: size(of: path))))
        let block = 4096
        bytes.withUnsafeMutableBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<min(offset + block, buffer.count)])
                let count = pread(descriptor, part.baseAddress, part.count, off_t(offset))
                if count < 0, errno == EINTR { continue }
                offset += count > 0 ? count : part.count
            }
        }
        return bytes
    }

    func remove(_ path: String) throws(JournalFailure) {
        if unlink(path) != 0, errno != ENOENT { throw .system("unlink \(path)", errno) }
    }

    func rename(_ path: String, to other: String) throws(JournalFailure) {
        guard Glibc.rename(path, other) == 0 else { throw .system("rename \(path)", errno) }
        try syncDirectory(directory)
    }

    func makeDirectory(_ path: String) throws(JournalFailure) {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw .system("mkdir \(path)", errno) }
    }

    /// Gives a file a second name, which needs no space; on a file system without links it is copied.
    func keep(_ path: String, as other: String) throws(JournalFailure) {
        try remove(other)
        if link(path, other) == 0 || errno == ENOENT { return }
        let copy = open(other, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard copy >= 0 else { throw .system("create \(other)", errno) }
        defer { close(copy) }
        let bytes = try contents(of: path)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { write(copy, $0.baseAddress?.advanced(by: offset), $0.count - offset) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("write \(other)", errno) }
            offset += count
        }
        guard fsync(copy) == 0 else { throw .system("fsync \(other)", errno) }
    }

    /// Waits until the file's bytes are on disk.
    func sync(_ path: String) throws(JournalFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw .system("open \(path)", errno)
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("fsync \(path)", errno) }
    }

    /// Waits until the directory's names are on disk.
    func syncDirectory(_ path: String) throws(JournalFailure) { try sync(path) }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What a file system failed at.
struct DiskError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The call, such as `rename`.
    let call: String
    /// Its `errno`.
    let number: Int32

    var description: String { "\(call): \(String(cString: strerror(number)))" }

    static func last(_ call: String) -> DiskError { DiskError(call: call, number: errno) }
}

/// The few steps files are kept with, so that a test can cut the power between any two.
protocol BundleDisk: Sendable {
    /// The names in a directory.
    func names(in directory: String) throws(DiskError) -> [String]
    /// The bytes of a file; `nil` where there is none.
    func read(_ path: String, atMost most: Int) throws(DiskError) -> [UInt8]?
    /// Writes a whole file and waits until its bytes are on the disk.
    func write(_ bytes: [UInt8], to path: String) throws(DiskError)
    /// Gives a file another name, in one step.
    func rename(_ path: String, to other: String) throws(DiskError)
    /// Waits until the names in a directory are on the disk.
    func sync(directory: String) throws(DiskError)
    /// Removes a file.
    func remove(_ path: String) throws(DiskError)
}

extension BundleDisk {
    /// Puts a whole file in its place: after a power cut it is there with all its bytes, or not at all.
    func place(_ bytes: [UInt8], in directory: String, as name: String) throws(DiskError) {
        let fresh = directory + "/" + name + ".new"
        do throws(DiskError) {
            try write(bytes, to: fresh)
            try rename(fresh, to: directory + "/" + name)
        } catch {
            // What is left of it would only take room; it is never read.
            try? remove(fresh)
            throw error
        }
        try sync(directory: directory)
    }
}

/// The computer's own.
struct SystemDisk: BundleDisk {
    func names(in directory: String) throws(DiskError) -> [String] {
        guard let stream = opendir(directory) else { throw .last("opendir") }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw .last("readdir") }
        return names
    }

    func read(_ path: String, atMost most: Int) throws(DiskError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw .last("open")
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= most {
            let count = Glibc.read(file, &buffer, buffer.count)
            guard count >= 0 else { throw .last("read") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
        throw DiskError(call: "read", number: EFBIG)
    }

    func write(_ bytes: [UInt8], to path: String) throws(DiskError) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .last("open") }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw .last("write") }
            written += count
        }
        guard fsync(file) == 0 else { throw .last("fsync") }
    }

    func rename(_ path: String, to other: String) throws(DiskError) {
        guard Glibc.rename(path, other) == 0 else { throw .last("rename") }
    }

    func sync(directory: String) throws(DiskError) {
        let file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw .last("sync") }
        defer { close(file) }
        guard fsync(file) == 0 else { throw .last("sync") }
    }

    func remove(_ path: String) throws(DiskError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .last("unlink") }
    }
}

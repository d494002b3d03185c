// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// Why a file could not be read: the system's error number.
struct FileError: Error {
    let number: Int32

    /// The system's words for it.
    var words: String { String(cString: strerror(number)) }
}

/// Reads files of a limited size with plain system calls.
enum FileBytes {
    /// The first `limit` bytes of a regular file; `nil` where there is no file.
    static func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8]? {
        // Non-blocking, so that a pipe put in a file's place does not hold up the daemon.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw FileError(number: errno)
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw FileError(number: errno) }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw FileError(number: facts.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
        }
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            let count = bytes[filled...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(number: errno) }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes.prefix(filled))
    }

    /// Who may read a file; `nil` where that cannot be told.
    static func mode(of path: String) -> UInt32? {
        var facts = stat()
        return stat(path, &facts) == 0 ? facts.st_mode : nil
    }

    /// The names in a directory; none where there is no directory.
    static func names(in path: String) throws(FileError) -> [String] {
        guard let directory = opendir(path) else {
            if errno == ENOENT { return [] }
            throw FileError(number: errno)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }

    /// Says that a configuration file cannot be read.
    static func diagnostic(for error: any Error, at mark: SourceMark) -> Diagnostic {
        let words = (error as? FileError)?.words ?? "\(error)"
        return Diagnostic(
            mark, LocalText("the file cannot be read: \(words)", "无法读取文件：\(words)"),
            hint: LocalText("it must be a file that the daemon's user may read", "必须是守护进程用户可读的普通文件"))
    }
}

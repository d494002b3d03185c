// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Runs on the shared pool what waits for the disk, whichever thread the task prefers: the one of the lines must not wait
/// for it.
func waitingForDisk<Answer: Sendable>(_ work: @Sendable () async -> Answer) async -> Answer {
    await withTaskExecutorPreference(globalConcurrentExecutor) { await work() }
}

/// A small file that is replaced in one step, so that it is whole or the one before, whenever the power goes.
struct WholeFile: Sendable {
    private let directory: String
    /// Where it is.
    let path: String

    init(directory: String, name: String) {
        self.directory = directory
        path = directory + "/" + name
    }

    /// Whether there is one, readable or not.
    var exists: Bool { access(path, F_OK) == 0 || errno != ENOENT }

    /// Its text; `nil` where there is none or it cannot be read.
    func read(atMost most: Int) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < most {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Puts a text in its place, on the disk where `isSynced`; answers why it failed, if it did.
    ///
    /// Without the sync a process that is killed loses nothing; a power cut may leave an older text.
    func replace(with text: String, isSynced: Bool = true) -> String? {
        replace(with: Array(text.utf8), isSynced: isSynced)
    }

    /// Puts bytes in its place as a text is put there.
    func replace(with bytes: [UInt8], isSynced: Bool = true) -> String? {
        let fresh = path + ".new"
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return Self.reason() }
        defer { close(descriptor) }
        if let reason = Self.write(bytes, to: descriptor) { return reason }
        if isSynced, fsync(descriptor) != 0 { return Self.reason() }
        guard rename(fresh, path) == 0 else { return Self.reason() }
        return isSynced ? syncDirectory() : nil
    }

    /// Writes a short text over the beginning of the file, without a sync: for what is of worth for a moment.
    func overwrite(with text: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = Self.write(Array(text.utf8), to: descriptor)
    }

    /// A new name is on the disk once its directory is.
    private func syncDirectory() -> String? {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return Self.reason() }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 ? nil : Self.reason()
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> String? {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return reason() }
            written += count
        }
        return nil
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

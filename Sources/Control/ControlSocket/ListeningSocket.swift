// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// A listening Unix socket that belongs to this process alone, for as long as it holds the lock beside it.
///
/// The lock (`flock(2)` on `<path>.lock`) is what makes removing a socket file safe: whoever holds it knows that no
/// daemon listens there, and the kernel drops it with the process, however that ends. A socket that was handed over by
/// whoever started the process is left as it is, at the end too: it belongs to them, and the next daemon gets it again.
struct ListeningSocket: ~Copyable {
    /// The listening descriptor; whoever takes it closes it.
    let descriptor: Int32
    private let path: String
    /// The lock; `nil` for a socket that is somebody else's.
    private let lock: Int32?

    /// Takes a socket that listens already and was handed over.
    static func adopted(_ descriptor: Int32, at path: String) -> ListeningSocket {
        ListeningSocket(descriptor: descriptor, path: path, lock: nil)
    }

    /// Locks, removes a stale socket file, and listens with mode 0660, for the members of a group where one is named.
    static func open(path: String, group: String? = nil) throws(GatewayError) -> ListeningSocket {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard path.hasPrefix("/"), bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw ControlErrors.badPath(path)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let directory = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        if !directory.isEmpty { mkdir(String(directory), 0o750) }

        let lock = Glibc.open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { throw ControlErrors.cannotListen(path, errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(lock)
            throw reason == EWOULDBLOCK ? ControlErrors.alreadyRunning(path) : ControlErrors.cannotListen(path, reason)
        }
        do {
            try removeStale(path)
            return ListeningSocket(descriptor: try listen(at: path, &address, group), path: path, lock: lock)
        } catch {
            close(lock)
            throw error
        }
    }

    /// Removes the socket file and lets the lock go, where both are ours; the descriptor is its taker's to close.
    consuming func remove() {
        guard let lock else { return }
        unlink(path)
        close(lock)
    }

    /// Removes what an earlier daemon left; anything but a socket stays, and is an error.
    private static func removeStale(_ path: String) throws(GatewayError) {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return }
        guard facts.st_mode & S_IFMT == S_IFSOCK else { throw ControlErrors.notASocket(path) }
        guard unlink(path) == 0 else { throw ControlErrors.cannotListen(path, errno) }
    }

    private static func listen(at path: String, _ address: inout sockaddr_un, _ group: String?) throws(GatewayError)
        -> Int32
    {
        let members = try group.map { name throws(GatewayError) in try id(ofGroup: name, path) }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw ControlErrors.cannotListen(path, errno) }
        // The mode is set before the name exists, so that there is no moment at which others could connect.
        let bound =
            fchmod(descriptor, 0o660) == 0
            && withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            } == 0
        // The group is set before the mode lets it in.
        let isOwned = bound && members.map { chown(path, uid_t.max, $0) == 0 } ?? true
        guard bound, isOwned, chmod(path, 0o660) == 0, Glibc.listen(descriptor, 128) == 0 else {
            let reason = errno
            close(descriptor)
            throw ControlErrors.cannotListen(path, reason)
        }
        return descriptor
    }

    private static func id(ofGroup name: String, _ path: String) throws(GatewayError) -> gid_t {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var texts = [CChar](repeating: 0, count: 16_384)
        guard getgrnam_r(name, &entry, &texts, texts.count, &found) == 0, found != nil else {
            throw ControlErrors.noGroup(name, path)
        }
        return entry.gr_gid
    }
}

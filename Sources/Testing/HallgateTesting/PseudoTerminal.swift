// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
public import RatingModel
import Synchronization

/// A pad's end of a real pseudo-terminal under a stable link, as udev's `by-path` links are.
///
/// The gateway opens ``link``; the test writes and reads at the other end, and pulls the plug with ``unplug()``. Like
/// the cable, it is silent by itself. Reads and writes never block longer than the limit they are given.
public final class PseudoTerminal: Sendable {
    /// The path the gateway opens; it stays while the device behind it comes and goes.
    public let link: String
    private let master = Mutex<Int32?>(nil)

    /// Opens a pseudo-terminal and links to it; an existing link is replaced.
    public init(link: String) throws(GatewayError) {
        self.link = link
        try plug()
    }

    deinit { unplug() }

    /// Plugs a new pad in under the same link; the old one, if any, is unplugged first.
    public func plug() throws(GatewayError) {
        unplug()
        var name = [CChar](repeating: 0, count: 128)
        let descriptor = hallgate_open_pty(&name, name.count)
        guard descriptor >= 0 else { throw Self.failure("open a pseudo-terminal", errno: -descriptor) }
        let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let fresh = link + ".new"
        Glibc.unlink(fresh)
        guard symlink(path, fresh) == 0, rename(fresh, link) == 0 else {
            let reason = errno
            close(descriptor)
            throw Self.failure("link \(link)", errno: reason)
        }
        master.withLock { $0 = descriptor }
    }

    /// Pulls the plug: the gateway sees a hang-up, and the link is gone.
    public func unplug() {
        let descriptor = master.withLock { master in
            defer { master = nil }
            return master
        }
        guard let descriptor else { return }
        Glibc.unlink(link)
        close(descriptor)
    }

    /// Sends bytes to the gateway and answers how many went before `limit` ran out, since the line takes only so much.
    @discardableResult
    public func write(_ bytes: [UInt8], limit: Duration = .seconds(30)) async -> Int {
        let deadline = ContinuousClock.now.advanced(by: limit)
        var sent = 0
        while sent < bytes.count, ContinuousClock.now < deadline {
            let count = writeSome(bytes[sent...])
            if count < 0 { return sent }
            sent += count
            if count == 0 { try? await Task.sleep(for: .milliseconds(1)) }
        }
        return sent
    }

    /// Takes what the gateway has sent, without waiting; empty where there is nothing.
    public func read(atMost limit: Int = 4096) -> [UInt8] {
        master.withLock { master in
            guard let master else { return [] }
            var bytes = [UInt8](repeating: 0, count: limit)
            let count = Glibc.read(master, &bytes, limit)
            return count > 0 ? Array(bytes[..<count]) : []
        }
    }

    /// Takes what the gateway sends until there are `count` bytes or `limit` has run out.
    public func read(exactly count: Int, limit: Duration = .seconds(30)) async -> [UInt8] {
        let deadline = ContinuousClock.now.advanced(by: limit)
        var bytes: [UInt8] = []
        while bytes.count < count, ContinuousClock.now < deadline {
            let more = read(atMost: count - bytes.count)
            bytes += more
            if more.isEmpty { try? await Task.sleep(for: .milliseconds(1)) }
        }
        return bytes
    }

    private func writeSome(_ bytes: ArraySlice<UInt8>) -> Int {
        master.withLock { master in
            guard let master else { return -1 }
            let count = bytes.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            return errno == EAGAIN || errno == EINTR ? 0 : -1
        }
    }

    private static func failure(_ what: String, errno: Int32) -> GatewayError {
        GatewayError(
            "testing.pseudo-terminal", LocalText("cannot \(what)", "无法建立伪终端"),
            cause: String(cString: strerror(errno)),
            hint: LocalText("check the limit of pseudo-terminals", "请检查伪终端数量限制"))
    }
}

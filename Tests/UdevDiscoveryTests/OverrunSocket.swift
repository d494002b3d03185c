// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import UdevDiscovery

/// Makes the monitor's socket run over, as the kernel does it when more events come than its buffer holds.
///
/// umockdev's socket is a Unix one, which cannot run over. So a netlink socket of the kernel, overrun by a real
/// burst, takes the place of the monitor's descriptor for a moment, and everything that was sent in between is lost.
struct OverrunSocket {
    private let thread: UdevThread
    /// The monitor's own socket meanwhile.
    private let saved: Int32

    /// From now on the monitor sees none of udev's events.
    init(_ discovery: UdevDiscovery) async throws {
        thread = discovery.thread
        saved = fcntl(thread.monitorDescriptor, F_DUPFD_CLOEXEC, 3)
        try #require(saved >= 0)
        let silent = try Self.netlinkSocket()
        defer { close(silent) }
        try await replaceMonitor(by: silent)
    }

    /// Lets the monitor find its socket overrun; what udev sent meanwhile is thrown away.
    func overrun() async throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while recv(saved, &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 {}
        let full = try Self.netlinkSocket()
        defer { close(full) }
        try Self.sendBurst()
        try await replaceMonitor(by: full)
        // The monitor takes the error and the messages off the socket, which tells that it has seen them.
        try #require(await eventually { isQuiet(full) })
        try await replaceMonitor(by: saved)
        close(saved)
    }

    private static let kind = Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    /// NETLINK_USERSOCK.
    private static let userNetlink: Int32 = 2
    /// struct sockaddr_nl: family and padding, port, groups.
    private static let group: [UInt32] = [UInt32(AF_NETLINK), 0, 1]

    /// A member of the group whose buffer holds a few messages.
    private static func netlinkSocket() throws -> Int32 {
        let receiver = socket(AF_NETLINK, kind, userNetlink)
        try #require(receiver >= 0)
        var size: Int32 = 2048
        setsockopt(receiver, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        let isBound = group.withUnsafeBytes {
            bind(receiver, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
        try #require(isBound == 0, "a netlink group needs CAP_NET_ADMIN: \(String(cString: strerror(errno)))")
        return receiver
    }

    private static func sendBurst() throws {
        let sender = socket(AF_NETLINK, kind, userNetlink)
        defer { close(sender) }
        try #require(sender >= 0)
        let message = [UInt8](repeating: 0x2A, count: 512)
        for _ in 0..<64 {
            // The answer is that nobody has port 0; the group has got the message all the same.
            _ = group.withUnsafeBytes {
                sendto(
                    sender, message, message.count, 0, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                    socklen_t($0.count))
            }
        }
    }

    /// Puts another socket under the monitor's descriptor, and waits until the thread waits for that one.
    private func replaceMonitor(by other: Int32) async throws {
        try #require(dup2(other, thread.monitorDescriptor) == thread.monitorDescriptor)
        _ = fcntl(thread.monitorDescriptor, F_SETFD, FD_CLOEXEC)
        thread.nudge()
        try #require(await eventually { isQuiet(thread.wake) })
    }
}

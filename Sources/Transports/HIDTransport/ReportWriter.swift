// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import Glibc
import RatingModel

/// Writes reports on a thread of its own: the kernel waits in write(2) until the device has taken the report, for
/// seconds where it takes none, whether or not the node was opened as non-blocking (hidraw.c, usbhid).
enum ReportWriter {
    /// Longest report written, in bytes: HID_MAX_BUFFER_SIZE of the kernel of Debian 12.
    private static let longest = 16 * 1024

    /// Starts the thread and answers the end of the socket that takes reports, a packet each.
    ///
    /// The thread ends after what was handed over when that end is closed, and at once when the device is gone.
    static func start(on node: Int32, of line: DeviceLine) throws(GatewayError) -> OwnedDescriptor {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .cannotOpen(line, errno) }
        let near = OwnedDescriptor(ends[0])
        let far = ends[1]
        let copy = fcntl(node, F_DUPFD_CLOEXEC, 0)
        var failure = copy < 0 ? errno : 0
        if failure == 0 { failure = runAside("hid-writer") { run(from: far, to: copy) } }
        if failure != 0 {
            close(far)
            if copy >= 0 { close(copy) }
            throw .cannotOpen(line, failure)
        }
        return near
    }

    private static func run(from socket: Int32, to node: Int32) {
        var report = [UInt8](repeating: 0, count: longest)
        while true {
            let count = recv(socket, &report, report.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0, write(report[..<count], to: node) else { break }
        }
        close(node)
        close(socket)
    }

    private static func write(_ report: ArraySlice<UInt8>, to node: Int32) -> Bool {
        while true {
            let count = report.withUnsafeBytes { Glibc.write(node, $0.baseAddress, $0.count) }
            let reason = errno
            if count >= 0 { return true }
            if reason == EAGAIN {
                var room = pollfd(fd: node, events: Int16(POLLOUT), revents: 0)
                poll(&room, 1, 1000)
            } else if reason != EINTR {
                return false
            }
        }
    }
}

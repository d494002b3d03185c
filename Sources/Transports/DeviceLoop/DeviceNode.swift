// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
package import DeviceAPI
import Glibc
package import RatingModel

/// What opening a device node has in common, whatever kind of device is behind it.
package enum DeviceNode {
    /// Opens a character device without waiting, closed on exec, and never as the controlling terminal.
    ///
    /// Opening a file of another kind could have effects (a pipe, a watchdog), so it is looked at first; what is no
    /// character device is answered with `wrongKind`.
    package static func open(
        _ line: DeviceLine, _ access: Int32, wrongKind: @autoclosure () -> GatewayError
    ) throws(GatewayError) -> OwnedDescriptor {
        var node = stat()
        guard stat(line.path, &node) == 0 else { throw failure(line, errno) }
        guard node.st_mode & S_IFMT == S_IFCHR else { throw wrongKind() }
        let number = Glibc.open(line.path, access | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw failure(line, errno) }
        return OwnedDescriptor(number)
    }

    /// Keeps everyone else out who asks for the lock, root included: the case of two gateways that run by mistake.
    package static func lock(_ line: DeviceLine, _ descriptor: Int32) throws(GatewayError) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw failure(line, errno) }
    }

    /// The error for what the kernel said of a node.
    package static func failure(_ line: DeviceLine, _ errno: Int32) -> GatewayError {
        switch errno {
        case ENOENT, ENODEV, ENXIO, ENOTDIR, EIO: .missing(line, errno)
        case EACCES, EPERM: .noPermission(line, errno, group: group(of: line.path))
        case EBUSY, EWOULDBLOCK: .busy(line, errno)
        default: .cannotOpen(line, errno)
        }
    }

    /// The name of the group the node belongs to; `nil` where it cannot be told.
    private static func group(of path: String) -> String? {
        var node = stat()
        guard stat(path, &node) == 0 else { return nil }
        var name = [CChar](repeating: 0, count: 256)
        guard hallgate_group_name(node.st_gid, &name, name.count) == 0 else { return "\(node.st_gid)" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

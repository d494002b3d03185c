// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Tells systemd how a process is, by the datagrams of sd_notify(3); does nothing outside systemd.
public struct SystemdNotifier: Sendable {
    /// `$NOTIFY_SOCKET`: a path, or an abstract name with a leading `@`.
    public let socketPath: String?

    /// Notifies at a socket; `nil` notifies nobody.
    public init(socketPath: String?) { self.socketPath = socketPath }

    /// Notifies whoever started this process.
    public static func fromEnvironment() -> SystemdNotifier {
        SystemdNotifier(socketPath: getenv("NOTIFY_SOCKET").map { String(cString: $0) })
    }

    /// Sends a state such as `READY=1`; several are separated by line feeds. A lost datagram is systemd's to miss.
    public func notify(_ state: String) {
        guard let socketPath, socketPath.hasPrefix("/") || socketPath.hasPrefix("@") else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(socketPath.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let message = Array(state.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), generic, length)
            }
        }
    }
}

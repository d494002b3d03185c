// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging

/// Who speaks on a control socket. The raw value is the name of the descriptor (`FileDescriptorName=` of its unit).
enum ControlRole: String, Sendable, CaseIterable {
    /// Operators at this computer.
    case operating = "operator"
    /// The hall's business or queue system.
    case business
    /// The process that serves the web.
    case web
    /// Auditors at this computer, who agree to what operators propose.
    case auditor
}

/// A listening socket that the service manager made for a role.
struct InheritedSocket: Sendable, Hashable {
    /// The listening descriptor; whoever serves it closes it.
    let descriptor: Int32
    /// Where it listens.
    let path: String
}

/// A descriptor that the process was started with, as the environment names it (sd_listen_fds(3)).
struct PassedDescriptor: Sendable, Hashable {
    /// The first descriptor of those that are passed (`SD_LISTEN_FDS_START`).
    static let first: Int32 = 3
    /// Most descriptors that are looked at; there is a handful of roles.
    static let most = 64

    let descriptor: Int32
    /// Its name; `unknown` where none was given.
    let name: String

    /// The descriptors that the variables name, if they speak to this process: a child inherits variables that were
    /// meant for its parent.
    static func all(
        listenPID: String?, listenDescriptors: String?, listenNames: String?, process: Int32
    ) -> [PassedDescriptor] {
        guard let listenPID, Int32(listenPID) == process, let count = listenDescriptors.flatMap({ Int($0) }),
            (1...most).contains(count)
        else { return [] }
        let names =
            listenNames.map { $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init) } ?? []
        return (0..<count).map { index in
            PassedDescriptor(
                descriptor: first + Int32(index),
                name: index < names.count && !names[index].isEmpty ? names[index] : "unknown")
        }
    }
}

/// The sockets that systemd made by units, one for each role: the socket a connection arrives on is its role.
///
/// They outlive this process, so that a client which connects while the daemon restarts waits for the next one.
struct InheritedSockets: Sendable {
    private(set) var byRole: [ControlRole: InheritedSocket] = [:]

    /// The socket of a role. It counts instead of the path that is configured; where the two differ, that is said.
    func socket(of role: ControlRole, configured path: String?, logger: Logger) -> InheritedSocket? {
        guard let socket = byRole[role] else { return nil }
        if let path, path != socket.path {
            logger.warning(
                "the socket of systemd's unit is served, not the configured one",
                metadata: ["role": "\(role.rawValue)", "unit": "\(socket.path)", "configured": "\(path)"])
        }
        return socket
    }

    /// Takes over what the process was started with and removes the variables, so that no child takes it for its own.
    ///
    /// Call it once, before anything else opens a descriptor or reads the environment on another thread.
    static func take(logger: Logger) -> InheritedSockets {
        let passed = PassedDescriptor.all(
            listenPID: variable("LISTEN_PID"), listenDescriptors: variable("LISTEN_FDS"),
            listenNames: variable("LISTEN_FDNAMES"), process: getpid())
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
        return InheritedSockets(passed, logger: logger)
    }

    /// Gives each descriptor to its role; what is no listening Unix socket of a known role is closed and named.
    init(_ passed: [PassedDescriptor], logger: Logger) {
        for each in passed {
            _ = fcntl(each.descriptor, F_SETFD, FD_CLOEXEC)
            if let refusal = refusal(of: each) {
                logger.warning(
                    "a descriptor that was handed over is not used",
                    metadata: ["name": "\(each.name)", "descriptor": "\(each.descriptor)", "reason": "\(refusal)"])
                close(each.descriptor)
            }
        }
    }

    /// Takes a descriptor; answers why not where it does not.
    private mutating func refusal(of passed: PassedDescriptor) -> String? {
        guard let role = ControlRole(rawValue: passed.name) else {
            return "no role has this name; there are \(ControlRole.allCases.map(\.rawValue).joined(separator: ", "))"
        }
        guard byRole[role] == nil else { return "the role has a socket already" }
        guard let path = Self.listeningPath(passed.descriptor) else { return "it is no listening Unix socket" }
        byRole[role] = InheritedSocket(descriptor: passed.descriptor, path: path)
        return nil
    }

    /// The path a listening stream socket is bound to; `nil` for everything else.
    private static func listeningPath(_ descriptor: Int32) -> String? {
        guard option(SO_DOMAIN, of: descriptor) == AF_UNIX,
            option(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue),
            option(SO_ACCEPTCONN, of: descriptor) == 1
        else { return nil }
        var address = sockaddr_un()
        var length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard status == 0 else { return nil }
        let bytes = withUnsafeBytes(of: &address.sun_path) { Array($0.prefix { $0 != 0 }) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

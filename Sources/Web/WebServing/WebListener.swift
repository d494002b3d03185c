// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import RatingModel

/// Where the server is reached.
public enum WebListener: Sendable, Hashable {
    /// A listening socket that the service manager made and handed over; the server takes it and closes its copy.
    case inherited(descriptor: Int32)
    /// An address of this computer, for a site without socket units. Port 0 takes a free one.
    case address(host: String, port: Int)

    /// The listening stream socket that the process was started with (sd_listen_fds(3)); `nil` where there is none.
    ///
    /// Where the descriptors have names it is the one called `http`. Any other descriptor that was passed is closed. Call it once, before anything else opens a descriptor or reads the
    /// environment on another thread. Throws `web.bad-socket` where sockets were passed and none of them can be listened on.
    public static func fromEnvironment() throws(GatewayError) -> WebListener? {
        defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) } }
        guard let process = number("LISTEN_PID"), process == Int(getpid()), let count = number("LISTEN_FDS"),
            (1...64).contains(count)
        else { return nil }
        let names = getenv("LISTEN_FDNAMES").map { String(cString: $0) } ?? ""
        let parts = names.split(separator: ":", omittingEmptySubsequences: false)
        var found: Int32?
        for index in 0..<count {
            let descriptor = Int32(3 + index)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            // Where the sockets have names, ours is called http: another role's must not be served by mistake.
            let isOurs = names.isEmpty || index < parts.count && parts[index] == "http"
            if found == nil, isOurs, isListening(descriptor) { found = descriptor } else { close(descriptor) }
        }
        guard let found else {
            throw GatewayError(
                "web.bad-socket",
                LocalText("no socket that was handed over is a listening one", "传入的套接字中没有处于监听状态的"),
                hint: LocalText(
                    "its unit needs ListenStream=, FileDescriptorName=http and Accept=no",
                    "其 socket 单元需要 ListenStream=、FileDescriptorName=http 和 Accept=no"))
        }
        return .inherited(descriptor: found)
    }

    private static func isListening(_ descriptor: Int32) -> Bool {
        option(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue) && option(SO_ACCEPTCONN, of: descriptor) == 1
    }

    private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }

    private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}

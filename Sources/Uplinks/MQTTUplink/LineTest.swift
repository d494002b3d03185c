// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// Tries whether a host takes connections, with a limit of time that the MQTT library's own connecting has not.
///
/// The connection is closed again at once; on a line that leads nowhere the library would sit for two minutes in a call
/// that nobody can end.
enum LineTest {
    /// Throws why there is no way to the host; it blocks its thread, at most for the limit and the resolver's own.
    static func run(host: String, port: Int, limit: Duration) throws(GatewayError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let failure = getaddrinfo(host, String(port), &hints, &found)
        guard failure == 0, let first = found else {
            throw .notConnected(host, String(cString: gai_strerror(failure)))
        }
        defer { freeaddrinfo(first) }
        var cause = ""
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let address = next {
            guard let reason = connect(to: address.pointee, limit) else { return }
            cause = reason
            next = address.pointee.ai_next
        }
        throw .notConnected(host, cause)
    }

    /// Why an address takes no connection; `nil` if it does.
    private static func connect(to address: addrinfo, _ limit: Duration) -> String? {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(address.ai_family, type, 0)
        guard socket >= 0 else { return words(errno) }
        defer { close(socket) }
        if Glibc.connect(socket, address.ai_addr, address.ai_addrlen) == 0 { return nil }
        guard errno == EINPROGRESS else { return words(errno) }
        var descriptor = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
        let milliseconds = Int32(clamping: Int64(limit / .milliseconds(1)))
        guard poll(&descriptor, 1, milliseconds) > 0 else { return words(ETIMEDOUT) }
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size)
        return error == 0 ? nil : words(error)
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// The first line of a small file, such as a password.
enum SecretLine {
    static func read(_ path: String) throws(GatewayError) -> String {
        guard let file = fopen(path, "re") else { throw .passwordUnreadable(path, String(cString: strerror(errno))) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        let line = bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard ferror(file) == 0, !line.isEmpty, !line.contains(0) else { throw .passwordUnreadable(path, "no line") }
        return String(decoding: line, as: UTF8.self)
    }
}

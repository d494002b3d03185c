// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import Glibc
import RatingModel

/// Finds a server's addresses and connects to the first that answers; it waits, so it runs on a thread of its own.
struct Connector: Sendable {
    let line: DeviceLine
    let server: ServerAddress
    let patience: TCPPatience

    /// Answers with a connected, non-blocking socket.
    func connect() throws(GatewayError) -> OwnedDescriptor {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(server.host, String(server.port), &hints, &found)
        guard code == 0 else { throw .unknownHost(line, cause: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(found) }

        let addresses = Array(sequence(first: found, next: { $0?.pointee.ai_next }).lazy.prefix { $0 != nil }.prefix(8))
        let deadline = ContinuousClock.now.advanced(by: patience.connecting)
        var failure = ETIMEDOUT
        for (index, address) in addresses.enumerated() {
            guard let address else { continue }
            let left = ContinuousClock.now.duration(to: deadline) / (addresses.count - index)
            let number = socket(address.pointee.ai_family, address.pointee.ai_socktype | Self.flags, 0)
            guard number >= 0 else {
                failure = errno
                continue
            }
            let descriptor = OwnedDescriptor(number)
            set(descriptor.number)
            failure = Self.connect(descriptor.number, to: address.pointee, within: left)
            if failure == 0 { return descriptor }
        }
        throw .notConnected(line, failure)
    }

    private static let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

    private static func connect(_ socket: Int32, to address: addrinfo, within limit: Duration) -> Int32 {
        if Glibc.connect(socket, address.ai_addr, address.ai_addrlen) == 0 { return 0 }
        guard errno == EINPROGRESS else { return errno }
        let deadline = ContinuousClock.now.advanced(by: limit)
        var waiting = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
        while true {
            let left = max(.zero, ContinuousClock.now.duration(to: deadline)).components
            let milliseconds = left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
            let count = poll(&waiting, 1, Int32(clamping: milliseconds))
            if count > 0 { return pendingError(of: socket) }
            if count == 0 { return ETIMEDOUT }
            if errno != EINTR { return errno }
        }
    }

    private static func pendingError(of socket: Int32) -> Int32 {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &size) == 0 ? code : errno
    }

    /// Small frames go out at once, and a far side that is gone without a word is noticed.
    private func set(_ socket: Int32) {
        let seconds = { (duration: Duration) in Int32(clamping: max(1, duration.components.seconds)) }
        let unacknowledged = patience.unacknowledged.components
        let options: [(level: Int32, name: Int32, value: Int32)] = [
            (Int32(IPPROTO_TCP), TCP_NODELAY, 1),
            (SOL_SOCKET, SO_KEEPALIVE, 1),
            (Int32(IPPROTO_TCP), TCP_KEEPIDLE, seconds(patience.idle)),
            (Int32(IPPROTO_TCP), TCP_KEEPINTVL, seconds(patience.interval)),
            (Int32(IPPROTO_TCP), TCP_KEEPCNT, Int32(clamping: max(1, patience.questions))),
            (
                Int32(IPPROTO_TCP), TCP_USER_TIMEOUT,
                Int32(clamping: unacknowledged.seconds * 1000 + unacknowledged.attoseconds / 1_000_000_000_000_000)
            ),
        ]
        for option in options {
            var value = option.value
            setsockopt(socket, option.level, option.name, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }
}

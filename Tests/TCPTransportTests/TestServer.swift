// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import Testing

/// A TCP server on loopback whose every step the test takes itself.
final class TestServer: Sendable {
    let port: UInt16
    private let listener: Int32

    /// Listens; with a `backlog` of 0 the kernel holds few connections that nobody accepts, and drops the rest.
    init(port wanted: UInt16 = 0, backlog: Int32 = 16) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        try #require(listener >= 0)
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, 4)
        var address = Self.loopback(wanted)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) == 0 }
        }
        try #require(isBound)
        try #require(listen(listener, backlog) == 0)
        var length = size
        let isNamed = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) == 0 }
        }
        try #require(isNamed)
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(listener) }

    static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    /// Waits for a client.
    func accept() async throws -> TestClient {
        let listener = listener
        let isThere = await eventually { isReady(listener, Int16(POLLIN)) }
        try #require(isThere, "nobody connected")
        let client = Glibc.accept(listener, nil, nil)
        try #require(client >= 0)
        return TestClient(client)
    }
}

/// The server's end of a connection.
final class TestClient: Sendable {
    private let descriptor: Mutex<Int32>

    init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    deinit { hangUp() }

    func write(_ bytes: [UInt8]) {
        descriptor.withLock { descriptor in
            _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }
    }

    /// Takes what comes until there are so many bytes; fewer where the time of `eventually` runs out.
    func read(exactly count: Int) async -> [UInt8] {
        var bytes: [UInt8] = []
        _ = await eventually {
            bytes += descriptor.withLock { descriptor in
                guard isReady(descriptor, Int16(POLLIN)) else { return [] }
                var buffer = [UInt8](repeating: 0, count: count - bytes.count)
                let taken = recv(descriptor, &buffer, buffer.count, 0)
                return taken > 0 ? Array(buffer[..<taken]) : []
            }
            return bytes.count >= count
        }
        return bytes
    }

    /// Sends no more (FIN), and still takes what comes.
    func finish() { descriptor.withLock { _ = shutdown($0, Int32(SHUT_WR)) } }

    /// Closes.
    func hangUp() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// Lets the kernel drop whatever comes in, as if the far side had lost its power: nothing is acknowledged any more.
    func vanish() throws {
        // struct sock_filter: BPF_RET | BPF_K with 0, which keeps no byte of any packet (linux/filter.h).
        let isDeaf = descriptor.withLock { descriptor in
            withUnsafeBytes(of: UInt64(0x06)) { instruction in
                var program = (length: UInt16(1), filter: instruction.baseAddress)
                return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, socklen_t(16)) == 0
            }
        }
        try #require(isDeaf, "the kernel takes no filter")
    }

    /// Breaks the connection off (RST), as a server does that was restarted.
    func breakOff() {
        descriptor.withLock { descriptor in
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        }
        hangUp()
    }
}

func isReady(_ descriptor: Int32, _ events: Int16) -> Bool {
    var waiting = pollfd(fd: descriptor, events: events, revents: 0)
    return poll(&waiting, 1, 0) > 0
}

/// Waits, at most 30 seconds, until the condition holds; answers whether it does.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now.advanced(by: .seconds(30))
    while try await !condition() {
        if ContinuousClock.now > deadline { return false }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return true
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// A client that sends exactly the bytes it is told to, from an address of the loopback network.
final class RawClient: Sendable {
    private let descriptor: Int32

    /// Connects; `nil` where the server does not take the connection.
    init?(_ port: Int, from address: String = "127.0.0.1", receiveBuffer: Int32? = nil) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        var own = RawClient.address(address, 0)
        var server = RawClient.address("127.0.0.1", port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected =
            withUnsafePointer(to: &own) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
            }
            && withUnsafePointer(to: &server) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
            }
        guard isConnected else {
            Glibc.close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { Glibc.close(descriptor) }

    private static func address(_ text: String, _ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr(text)
        return address
    }

    /// Sends bytes; `false` where the server has hung up.
    @discardableResult func send(_ text: String) async -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            if sent > 0 { rest = rest.dropFirst(sent) } else if errno == EAGAIN { await pause() } else { return false }
        }
        return true
    }

    /// What the server sends until it has said `end`, hung up, or half a minute is over.
    func read(until end: String? = nil, atMost most: Int = .max) async -> (text: String, hasEnded: Bool) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        let limit = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < limit, bytes.count < most {
            let count = recv(descriptor, &buffer, min(buffer.count, most - bytes.count), Int32(MSG_DONTWAIT))
            if count > 0 {
                bytes += buffer.prefix(count)
                let text = String(decoding: bytes, as: UTF8.self)
                if let end, text.contains(end) { return (text, false) }
            } else if count < 0, errno == EAGAIN {
                await pause()
            } else {
                return (String(decoding: bytes, as: UTF8.self), true)
            }
        }
        return (String(decoding: bytes, as: UTF8.self), false)
    }

    /// Whether the server has hung up; nothing is taken of what it sent.
    var isOver: Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT | MSG_PEEK))
        return count == 0 || count < 0 && errno != EAGAIN
    }

    private func pause() async { try? await Task.sleep(for: .milliseconds(2)) }
}

/// Whether something comes true within half a minute.
func eventually(_ isTrue: () async -> Bool) async -> Bool {
    let limit = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < limit {
        if await isTrue() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return false
}

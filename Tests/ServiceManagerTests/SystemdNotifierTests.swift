// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import ServiceManager
import Testing

@Suite struct SystemdNotifierTests {
    /// An abstract name and a path are the two forms of `$NOTIFY_SOCKET`.
    @Test(arguments: ["@hallgate-notifier-test", "/tmp/hallgate-notifier-test"])
    func aStateArrivesAsOneDatagram(_ stem: String) {
        let name = "\(stem)-\(getpid())"
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer {
            close(descriptor)
            unlink(name)
        }
        // sockaddr_un: two bytes of the family, then the name, a leading zero for an abstract one (unix(7)).
        let words = Array(name.utf8).map { $0 == UInt8(ascii: "@") ? 0 : $0 }
        let address = [UInt8(AF_UNIX), 0] + words
        let bound = address.withUnsafeBytes {
            bind(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
        #expect(bound == 0)
        SystemdNotifier(socketPath: name).notify("READY=1\nSTATUS=well")
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        #expect(count > 0)
        #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "READY=1\nSTATUS=well")
    }

    @Test(arguments: [nil, "", "relative", String(repeating: "/x", count: 80)])
    func whereNobodyListensNothingHappens(_ path: String?) { SystemdNotifier(socketPath: path).notify("READY=1") }
}

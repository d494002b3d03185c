// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Logging
import Testing

@testable import HallgateApp

/// Sockets that the service manager hands over.
@Suite struct InheritedSocketsTests {
    private func passed(
        _ count: String?, _ names: String?, listenPID: String? = "77", process: Int32 = 77
    ) -> [PassedDescriptor] {
        PassedDescriptor.all(
            listenPID: listenPID, listenDescriptors: count, listenNames: names, process: process)
    }

    @Test func `descriptors are counted from 3 and named in their order`() {
        #expect(
            passed("2", "operator:business") == [
                PassedDescriptor(descriptor: 3, name: "operator"), PassedDescriptor(descriptor: 4, name: "business"),
            ])
        #expect(passed("2", "operator").map(\.name) == ["operator", "unknown"])
        #expect(passed("2", ":web").map(\.name) == ["unknown", "web"])
        #expect(passed("1", nil).map(\.name) == ["unknown"])
        #expect(passed("1", "operator:more:names").map(\.name) == ["operator"])
    }

    @Test(arguments: [nil, "", "0", "-1", "65", "many", "99999999999999999999"])
    func `a count that is none hands over nothing`(_ count: String?) { #expect(passed(count, "operator").isEmpty) }

    @Test(arguments: [nil, "", "78", "0", "77x", "99999999999999999999"])
    func `what was meant for another process is nobody's`(_ process: String?) {
        #expect(passed("1", "operator", listenPID: process).isEmpty)
    }

    @Test func `a listening socket goes to its role, everything else is closed and named`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sockets-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let log = NoticeLog()
        let first = try unixSocket(at: folder + "/o", listens: true)
        let second = try unixSocket(at: folder + "/again", listens: true)
        let idle = try unixSocket(at: folder + "/idle", listens: false)
        let stranger = try unixSocket(at: folder + "/tea", listens: true)
        let file = open("/dev/null", O_RDONLY)
        let sockets = InheritedSockets(
            [
                PassedDescriptor(descriptor: first, name: "operator"),
                PassedDescriptor(descriptor: second, name: "operator"),
                PassedDescriptor(descriptor: idle, name: "business"),
                PassedDescriptor(descriptor: stranger, name: "tea"),
                PassedDescriptor(descriptor: file, name: "business"),
            ], logger: Logger(label: "test", factory: { _ in log.handler }))
        defer { close(first) }
        #expect(sockets.byRole == [.operating: InheritedSocket(descriptor: first, path: folder + "/o")])
        #expect(fcntl(first, F_GETFD) & FD_CLOEXEC != 0)
        for reason in ["has a socket already", "no listening Unix socket", "no role has this name"] {
            #expect(log.lines.contains { $0.contains(reason) })
        }
        #expect(log.lines.count == 4)
        // A configured path that is another one is said, and does not count.
        let logger = Logger(label: "test", factory: { _ in log.handler })
        #expect(sockets.socket(of: .operating, configured: "/run/x", logger: logger)?.path == folder + "/o")
        #expect(log.lines.count == 5)
        #expect(sockets.socket(of: .business, configured: "/run/x", logger: logger) == nil)
        #expect(log.lines.count == 5)
    }

    private func unixSocket(at path: String, listens: Bool) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0 && (!listens || listen(descriptor, 4) == 0))
        return descriptor
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// The least that any gateway could take: pseudo-terminals whose far ends are read and written back by a bare loop.
///
/// One thread waits in epoll on the far ends, reads what is there and writes it back; the caller strikes at the near
/// ends and measures. No byte is looked at, nothing is kept. What is to be done with frames before they are written
/// back, such as a commit, can be handed in, and is done once for all that are there at the same moment.
public final class EchoRack {
    private let ports: [Port]
    private let stop: Int32
    private let thread: pthread_t

    /// The two ends of one pseudo-terminal.
    private struct Port {
        let master: Int32
        let farEnd: Int32
    }

    /// What the echoing thread needs; it closes the wait of its own.
    private final class Loop {
        let epoll: Int32
        let between: (@Sendable (Int) -> Void)?

        init(_ epoll: Int32, _ between: (@Sendable (Int) -> Void)?) {
            self.epoll = epoll
            self.between = between
        }

        func run() {
            var ready = [epoll_event](repeating: epoll_event(), count: 128)
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = epoll_wait(epoll, &ready, Int32(ready.count), -1)
                var held: [(Int32, [UInt8])] = []
                for event in ready.prefix(Int(max(0, count))) {
                    guard event.data.u64 != .max else { return }
                    let descriptor = Int32(truncatingIfNeeded: event.data.u64)
                    let taken = read(descriptor, &buffer, buffer.count)
                    guard taken > 0 else { continue }
                    if between == nil {
                        _ = write(descriptor, buffer, taken)
                    } else {
                        held.append((descriptor, Array(buffer[..<taken])))
                    }
                }
                if let between, !held.isEmpty { between(held.count) }
                for (descriptor, bytes) in held { _ = write(descriptor, bytes, bytes.count) }
            }
        }

        deinit { Glibc.close(epoll) }
    }

    /// Opens so many pseudo-terminals and starts the echo.
    ///
    /// - Parameters:
    ///   - lines: how many.
    ///   - between: called on the echo's thread with the number of frames that were read and are to be written back.
    public init(lines: Int, between: (@Sendable (Int) -> Void)? = nil) throws(PadError) {
        let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        stop = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard epoll >= 0, stop >= 0 else { throw .system("epoll_create1", errno) }
        let loop = Loop(epoll, between)
        var ports: [Port] = []
        do throws(PadError) {
            try EchoRack.watch(stop, token: .max, epoll)
            for _ in 0..<lines {
                let port = try EchoRack.openPort()
                ports.append(port)
                try EchoRack.watch(port.farEnd, token: UInt64(port.farEnd), epoll)
            }
        } catch {
            EchoRack.close(ports)
            Glibc.close(stop)
            throw error
        }
        let box = Unmanaged.passRetained(loop)
        var handle = pthread_t()
        let code = pthread_create(
            &handle, nil,
            { @Sendable context in
                if let context { Unmanaged<Loop>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        guard code == 0 else {
            box.release()
            EchoRack.close(ports)
            Glibc.close(stop)
            throw .system("pthread_create", code)
        }
        self.ports = ports
        thread = handle
    }

    deinit {
        eventfd_write(stop, 1)
        pthread_join(thread, nil)
        EchoRack.close(ports)
        Glibc.close(stop)
    }

    /// Writes a frame into each of the lines at once and waits until every one has come back whole.
    ///
    /// Answers with the time each took, in microseconds from before the first write; a line that stays silent for a
    /// second is left out.
    public func strike(_ lines: Range<Int>, frame: [UInt8]) -> [UInt32] {
        let struck = ports[lines.clamped(to: ports.indices)]
        var missing = Dictionary(uniqueKeysWithValues: struck.map { ($0.master, frame.count) })
        var times: [UInt32] = []
        let start = monotonicNanoseconds()
        for port in struck { _ = frame.withUnsafeBytes { write(port.master, $0.baseAddress, $0.count) } }
        var waiting = struck.map { pollfd(fd: $0.master, events: Int16(POLLIN), revents: 0) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !waiting.isEmpty, poll(&waiting, nfds_t(waiting.count), 1000) > 0 {
            let now = monotonicNanoseconds()
            for entry in waiting where entry.revents != 0 {
                let taken = read(entry.fd, &buffer, buffer.count)
                let left = (missing[entry.fd] ?? 0) - max(0, taken)
                missing[entry.fd] = left
                if left <= 0 { times.append(UInt32(clamping: (now &- start) / 1000)) }
            }
            waiting.removeAll { (missing[$0.fd] ?? 0) <= 0 }
        }
        return times
    }

    private static func openPort() throws(PadError) -> Port {
        var name = [CChar](repeating: 0, count: 128)
        let master = hallgate_open_pty(&name, name.count)
        guard master >= 0 else { throw .system("posix_openpt", -master) }
        let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let farEnd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        var speed: UInt32 = 0
        guard farEnd >= 0, hallgate_make_raw(farEnd, 115_200, &speed) == 0 else {
            let reason = errno
            if farEnd >= 0 { Glibc.close(farEnd) }
            Glibc.close(master)
            throw .system("open \(path)", reason)
        }
        return Port(master: master, farEnd: farEnd)
    }

    private static func watch(_ descriptor: Int32, token: UInt64, _ epoll: Int32) throws(PadError) {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u64 = token
        guard epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else { throw .system("epoll_ctl", errno) }
    }

    private static func close(_ ports: [Port]) {
        for port in ports {
            Glibc.close(port.master)
            Glibc.close(port.farEnd)
        }
    }
}

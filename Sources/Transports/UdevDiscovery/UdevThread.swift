// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import DeviceAPI
import Glibc
import RatingModel
import Synchronization

/// The thread that waits for udev's netlink socket and for the word to stop.
final class UdevThread: Sendable {
    private let continuation: AsyncStream<DiscoveryEvent>.Continuation
    /// An eventfd that lets the thread look around.
    let wake: Int32
    private let isStopping = Atomic(false)
    /// Handed over to the thread when it starts; libudev's objects may be used by one thread at a time.
    private let monitor: Mutex<UdevMonitor?>
    /// The netlink socket, for tests.
    let monitorDescriptor: Int32

    init(_ continuation: AsyncStream<DiscoveryEvent>.Continuation) throws(GatewayError) {
        self.continuation = continuation
        let monitor = try UdevMonitor()
        monitorDescriptor = monitor.descriptor
        wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        let reason = errno
        self.monitor = Mutex(monitor)
        guard wake >= 0 else { throw .udevFailed("make an eventfd", reason) }
    }

    deinit { if wake >= 0 { close(wake) } }

    func start() throws(GatewayError) {
        var identifier = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let failure = pthread_create(
            &identifier, nil,
            { @Sendable argument in
                guard let argument else { return nil }
                Unmanaged<UdevThread>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument)
        guard failure == 0 else {
            Unmanaged<UdevThread>.fromOpaque(argument).release()
            throw .udevFailed("start a thread", failure)
        }
        pthread_detach(identifier)
    }

    func stop() {
        isStopping.store(true, ordering: .releasing)
        nudge()
    }

    /// Lets the thread look at its descriptors anew.
    func nudge() { eventfd_write(wake, 1) }

    // MARK: On the thread

    private func run() {
        defer { continuation.finish() }
        guard let monitor = monitor.withLock({ $0.take() }) else { return }
        hallgate_name_thread("udev")
        // The monitor has been listening since before this list is made, so nothing falls between the two.
        var mustList = true
        while !isStopping.load(ordering: .acquiring) {
            if mustList { mustList = !list(monitor) }
            guard wait(atMostMilliseconds: mustList ? 100 : -1) else { continue }
            if !takeEvents(monitor) { mustList = true }
        }
    }

    /// Waits until udev has something to say; answers whether it has.
    private func wait(atMostMilliseconds limit: Int32) -> Bool {
        var descriptors = [
            pollfd(fd: monitorDescriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, 2, limit) > 0 else { return false }
        if descriptors[1].revents != 0 {
            var count: eventfd_t = 0
            eventfd_read(wake, &count)
        }
        return descriptors[0].revents != 0
    }

    /// Hands on what is there; answers whether nothing was lost.
    private func takeEvents(_ monitor: UdevMonitor) -> Bool {
        while true {
            switch monitor.next() {
            case .nothing: return true
            case .irrelevant: continue
            case .event(let event):
                guard put(event) else { return false }
            case .lost:
                // What is still queued is older than what was lost: a device in it may be gone again.
                monitor.discardQueued()
                return false
            }
        }
    }

    /// Puts out a list of everything; answers whether the reader had room for it.
    private func list(_ monitor: UdevMonitor) -> Bool {
        guard let devices = monitor.list() else { return false }
        return put(.rescanned(devices))
    }

    private func put(_ event: DiscoveryEvent) -> Bool {
        switch continuation.yield(event) {
        case .enqueued: return true
        case .dropped: return false
        case .terminated:
            isStopping.store(true, ordering: .releasing)
            return true
        @unknown default: return false
        }
    }
}

extension GatewayError {
    static func udevFailed(_ what: String, _ errno: Int32) -> GatewayError {
        GatewayError(
            "device.udev-failed", LocalText("cannot watch for devices: cannot \(what)", "无法监视设备变化"),
            cause: String(cString: strerror(errno)),
            hint: LocalText(
                "devices named by 'path' go on working; check that udev runs and that AF_NETLINK is allowed",
                "以 'path' 指定的设备不受影响；请检查 udev 是否运行以及是否允许 AF_NETLINK"))
    }
}

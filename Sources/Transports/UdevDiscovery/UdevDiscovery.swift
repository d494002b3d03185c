// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
import Glibc
public import RatingModel

/// Tells which device nodes the system has, and follows them as they come and go, from udev's database and events.
///
/// A thread of its own waits for udev, so that nothing of the cooperative pool blocks. Events are those that udevd
/// sends after its rules have run: when a device appears here, its node has its group and its links.
public final class UdevDiscovery: Sendable {
    /// Most events kept for a reader that is slow; beyond them one list of everything takes their place.
    public static let mostWaiting = 256

    /// What became known, in order, beginning with a list of everything; it has one reader and ends with ``stop()``.
    public let events: AsyncStream<DiscoveryEvent>
    let thread: UdevThread

    /// Whether udevd runs here: without it no device is told apart from another, and none is seen to come and go.
    ///
    /// It is false in most containers. This is the file by which libudev itself decides (sd_device_monitor).
    public static var isServed: Bool { access("/run/udev/control", F_OK) == 0 }

    /// Starts to watch; throws where the system gives no netlink socket or no thread.
    public init() throws(GatewayError) {
        let (events, continuation) = AsyncStream.makeStream(
            of: DiscoveryEvent.self, bufferingPolicy: .bufferingOldest(Self.mostWaiting))
        self.events = events
        thread = try UdevThread(continuation)
        try thread.start()
    }

    deinit { thread.stop() }

    /// Ends the thread, and with it the events.
    public func stop() { thread.stop() }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CUdev
import DeviceAPI
import Glibc
import RatingModel

/// udev's netlink socket and database; used by one thread at a time.
final class UdevMonitor: @unchecked Sendable {
    /// What one look at the socket gave.
    enum Reading {
        case nothing
        /// A device that no pad can be, or a message that cannot be read.
        case irrelevant
        case event(DiscoveryEvent)
        /// The socket ran over, or is broken: events are missing.
        case lost
    }

    /// The subsystems whose nodes pads hang on.
    private static let subsystems = ["tty", "hidraw", "input"]
    /// Most devices taken from the system, so that a flood of made-up hardware costs bounded memory.
    private static let mostDevices = 4096
    /// Room for a burst of events in bytes: plugging a hub with forty adapters in makes some hundreds.
    private static let receiveBuffer: Int32 = 1024 * 1024

    private let context: OpaquePointer
    private let monitor: OpaquePointer
    let descriptor: Int32

    init() throws(GatewayError) {
        guard let context = udev_new() else { throw .udevFailed("use libudev", errno) }
        guard let monitor = udev_monitor_new_from_netlink(context, "udev") else {
            let reason = errno
            udev_unref(context)
            throw .udevFailed("open udev's netlink socket", reason)
        }
        self.context = context
        self.monitor = monitor
        descriptor = udev_monitor_get_fd(monitor)
        for subsystem in Self.subsystems {
            udev_monitor_filter_add_match_subsystem_devtype(monitor, subsystem, nil)
        }
        // More than net.core.rmem_max is root's to ask for; the call then takes what it gets, and a burst that does
        // not fit ends in a list of everything.
        udev_monitor_set_receive_buffer_size(monitor, Self.receiveBuffer)
        let result = udev_monitor_enable_receiving(monitor)
        guard result >= 0, descriptor >= 0 else { throw .udevFailed("listen to udev", -result) }
    }

    deinit {
        udev_monitor_unref(monitor)
        udev_unref(context)
    }

    /// Takes the next event, without waiting.
    func next() -> Reading {
        errno = 0
        guard let device = udev_monitor_receive_device(monitor) else {
            switch errno {
            case EAGAIN, 0: return .nothing
            case EINTR: return .irrelevant
            case ENOBUFS: return .lost
            // A message that libudev refuses, such as one that some other process made up.
            case EBADMSG, EINVAL, EIO: return .irrelevant
            default: return .lost
            }
        }
        defer { udev_device_unref(device) }
        let isRemoval = udev_device_get_action(device).map { strcmp($0, "remove") == 0 } ?? false
        if isRemoval {
            guard let node = udev_device_get_devnode(device) else { return .irrelevant }
            return .event(.vanished(node: String(cString: node)))
        }
        return DiscoveredDevice(device).map { .event(.appeared($0)) } ?? .irrelevant
    }

    /// Throws away what the socket holds.
    func discardQueued() {
        for _ in 0..<65_536 {
            errno = 0
            if let device = udev_monitor_receive_device(monitor) {
                udev_device_unref(device)
            } else if errno != ENOBUFS, errno != EINTR {
                return
            }
        }
    }

    /// Everything that is there now; `nil` where the system cannot be asked.
    func list() -> [DiscoveredDevice]? {
        guard let enumeration = udev_enumerate_new(context) else { return nil }
        defer { udev_enumerate_unref(enumeration) }
        for subsystem in Self.subsystems { udev_enumerate_add_match_subsystem(enumeration, subsystem) }
        guard udev_enumerate_scan_devices(enumeration) >= 0 else { return nil }
        var devices: [DiscoveredDevice] = []
        var entry = udev_enumerate_get_list_entry(enumeration)
        while let current = entry, devices.count < Self.mostDevices {
            entry = udev_list_entry_get_next(current)
            guard let path = udev_list_entry_get_name(current),
                let device = udev_device_new_from_syspath(context, path)
            else { continue }
            defer { udev_device_unref(device) }
            // A device whose rules have not run yet has neither group nor links; its own event is still to come.
            guard udev_device_get_is_initialized(device) > 0 || udev_device_get_property_value(device, "ID_PATH") != nil
            else { continue }
            if let found = DiscoveredDevice(device) { devices.append(found) }
        }
        return devices
    }
}

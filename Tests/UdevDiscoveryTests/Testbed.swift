// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CUmockdev
import DeviceAPI
import Glibc
import Testing

/// The suites that play with udev: one process has one testbed, so they run one after the other.
@Suite(.serialized, .timeLimit(.minutes(10))) struct Udev {}

/// A USB adapter with a serial line, as udev describes it.
struct MockAdapter: Sendable, Hashable {
    /// The port's place on the bus, such as `1-2`.
    var port: String
    var serial: String?
    var vendor = "1a86"
    var product = "7523"
    var model = "USB2.0-Serial"

    /// What udev calls the port.
    var portPath: String { "pci-0000:00:14.0-usb-0:\(port.split(separator: "-").last ?? ""):1.0" }

    fileprivate var usbDevice: String { "/devices/pci0000:00/0000:00:14.0/usb1/\(port)" }
    fileprivate var usbInterface: String { usbDevice + "/\(port):1.0" }

    /// The device as the gateway is to see it behind a node's path.
    func discovered(node: String) -> DiscoveredDevice {
        DiscoveredDevice(
            node: node, kind: .serial, vendor: UInt16(vendor, radix: 16), product: UInt16(product, radix: 16),
            serial: serial, interface: "00", kernelDriver: "ch341", portPath: portPath, model: model)
    }
}

/// umockdev's stand-in for the kernel: a `/sys`, a `/dev` and udev's events, seen by this process alone.
///
/// It works only under `umockdev-wrapper`, and says so where it does not.
final class Testbed {
    private let bed: UnsafeMutablePointer<UMockdevTestbed>
    /// The directory that stands for the root of the file system.
    let root: String
    /// The socket of the one who listens: its queue takes few messages, and umockdev aborts where it is full.
    var listener: Int32?
    private var plugged: [String: MockAdapter] = [:]

    init() throws {
        try #require(
            getenv("LD_PRELOAD").map { String(cString: $0) }?.contains("umockdev-preload") == true,
            "this test needs umockdev: run .ci/run-tests, or umockdev-wrapper swift test --skip-build")
        bed = try #require(umockdev_testbed_new())
        let directory = try #require(umockdev_testbed_get_root_dir(bed))
        root = String(cString: directory)
        g_free(directory)
        mkdir(root + "/dev", 0o755)
        mkdir(root + "/pads", 0o755)
    }

    deinit {
        for node in plugged.keys { remove(node: node) }
        for node in plugged.keys { Glibc.unlink(root + path(of: node)) }
        rmdir(root + "/pads")
        g_object_unref(bed)
    }

    /// The path of a node, as udev tells it.
    func path(of node: String) -> String { "/dev/" + node }

    /// Plugs an adapter in under a node; `terminal` is what opening the node opens.
    func plug(_ adapter: MockAdapter, node: String, terminal: String? = nil) async throws {
        if let terminal { try #require(symlink(terminal, root + path(of: node)) == 0) }
        await waitForRoom()
        try add(description(of: adapter, node: node))
        plugged[node] = adapter
    }

    /// Pulls an adapter out.
    func unplug(node: String) async {
        Glibc.unlink(root + path(of: node))
        guard let adapter = plugged[node] else { return }
        await send("remove", of: Self.terminal(of: adapter, node: node))
        remove(node: node)
        plugged[node] = nil
    }

    /// Adds a device described in umockdev's own words; "add" is sent for it.
    func add(_ description: String) throws {
        try #require(umockdev_testbed_add_from_string(bed, description, nil) != 0, "umockdev refused:\n\(description)")
    }

    /// Sends an event for a device.
    func send(_ action: String, of path: String) async {
        await waitForRoom()
        umockdev_testbed_uevent(bed, "/sys" + path, action)
    }

    private func waitForRoom() async {
        guard let listener else { return }
        _ = await eventually { isQuiet(listener) }
    }

    private static func terminal(of adapter: MockAdapter, node: String) -> String {
        "\(adapter.usbInterface)/\(node)/tty/\(node)"
    }

    /// From the leaf to the root, so that the links under `/sys/bus` go as well.
    private func remove(node: String) {
        guard let adapter = plugged[node] else { return }
        for path in [Self.terminal(of: adapter, node: node), adapter.usbInterface, adapter.usbDevice] {
            umockdev_testbed_remove_device(bed, "/sys" + path)
        }
    }

    private func description(of adapter: MockAdapter, node: String) -> String {
        let serial = adapter.serial.map { "E: ID_SERIAL_SHORT=\($0)\n" } ?? ""
        return """
            P: \(adapter.usbDevice)
            E: SUBSYSTEM=usb
            E: DEVTYPE=usb_device
            A: idVendor=\(adapter.vendor)\\n
            A: idProduct=\(adapter.product)\\n

            P: \(adapter.usbInterface)
            E: SUBSYSTEM=usb
            E: DEVTYPE=usb_interface
            E: DRIVER=ch341
            L: driver=../../../../../../bus/usb/drivers/ch341
            A: bInterfaceNumber=00\\n

            P: \(Self.terminal(of: adapter, node: node))
            E: SUBSYSTEM=tty
            E: DEVNAME=\(path(of: node))
            E: MAJOR=188
            E: MINOR=\(node.last { $0.isNumber } ?? "0")
            E: ID_BUS=usb
            E: ID_VENDOR_ID=\(adapter.vendor)
            E: ID_MODEL_ID=\(adapter.product)
            E: ID_MODEL=\(adapter.model)
            \(serial)E: ID_PATH=\(adapter.portPath)
            E: ID_USB_INTERFACE_NUM=00
            E: ID_USB_DRIVER=ch341

            """
    }
}

/// Whether a descriptor has nothing to read.
func isQuiet(_ descriptor: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) == 0
}

/// How many descriptors this process has open.
func openDescriptors() -> Int { (0..<Int32(4096)).count { fcntl($0, F_GETFD) >= 0 } }

/// Waits, at most `limit`, until the condition holds; answers whether it does.
func eventually(_ limit: Duration = .seconds(30), _ condition: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while try await !condition() {
        if ContinuousClock.now > deadline { return false }
        try? await Task.sleep(for: .milliseconds(1))
    }
    return true
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import DeviceLoop
public import RatingModel

/// Opens input devices (`/dev/input/event…`) and runs their drivers on a ``DeviceLoop``.
///
/// The device is grabbed, unless it was asked otherwise: its keys reach this gateway and nobody else, neither a console nor a desktop; closing the
/// line releases it. Each `.received` of the driver is a whole number of `struct input_event` (24 bytes each on 64-bit
/// Linux, at most 21 at once), whose times are of CLOCK_BOOTTIME, as the driver's `now` is.
public struct EvdevTransport: DeviceTransport {
    private let loop: DeviceLoop
    private let grabs: Bool

    /// Opens lines for the loop; without grabbing, somebody may go on typing on the device.
    public init(loop: DeviceLoop, grabs: Bool = true) {
        self.loop = loop
        self.grabs = grabs
    }

    /// Opens and grabs an input device.
    ///
    /// Throws `device.missing`, `.grabbed`, `.no-permission`, `.not-an-input` or `.cannot-open`.
    public func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        try await loop.attach(line, driver: driver) { [grabs] line throws(GatewayError) in
            try EvdevNode.open(line, grabs: grabs)
        }
    }
}

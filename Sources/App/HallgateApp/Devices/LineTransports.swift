// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import EvdevTransport
import HIDTransport
import Logging
import RatingModel
import RelayTransport
import SerialTransport
import TCPTransport

/// Opens each line by the transport of its kind, all of them on one loop.
struct LineTransports: DeviceTransport {
    private let serial: SerialTransport
    private let hid: HIDTransport
    private let evdev: EvdevTransport
    private let tcp: TCPTransport
    private let relay: RelayTransport

    /// Opens lines for the loop; without grabbing, what is typed on input devices reaches others as well.
    ///
    /// Without an exchange no pad can connect in.
    init(
        loop: DeviceLoop, pads: PadExchange = PadExchange(logger: Logger(label: "hallgate.pads")),
        grabsInputs: Bool = true
    ) {
        serial = SerialTransport(loop: loop)
        hid = HIDTransport(loop: loop)
        evdev = EvdevTransport(loop: loop, grabs: grabsInputs)
        tcp = TCPTransport(loop: loop)
        relay = RelayTransport(loop: loop, exchange: pads)
    }

    func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        switch line.kind {
        case .serial: try await serial.open(line, driver: driver)
        case .hidraw: try await hid.open(line, driver: driver)
        case .evdev: try await evdev.open(line, driver: driver)
        case .tcp, .rfc2217: try await tcp.open(line, driver: driver)
        case .web: try await relay.open(line, driver: driver)
        }
    }
}

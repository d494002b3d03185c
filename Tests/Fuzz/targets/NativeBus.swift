// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI PadProtocol NativePad
// with: Sources/Drivers/NativePad/NativeBusDriver.swift
// measured: NativeBusDriver NativeBusDriver+Turns BusPad BusSettings ReportDriver PadPairing NativePadDriver+Proof
// traces: native

import DeviceAPI
import NativePad
import RatingModel

@testable import PadProtocol

/// The native pad on a bus, in HID reports, and where proofs are demanded; an instruction 1 makes a frame of address,
/// type and fields.
func fuzz(_ input: [UInt8]) {
    let pairing = PadPairing(isRequired: true) { _, bytes in [UInt8](repeating: UInt8(bytes.count & 0xFF), count: 32) }
    DriverProgram.run(input, dress: dressed) { variant -> any DeviceDriver in
        switch variant % 4 {
        case 0: NativeBusDriver(BusSettings(addresses: [1, 2, 100]))
        case 1: NativeBusDriver(BusSettings(addresses: [1]), pairing: pairing)
        case 2: NativeReportDriver()
        default: NativePadDriver(pairing: pairing)
        }
    }
}

private func dressed(_ bytes: [UInt8]) -> [UInt8] {
    var writer = FrameWriter(address: bytes.first ?? 0, type: bytes.dropFirst().first ?? 0)
    for byte in bytes.dropFirst(2).prefix(ProtocolLimits.bodyBytes - 6) { writer.u8(byte) }
    return writer.finish()
}

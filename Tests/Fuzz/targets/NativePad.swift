// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI PadProtocol NativePad
// measured: KnownPad NativePadDriver NativePadDriver+Link NativePadDriver+Presses PressMemory Requests
// measured: DisplayRequests ScanAssembly NativePadDriver+Masking
// traces: native

import DeviceAPI
import NativePad
import RatingModel

@testable import PadProtocol

/// The native pad's driver; an instruction 1 makes a frame of address, type and fields.
func fuzz(_ input: [UInt8]) {
    DriverProgram.run(input, dress: dressed) { _ in NativePadDriver() }
}

private func dressed(_ bytes: [UInt8]) -> [UInt8] {
    var writer = FrameWriter(address: bytes.first ?? 0, type: bytes.dropFirst().first ?? 0)
    for byte in bytes.dropFirst(2).prefix(ProtocolLimits.bodyBytes - 6) { writer.u8(byte) }
    return writer.finish()
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI HIDPad
// traces: hid

import DeviceAPI
import HIDPad
import RatingModel

/// Pads of HID reports, with and without a number; an instruction 1 makes a report of its bytes.
func fuzz(_ input: [UInt8]) {
    let variant = input.first ?? 0
    let number: UInt8? = variant & 1 == 0 ? nil : 3
    let settings = HIDPadSettings(
        line: "/dev/hidraw0", reportID: number, offset: Int(variant >> 1) % 4, mask: variant & 8 == 0 ? 0xFF : 0x0F,
        keys: .five, thanks: variant & 16 == 0 ? [3, 1] : nil, fault: [3, 2], prompt: variant & 32 == 0 ? [3, 4] : nil)
    DriverProgram.run(input, dress: { (number.map { [$0] } ?? []) + $0 }) { _ in HIDPadDriver(settings) }
}

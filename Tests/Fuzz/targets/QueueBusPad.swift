// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI QueueBusPad
// traces: queue-bus

import DeviceAPI
import QueueBusPad
import RatingModel

/// The queue bus; an instruction 1 makes a frame with length, checksum and end of its bytes.
func fuzz(_ input: [UInt8]) {
    let variant = input.first ?? 0
    let settings = QueueBusSettings(
        line: "/dev/bus", timeoutValue: variant & 1 == 0 ? 1 : nil, addresses: variant & 2 == 0 ? [1, 2] : [])
    DriverProgram.run(input, dress: dressed) { _ in QueueBusPadDriver(settings) }
}

private func dressed(_ bytes: [UInt8]) -> [UInt8] {
    let length = UInt8(truncatingIfNeeded: bytes.count)
    return [0xFF, 0x68, length, length, 0x68] + bytes + [bytes.reduce(0, &+), 0x16]
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI KeyboardPad
// traces: keyboard

import DeviceAPI
import KeyboardPad
import RatingModel

/// Pads that are keyboards; an instruction 1 makes key events of its bytes: the key's code, from 80 on let go.
func fuzz(_ input: [UInt8]) {
    let endsWithEnter = (input.first ?? 0) & 1 != 0
    DriverProgram.run(input, dress: dressed) { _ in
        KeyboardPadDriver(.init(line: "/dev/input/event0", endsWithEnter: endsWithEnter))
    }
}

private func dressed(_ bytes: [UInt8]) -> [UInt8] {
    bytes.prefix(64).flatMap { byte in
        [UInt8](repeating: 0, count: 16) + [1, 0, byte & 0x7F, 0, byte < 0x80 ? 1 : 0, 0, 0, 0]
    }
}

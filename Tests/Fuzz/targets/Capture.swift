// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI GBKText FramedPad FrameInference
// measured: Capture

import FrameInference

/// The reader of captures: bytes, hexadecimal text, dumps and traces.
func fuzz(_ input: [UInt8]) {
    let capture = Capture(file: input)
    precondition(capture.pieces.reduce(0) { $0 + $1.bytes.count } <= input.count, "more bytes than the file has")
    precondition(input.isEmpty || !capture.pieces.isEmpty, "a file of which nothing is left")
    precondition(capture.device.count <= Capture.mostBytes, "more bytes than are looked at")
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI GBKText FramedPad FrameInference
// measured: FrameInference FrameHypothesis
// longest: 48

import FrameInference
import FramedPad
import RatingModel

/// What is guessed of a capture that an operator hands in, whatever it holds. Some thousand hypotheses are tried for
/// each input, so inputs are short; FrameModel takes one of them further.
func fuzz(_ input: [UInt8]) {
    guard let found = FrameInference.infer(Capture([.init(isFromDevice: true, input)])) else { return }
    precondition(found.frames >= 2 && found.garbage >= 0 && found.garbage < input.count, "frames that are not there")
}

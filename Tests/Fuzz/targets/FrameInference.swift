// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI FramedPad FrameInference
// longest: 256

import FrameInference
import FramedPad
import RatingModel

/// What is guessed of a capture that an operator hands in: a draft is made of it, whatever it holds.
func fuzz(_ input: [UInt8]) {
    guard let found = FrameInference.infer(Capture(file: input)) else { return }
    precondition(!found.stanza(language: "en").isEmpty && !found.stanza(language: "zh_CN").isEmpty, "an empty draft")
}

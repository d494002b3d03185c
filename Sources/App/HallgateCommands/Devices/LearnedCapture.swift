// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FrameInference
import HallgateApp

/// Which of several captures of one pad is worth keeping: at a wrong speed every byte is wrong.
enum LearnedCapture {
    /// Most captures looked at closely, those with the most bytes first.
    private static let mostExamined = 8

    /// The capture most of which falls into frames, else the longest; `nil` where there is none.
    static func likeliest(of captures: [LineCapture]) -> LineCapture? {
        let examined = captures.prefix(mostExamined).map { capture -> (capture: LineCapture, share: Double) in
            let found = FrameInference.infer(
                Capture(capture.reads.map { Capture.Piece(isFromDevice: true, $0) }))
            guard let found, found.bytes > 0 else { return (capture, 0) }
            return (capture, Double(found.bytes - found.garbage) / Double(found.bytes))
        }
        guard let best = examined.max(by: { $0.share < $1.share }) else { return nil }
        return best.share > 0 ? best.capture : captures.first
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI GBKText FramedPad FrameInference
// measured: ChecksumSearch DraftStanza Entropy FieldSearch FrameModel GuessReasons
// longest: 192

import FramedPad
import RatingModel

@testable import FrameInference

/// One hypothesis on a capture worked out to a draft, where FrameInference tries some thousand: the first bytes say
/// which, the rest is the capture.
func fuzz(_ input: [UInt8]) {
    guard input.count > 8 else { return }
    let stream = Array(input.dropFirst(4))
    let start = Array(stream.prefix(input[0] & 1 == 0 ? 1 : 2))
    let length: FrameHypothesis.Length =
        switch input[0] >> 1 & 3 {
        case 0: .fixed(3 + Int(input[1]) % 62)
        case 1: .terminated(input[1] < 0x80 ? [input[2]] : [0x0D, 0x0A])
        default: .byte(at: 1 + Int(input[1]) % 6, overhead: 1 + Int(input[2]) % 14)
        }
    let places = stream.indices.filter { stream[$0...].prefix(start.count).elementsEqual(start) }
    let hypothesis = FrameHypothesis(start: start, length: length)
    let frames = hypothesis.frames(in: stream, places: places).map { Array(stream[$0]) }
    let candidate = HypothesisSearch.Candidate(hypothesis: hypothesis, frames: frames, weight: 1)
    var search = ChecksumSearch()
    let constancy = FrameModel.constancies(among: 9)[Int(input[3]) % 2]
    guard var model = FrameModel(candidate, constancy: constancy, &search) else { return }
    model.weigh(stream)
    guard model.frames.count >= 2 else { return }
    if var tight = model.tightened(&search) {
        tight.weigh(stream)
        draft(tight)
    }
    draft(model)
}

private func draft(_ model: FrameModel) {
    let fields = FieldSearch(model)
    let found = InferredFrames(
        description: model.description, guesses: GuessReasons(model: model, fields: fields).guesses,
        values: fields.keys.map { InferredFrames.Value(value: $0.value, count: $0.count) }, bytes: 0,
        frames: model.frames.count, garbage: model.garbage)
    precondition(!found.stanza(language: "en").isEmpty && !found.stanza(language: "zh_CN").isEmpty, "an empty draft")
}

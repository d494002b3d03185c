// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel UplinkAPI
// files: Sources/Uplinks/RegionProfiles/RegionAnswer.swift Sources/Uplinks/RegionProfiles/RegionProfile.swift
// measured: RegionAnswer

import RatingModel
import UplinkAPI

/// What a region answers to a batch of one or two: whatever it says, each rating has one outcome, and the words that
/// are kept are short and harmless.
func fuzz(_ input: [UInt8]) {
    guard let answer = RegionAnswer(Array(input.dropFirst())) else { return }
    let batch = Array(ratings.prefix(1 + Int(input[0] & 1)))
    switch answer.report(on: batch, profile: .national) {
    case .answered(let outcomes):
        precondition(outcomes.count == batch.count, "ratings without an outcome")
        outcomes.forEach { check($0.answer) }
    case .refusedWhole(let words): check(words)
    case .unreachable: preconditionFailure("an answer that is none")
    }
}

private func check(_ words: String) {
    precondition(words.utf8.count <= 2 * ReceiptText.mostBytes + 64, "too many words")
    precondition(!words.unicodeScalars.contains { $0.properties.generalCategory == .control }, "control characters")
}

private let ratings = [1, 2].map { (number: UInt64) in
    let press = CapturedPress(
        key: PressKey(device: DeviceID("pad-1"), log: 1, sequence: number), outcome: .timedOut, prompt: nil, age: nil,
        lifetimeCount: nil, driver: "native", rawFrame: [1])
    let moment = CaptureTime(
        wall: WallTime(millisecondsSinceEpoch: 0), monotonic: MonotonicInstant(nanoseconds: 0), boot: BootID("0"),
        isWallTrusted: true)
    let rating = Rating(
        press: press, pressedAt: moment, window: nil, session: nil, caseReference: nil, staff: nil)
    return OutgoingRating(id: RecordID(high: 0, low: number), rating: rating, personal: nil, ordinal: 1)
}

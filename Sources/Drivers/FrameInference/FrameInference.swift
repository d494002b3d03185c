// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import FramedPad
public import RatingModel

/// What a capture says of an unknown pad's frames: guesses with their reasons, for an operator to check.
///
/// No level is guessed: which value means which word only the pad's keys tell.
public struct InferredFrames: Sendable, Hashable {
    /// How much speaks for a guess.
    public enum Confidence: String, Sendable, Hashable {
        /// Chance would hardly do it.
        case high
        /// It fits, and something else might fit as well.
        case medium
        /// It is where makers usually put it.
        case low
    }

    /// A guess.
    public struct Guess: Sendable, Hashable {
        /// What is guessed, by the key of a description.
        public let field: FrameField
        /// The guess as a description writes it.
        public let value: String
        /// How much speaks for it.
        public let confidence: Confidence
        /// Why.
        public let reason: LocalText
    }

    /// A value that presses had.
    public struct Value: Sendable, Hashable {
        /// The value.
        public let value: UInt8
        /// How often it came.
        public let count: Int
    }

    /// The frames as a description, without keys and without templates.
    public let description: FrameDescription
    /// Every guess, in the order of a description.
    public let guesses: [Guess]
    /// The values that presses had, by value.
    public let values: [Value]
    /// How many bytes of the pad were looked at.
    public let bytes: Int
    /// How many frames were found.
    public let frames: Int
    /// How many bytes belong to none.
    public let garbage: Int
}

/// Guesses how the frames of an unknown pad are made.
///
/// Every framing of a few thousand is tried, and the one is taken that foretells most of the capture for the fewest
/// words (the principle of minimum description length): constant bytes, lengths and checksums that come true count for
/// it, bytes that belong to no frame and each thing that has to be stated against it.
public enum FrameInference {
    /// The guesses; `nil` where nothing in the capture repeats in a way that looks like frames.
    public static func infer(_ capture: Capture) -> InferredFrames? {
        let stream = capture.device
        var models: [FrameModel] = []
        var seen: Set<FrameModel.Framing> = []
        var search = ChecksumSearch()
        for candidate in HypothesisSearch(stream: stream).candidates() {
            for constancy in FrameModel.constancies(among: candidate.frames.count) {
                // Hypotheses that differ in what they began with often come to the same.
                guard var model = FrameModel(candidate, constancy: constancy, &search),
                    seen.insert(model.framing).inserted
                else { continue }
                model.weigh(stream)
                models.append(model)
            }
        }
        guard var best = models.max(by: { $0.bits < $1.bits }), best.bits > 0, best.frames.count >= 2 else {
            return nil
        }
        // A byte that counts just what the checksum covers is no accident, even where a looser rule explains a frame or
        // two more that noise has bent.
        let counting = models.filter {
            $0.countsWhatIsChecked && $0.checksum == best.checksum && $0.frames.count * 10 >= best.frames.count * 8
        }
        if let better = counting.max(by: { $0.bits < $1.bits }) { best = better }
        if var tight = best.tightened(&search) {
            tight.weigh(stream)
            if tight.frames.count * 10 >= best.frames.count * 7 { best = tight }
        }
        let fields = FieldSearch(best)
        var description = best.description
        description.length = widened(best.length)
        description.address = fields.address.map { FramePlace($0) }
        description.press?.value = FramePlace(fields.value ?? 0)
        description.press?.when = fields.function.map { [$0] } ?? []
        return InferredFrames(
            description: description, guesses: GuessReasons(model: best, fields: fields).guesses,
            values: fields.keys.map { InferredFrames.Value(value: $0.value, count: $0.count) }, bytes: stream.count,
            frames: best.frames.count, garbage: best.garbage)
    }

    /// Lengths that the capture does not show may come as well.
    private static func widened(_ length: FrameDescription.Length) -> FrameDescription.Length {
        guard case .byte(var rule) = length else { return length }
        let most = min(rule.values.upperBound + 8, FrameDescription.mostBytes - rule.overhead, 255)
        rule.values = rule.values.lowerBound...max(most, rule.values.lowerBound)
        return .byte(rule)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// The prompt a device is showing, remembered by the driver of a device that can be asked but does not say in its
/// answer what it was asked.
///
/// A press carries the prompt once: a second press is a correction or another citizen's, which the engine tells apart.
public struct RememberedPrompt: Sendable, Hashable {
    /// How long after the prompt's time an answer still belongs to it: the device counts its own time, and its
    /// report that nobody pressed comes after the end.
    public static let grace = Duration.seconds(2)

    private var number: PromptNumber?
    private var deadline = MonotonicInstant(nanoseconds: 0)

    /// Begins without a prompt.
    public init() {}

    /// The device is asked; 0 is no prompt.
    public mutating func begin(_ number: PromptNumber, timeout: Duration, at now: MonotonicInstant) {
        self.number = number == 0 ? nil : number
        deadline = now.advanced(by: timeout).advanced(by: Self.grace)
    }

    /// The prompt is taken back, if it is still the same.
    public mutating func cancel(_ number: PromptNumber) {
        if self.number == number { self.number = nil }
    }

    /// The prompt that a press at this moment answers; it is answered by that.
    public mutating func answer(at now: MonotonicInstant) -> PromptNumber? {
        defer { number = nil }
        return now <= deadline ? number : nil
    }
}

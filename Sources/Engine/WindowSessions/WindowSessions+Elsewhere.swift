// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

extension WindowSessions {
    /// The region says that a session's case was rated at its own page: the question is taken back, and nobody is said to
    /// have kept silent.
    ///
    /// There is no record of a rating here, the region has it. Whoever stands at the pad may press all the same, as after a
    /// page of the hall's: somebody who rated in the citizen's place must not take that from them.
    mutating func answerElsewhere(_ number: PromptNumber, at now: CaptureTime) -> [SessionAction] {
        guard let window = window(of: number), var open = windows[window]?.session,
            open.answer == .waiting || open.answer == .noAnswer
        else { return [] }
        let wasAsking = open.isAsking(at: now)
        open.answer = .answered
        open.isOpenAtPad = true
        windows[window]?.session = open
        return (wasAsking ? [.cancelPrompt(number, window, .answeredElsewhere)] : []) + [.cancelTimer(window)]
    }
}

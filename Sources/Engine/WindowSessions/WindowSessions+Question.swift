// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What a desk is shown of its window's question.
extension WindowSessions {
    /// The question to whoever stands at a window: how it ended, or how long it still runs, `nil` where it does not run;
    /// `nil` where nobody was asked, or the gateway is not sure who.
    public func question(
        at window: WindowID, _ now: CaptureTime
    ) -> (session: PromptNumber, answer: SessionAnswer, remaining: Duration?)? {
        guard let open = windows[window]?.session, open.isCertain, open.closedAt == nil,
            open.session.openedAt.boot == now.boot
        else { return nil }
        return (open.session.number, open.answer, open.isAsking(at: now) ? open.remaining(at: now) : nil)
    }
}

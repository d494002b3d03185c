// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What else can be shown of a window.
extension WindowSessions {
    /// The session of whoever stands at a window, whether pads ask, and whether a rating of it is on disk; `nil` where
    /// nobody does, or the gateway is not sure who.
    public func standing(
        at window: WindowID, _ now: CaptureTime
    ) -> (session: WindowSession, isAsking: Bool, isAnswered: Bool)? {
        guard let open = windows[window]?.session, open.isCertain, open.closedAt == nil, open.answer != .cancelled,
            open.session.openedAt.boot == now.boot
        else { return nil }
        return (open.session, open.isAsking(at: now), open.answer == .answered)
    }
}

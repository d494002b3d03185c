// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What can be looked for by the number of a ticket or a case.
extension WindowSessions {
    /// The window that serves a ticket, or has a case before it, for which no session was opened so far; the first by its
    /// id where several do.
    public func window(serving fits: (String) -> Bool) -> WindowID? {
        windows.filter { _, state in
            let numbers = [state.isServing ? state.ticket : nil, state.scannedCase?.projectNumber]
            return numbers.contains { $0.map(fits) ?? false }
        }.keys.min()
    }
}

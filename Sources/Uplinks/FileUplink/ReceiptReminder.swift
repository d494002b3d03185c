// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Decides after which looks for receipts the ratings that await one are to be delivered again; pure.
///
/// A receipt can be found before the journal knows that its rating awaits one: the stick was read while the delivery was
/// being settled. Asking once when receipts come would leave such a rating behind until the next receipt or the next start.
/// So it is asked again at growing intervals for as long as an answer was passed on to nobody; one whose rating an operator
/// took out of the queue is never passed on, and costs little that way.
public struct ReceiptReminder: Sendable {
    /// Most looks between two reminders: an hour at the usual interval of 30 s.
    static let mostLooks = 120

    private var pause = 0
    private var looksToGo = 0

    /// Starts with nothing to remind of.
    public init() {}

    /// Takes what a look found; answers whether what awaits a receipt is due.
    public mutating func isDue(after findings: ReceiptFindings) -> Bool {
        if findings.answered > 0 {
            (pause, looksToGo) = (1, 1)
            return true
        }
        guard findings.untold > 0 else {
            (pause, looksToGo) = (0, 0)
            return false
        }
        looksToGo -= 1
        guard looksToGo <= 0 else { return false }
        pause = min(max(1, pause * 2), Self.mostLooks)
        looksToGo = pause
        return true
    }
}

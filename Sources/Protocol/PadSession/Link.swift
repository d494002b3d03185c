// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// How the pad stands with the gateway.
struct Link: Sendable {
    /// Whether the gateway welcomed this pad since it was last asked who it is.
    var isOpen = false
    /// When to say hello next, while the link is not open.
    var helloDue: UInt64 = 0
    /// Time from the next hello to the one after.
    var helloInterval = ProtocolTimers.helloFirst
    /// The gateway's number of its last question.
    var nonce: UInt64 = 0
}

/// The prompt, and which answer about a prompt is owed.
struct PromptState: Sendable {
    /// The prompt that shows; 0 for none.
    var number: UInt32 = 0
    /// When it times out.
    var endsAt: UInt64 = 0
    /// The prompt that ended last: a retransmission of it must not show it again.
    var ended: UInt32 = 0
    /// The prompt an answer is owed about; 0 for none.
    var owes: UInt32 = 0
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// The pad's end of the protocol: a pure machine that knows no clock, no flash and no UART.
///
/// Its owner tells it events and carries out the actions in order. The owner keeps the non-volatile memory: an
/// `append` is written first and confirmed with `appended`, and only then does the session send the press; a `trim`
/// releases an entry. After a power cut the owner makes a new session from the PadMemory it reads back.
public struct PadSession: Sendable {
    /// Who the pad is.
    public let identity: PadIdentity

    /// Starts from what the memory holds; give `poweredOn` next.
    public init(identity: PadIdentity, memory: PadMemory) {
        self.identity = identity
    }

    /// Takes an event and answers with what is to be done, in order.
    ///
    /// `nowMilliseconds` counts from power-on and never steps back.
    public mutating func handle(_ event: PadEvent, at nowMilliseconds: UInt64) -> [PadAction] {
        []
    }
}

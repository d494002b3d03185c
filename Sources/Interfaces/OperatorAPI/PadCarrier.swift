// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the web process asks of the core for the pads that connect in: a line to each pad's driver.
public protocol PadCarrier: Sendable {
    /// Lets a pad in.
    ///
    /// Throws `web.unknown-pad` where no pad of that name has that key, `web.too-many-pads`, or `web.core-away`.
    func letIn(_ arrival: PadArrival) async throws(GatewayError) -> CarriedPad
}

/// A pad that was let in, as whoever holds its network connection sees it.
public struct CarriedPad: Sendable {
    /// What the core has for the pad.
    public enum Event: Sendable, Hashable {
        /// A message to send it.
        case message(String)
        /// The core is through with it: `replaced`, because the pad connected in anew, `closed`, because the gateway ended
        /// the line, or `away`, because the core itself has gone. Nothing follows.
        case ended(reason: String)
    }

    /// What the core has for the pad, in its order.
    public let events: AsyncStream<Event>
    /// Hands a message of the pad on, and returns once the pad's line has it; one at a time. A rating is recorded only once
    /// an event tells the pad so.
    public let say: @Sendable (String) async throws(GatewayError) -> Void
    /// The pad has gone. Calling it again does nothing.
    public let leave: @Sendable () -> Void

    /// Takes the parts.
    public init(
        events: AsyncStream<Event>, say: @escaping @Sendable (String) async throws(GatewayError) -> Void,
        leave: @escaping @Sendable () -> Void
    ) {
        self.events = events
        self.say = say
        self.leave = leave
    }
}

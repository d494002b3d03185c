// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What came of looking for receipts.
public struct ReceiptFindings: Sendable, Hashable {
    /// How many ratings are answered otherwise than before when they are delivered again.
    public var answered: Int
    /// How many answers no delivery was told yet, those of earlier looks among them.
    public var untold: Int
    /// Files that look like receipts and do not count, each told once.
    public var complaints: [GatewayError]

    /// Takes the fields.
    public init(answered: Int = 0, untold: Int = 0, complaints: [GatewayError] = []) {
        self.answered = answered
        self.untold = untold
        self.complaints = complaints
    }
}

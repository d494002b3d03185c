// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A way in which the stand-in region misbehaves; every kind has been seen of a real one, or of the line to it.
///
/// What is stored matters as much as what is answered, so each kind states it.
public enum FaultKind: Sendable, Hashable {
    /// Nothing is stored; the answer is this HTTP status, with `Retry-After` in seconds where given.
    case status(Int, retryAfterSeconds: Int?)
    /// Nothing is stored; 401.
    case unauthorized
    /// Nothing is stored; 200 with `{"success":false}`, the refusal of the whole batch.
    case refuseBatch
    /// Nothing is stored; 200 with bytes that are no JSON.
    case garbage
    /// Stored; the true answer's length is announced, half of it is sent, and the connection is closed.
    case truncate
    /// Stored; the connection is closed without an answer.
    case lostAnswer
    /// Stored; every rating is answered `duplicate`.
    case duplicate
    /// Nothing is stored; the connection is closed.
    case drop
    /// Nothing is stored; the connection is reset (RST).
    case reset
    /// Nothing is stored; 200 with a body that never ends.
    case endless
    /// Stored; the true answer comes after this time. It may fall on one request together with another kind.
    case delay(Duration)
    /// Stored; the true answer comes a byte at a time with this pause between two.
    case slow(Duration)
    /// Stored; the answer does not speak of the batch's first rating.
    case omit
    /// A rating the region does not hold yet is not stored and answered `rejected`.
    case reject
    /// A rating the region does not hold yet is not stored and answered `retry`.
    case retry

    /// The name it is counted under in the store: the word of the rule's text, with the number of a status.
    public var name: String {
        switch self {
        case .status(let code, _): "status:\(code)"
        case .unauthorized: "unauthorized"
        case .refuseBatch: "success=false"
        case .garbage: "garbage"
        case .truncate: "truncate"
        case .lostAnswer: "lostanswer"
        case .duplicate: "duplicate"
        case .drop: "drop"
        case .reset: "reset"
        case .endless: "endless"
        case .delay: "delay"
        case .slow: "slow"
        case .omit: "omit"
        case .reject: "reject"
        case .retry: "retry"
        }
    }

    /// Whether it decides single ratings, where the others decide a request.
    public var isPerRating: Bool { self == .reject || self == .retry }

    /// Whether the ratings of a request it decides are stored before it is answered.
    var storesRatings: Bool {
        switch self {
        case .truncate, .lostAnswer, .duplicate, .delay, .slow, .omit, .reject, .retry: true
        case .status, .unauthorized, .refuseBatch, .garbage, .drop, .reset, .endless: false
        }
    }
}

/// One fault and when it fires.
public struct FaultRule: Sendable, Hashable {
    /// What happens.
    public let kind: FaultKind
    /// How probable it is for a request, or for a rating where the kind is per rating; 0 to 1.
    public let probability: Double
    /// Since the rule was given: from when, and before when it can fire; always, where `nil`.
    public let window: Range<Duration>?
    /// How often it can fire before it is used up; without limit where `nil`.
    public let limit: Int?

    /// Takes the four parts.
    public init(
        _ kind: FaultKind, probability: Double = 1, window: Range<Duration>? = nil, limit: Int? = nil
    ) {
        self.kind = kind
        self.probability = probability
        self.window = window
        self.limit = limit
    }
}

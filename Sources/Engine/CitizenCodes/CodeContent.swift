// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What a code holds: where it stands and what it is for, and nothing of a person.
public struct CodeContent: Sendable, Hashable {
    /// The number that tells the code from every other one of its gateway.
    public var nonce: CodeNonce
    /// The window it stands at; `nil` for a code of the hall.
    public var window: WindowID?
    /// The session it was made for; `nil` for a code that stands there all day.
    public var session: PromptNumber?
    /// The case and service it was made for, where they are known.
    public var caseReference: CaseReference?
    /// The first moment at which it counts no more, in whole seconds; `nil` for a printed sign.
    public let expiresAt: WallTime?
    /// Whether one rating redeems it.
    public var isOneTime: Bool
    /// The visit at an ingest source's terminal that it was made for; `nil` for every other code.
    public var visit: SourceVisit?

    /// Takes the fields; parts of a second and moments before 1970 are cut off from `expiresAt`.
    public init(
        nonce: CodeNonce, window: WindowID? = nil, session: PromptNumber? = nil, caseReference: CaseReference? = nil,
        expiresAt: WallTime? = nil, isOneTime: Bool = false, visit: SourceVisit? = nil
    ) {
        self.nonce = nonce
        self.window = window
        self.session = session
        self.caseReference = caseReference
        self.expiresAt = expiresAt.map {
            WallTime(millisecondsSinceEpoch: max(0, $0.millisecondsSinceEpoch) / 1000 * 1000)
        }
        self.isOneTime = isOneTime
        self.visit = visit
    }
}

/// Whose terminal a code was made for, which of its ratings may be given there, and where the citizen goes from there.
public struct SourceVisit: Sendable, Hashable {
    /// Longest address of the way back, in bytes.
    public static let backBytes = 255

    /// The source's name.
    public var source: String
    /// The number under which the source's rating presses: all codes of a rating are redeemed together.
    public var press: UInt64
    /// The address that leads back to the terminal.
    public var back: String

    /// Takes the fields.
    public init(source: String, press: UInt64, back: String) {
        self.source = source
        self.press = press
        self.back = back
    }
}

/// The 96-bit number of a code. It is drawn at random, and is the nonce under which its code is sealed as well.
public struct CodeNonce: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Its length, in bytes.
    public static let byteCount = 12

    private let high: UInt32
    private let low: UInt64

    /// Takes 12 bytes from a generator that nobody can foresee; `nil` for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        high = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        low = bytes.dropFirst(4).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads what ``description`` writes: 24 hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard let bytes = HexText.bytes(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 12 bytes.
    public var bytes: [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: high >> (24 - 8 * $0)) }
            + (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * $0)) }
    }

    public var description: String { HexText.text(bytes) }

    public static func < (left: CodeNonce, right: CodeNonce) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// The number that tells a gateway from all others: drawn at random when it makes its first key.
public struct GatewayNumber: Sendable, Hashable, CustomStringConvertible {
    /// The number; it tells nothing else.
    public let value: UInt32

    /// Wraps a number.
    public init(_ value: UInt32) { self.value = value }

    /// Eight hexadecimal digits.
    public var description: String { HexText.text(bytes) }

    var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The sizes and versions of firmware-protocol.md.
public enum ProtocolLimits {
    /// The one version there is; a hello states a range (section 3.1).
    public static let version: UInt8 = 1
    /// Largest body: address, type, payload and checksum, before stuffing (section 4.2).
    public static let bodyBytes = 252
    /// Largest payload.
    public static let payloadBytes = bodyBytes - 6
    /// Largest frame on the line, with stuffing and both delimiters.
    public static let frameBytes = bodyBytes + 3
    /// Longest text in a hello, in UTF-8 bytes.
    public static let textBytes = 32
    /// The address of a pad on a line of its own.
    public static let directAddress: UInt8 = 0
    /// The address every pad on a bus listens to and none answers.
    public static let broadcastAddress: UInt8 = 127
    /// How many presses a pad may have on the way at once (section 3.3).
    public static let pressesInFlight = 4
    /// Shortest and longest prompt, in milliseconds (section 2.6).
    public static let promptMilliseconds: ClosedRange<UInt32> = 1_000...600_000
    /// The age of a press whose time was lost.
    public static let unknownAge: UInt32 = 0xFFFF_FFFF
}

/// The timers of firmware-protocol.md section 3.6, in milliseconds.
public enum ProtocolTimers {
    /// From power-on, or a hello unanswered, to the next hello; doubled each time.
    public static let helloFirst: UInt64 = 1_000
    /// Longest time between hellos.
    public static let helloMost: UInt64 = 16_000
    /// Time between hellos to a gateway that speaks no common version.
    public static let helloRejected: UInt64 = 60_000
    /// From a press sent to its first retransmission; doubled each time.
    public static let pressFirst: UInt64 = 500
    /// Longest time between retransmissions of a press.
    public static let pressMost: UInt64 = 8_000
    /// From a refusal to the next transmission of the press.
    public static let pressRefused: UInt64 = 30_000
    /// How long a citizen waits for thanks before the pad shows that it keeps the press.
    public static let thanks: UInt64 = 3_000
    /// How long `identify` blinks.
    public static let identify: UInt32 = 10_000
    /// From the gateway's request to its retransmission.
    public static let requestRetry: UInt64 = 500
    /// Longest time between the gateway's questions to a pad that does not answer.
    public static let askMost: UInt64 = 4_000
    /// Silence after which the gateway asks for a sign of life.
    public static let keepAlive: UInt64 = 5_000
    /// Silence after which the gateway closes and opens the line anew.
    public static let reopen: UInt64 = 60_000
}

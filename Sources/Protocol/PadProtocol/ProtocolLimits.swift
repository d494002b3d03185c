// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The sizes and versions of firmware-protocol.md.
public enum ProtocolLimits {
    /// The one version there is; a hello states a range (section 3.1).
    public static var version: UInt8 { 1 }
    /// Largest body: address, type, payload and checksum, before stuffing (section 4.2).
    public static var bodyBytes: Int { 252 }
    /// Largest payload.
    public static var payloadBytes: Int { bodyBytes - 6 }
    /// Largest frame on the line, with stuffing and both delimiters.
    public static var frameBytes: Int { bodyBytes + 3 }
    /// Longest text in a hello, in UTF-8 bytes.
    public static var textBytes: Int { 32 }
    /// The address of a pad on a line of its own.
    public static var directAddress: UInt8 { 0 }
    /// The address every pad on a bus listens to and none answers.
    public static var broadcastAddress: UInt8 { 127 }
    /// How many presses a pad may have on the way at once (section 3.3).
    public static var pressesInFlight: Int { 4 }
    /// Shortest and longest prompt, in milliseconds (section 2.6).
    public static var promptMilliseconds: ClosedRange<UInt32> { 1_000...600_000 }
    /// Longest text on a display, content of a QR code, and part of a scanned code (sections 2.10 and 2.11).
    public static var displayBytes: Int { 200 }
    /// Longest language tag.
    public static var languageBytes: Int { 16 }
    /// Longest badge number on a staff card.
    public static var badgeBytes: Int { 32 }
    /// Longest name on a staff card.
    public static var nameBytes: Int { 64 }
    /// The photograph of a staff card without one.
    public static var noPhotograph: UInt16 { 0xFFFF }
    /// Shortest and longest life of a QR code, in milliseconds.
    public static var qrCodeMilliseconds: ClosedRange<UInt32> { 1_000...3_600_000 }
    /// Longest scanned code.
    public static var scanBytes: Int { 512 }
    /// How often a part of a scanned code is sent before it is given up.
    public static var scanAttempts: Int { 8 }
    /// Bytes of a firmware image in one chunk, at most (section 2.12).
    public static var chunkBytes: Int { 200 }
    /// Smallest and largest firmware image.
    public static var imageBytes: ClosedRange<UInt32> { 1...16_777_216 }
    /// The age of a press whose time was lost.
    public static var unknownAge: UInt32 { 0xFFFF_FFFF }
}

/// The timers of firmware-protocol.md section 3.6, in milliseconds.
///
/// These are computed, because a stored constant takes room in a pad's flash even where nothing uses it.
public enum ProtocolTimers {
    /// From power-on, or a hello unanswered, to the next hello; doubled each time.
    public static var helloFirst: UInt64 { 1_000 }
    /// Longest time between hellos.
    public static var helloMost: UInt64 { 16_000 }
    /// Time between hellos to a gateway that speaks no common version.
    public static var helloRejected: UInt64 { 60_000 }
    /// From a press sent to its first retransmission; doubled each time.
    public static var pressFirst: UInt64 { 500 }
    /// Longest time between retransmissions of a press.
    public static var pressMost: UInt64 { 8_000 }
    /// From a refusal to the next transmission of the press.
    public static var pressRefused: UInt64 { 30_000 }
    /// How long a citizen waits for thanks before the pad shows that it keeps the press.
    public static var thanks: UInt64 { 3_000 }
    /// How long `identify` blinks.
    public static var identify: UInt32 { 10_000 }
    /// From the gateway's request to its retransmission.
    public static var requestRetry: UInt64 { 500 }
    /// Longest time between the gateway's questions to a pad that does not answer.
    public static var askMost: UInt64 { 4_000 }
    /// Silence after which the gateway asks for a sign of life.
    public static var keepAlive: UInt64 { 5_000 }
    /// Silence after which the gateway closes and opens the line anew.
    public static var reopen: UInt64 { 60_000 }
    /// From one health to the next that a keep-alive on a bus brings; a turn in between is an entry's.
    public static var healthOnBus: UInt64 { 60_000 }
    /// From the gateway's last byte on a bus to the first of an answer, and between two bytes of it.
    public static var busAnswer: UInt64 { 10 }
    /// Silence on a bus after which a pad drops the frame it has half of.
    public static var busGap: UInt64 { 5 }
    /// From an answer on a bus to the gateway's next byte.
    public static var busTurn: UInt64 { 1 }
    /// Shortest round on a bus.
    public static var busRound: UInt64 { 50 }
}

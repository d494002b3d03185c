// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What an entry of a pad's log says (firmware-protocol.md section 2.3).
public enum PressResult: UInt8, Sendable, Hashable {
    /// A rating key went down.
    case rated = 1
    /// The prompt's time ran out; never a rating.
    case timedOut = 2
    /// The citizen pressed the cancel key.
    case cancelled = 3
}

/// The versions an end speaks, from lowest to highest.
public struct VersionRange: Sendable, Hashable {
    /// The lowest; at least 1.
    public var lowest: UInt8
    /// The highest; not below the lowest.
    public var highest: UInt8

    /// Takes the two ends.
    public init(_ lowest: UInt8, _ highest: UInt8) {
        self.lowest = lowest
        self.highest = highest
    }

    /// What this code speaks.
    public static let spoken = VersionRange(ProtocolLimits.version, ProtocolLimits.version)

    var isValid: Bool { lowest >= 1 && lowest <= highest }
}

/// A pad says who it is and what it holds (section 2.2).
public struct Hello: Sendable, Hashable {
    /// Lowest and highest protocol version the pad speaks.
    public var versions: VersionRange
    /// Conformance level, 0 to 3 (section 1.3).
    public var conformance: UInt8
    /// How many rating keys the pad has.
    public var keys: UInt8
    /// The number on its label.
    public var padID: UInt64
    /// The number of its log; not 0.
    public var log: UInt64
    /// The gateway's number of the last `ask`; 0 where there was none since power-on.
    public var nonce: UInt64
    /// Maker and model, UTF-8.
    public var model: [UInt8]
    /// Firmware version, UTF-8.
    public var firmware: [UInt8]

    /// Takes the fields.
    public init(
        versions: VersionRange, conformance: UInt8, keys: UInt8, padID: UInt64, log: UInt64, nonce: UInt64,
        model: [UInt8], firmware: [UInt8]
    ) {
        self.versions = versions
        self.conformance = conformance
        self.keys = keys
        self.padID = padID
        self.log = log
        self.nonce = nonce
        self.model = model
        self.firmware = firmware
    }
}

/// An entry of the log on its way to the gateway (section 2.3).
public struct PressReport: Sendable, Hashable {
    /// The log it stands in.
    public var log: UInt64
    /// Its place there, from 1.
    public var sequence: UInt32
    /// How often rating keys went down in the pad's life.
    public var lifetimeCount: UInt32
    /// How long ago it was made, in milliseconds; ProtocolLimits/unknownAge where that was lost.
    public var ageMilliseconds: UInt32
    /// The prompt it answers; 0 without one.
    public var prompt: UInt32
    /// What happened.
    public var result: PressResult
    /// 1 (very satisfied) to 5; 0 unless rated.
    public var level: UInt8
    /// From the left and from 1; 0 unless rated.
    public var key: UInt8

    /// Takes the fields.
    public init(
        log: UInt64, sequence: UInt32, lifetimeCount: UInt32, ageMilliseconds: UInt32, prompt: UInt32,
        result: PressResult, level: UInt8, key: UInt8
    ) {
        self.log = log
        self.sequence = sequence
        self.lifetimeCount = lifetimeCount
        self.ageMilliseconds = ageMilliseconds
        self.prompt = prompt
        self.result = result
        self.level = level
        self.key = key
    }
}

/// How a pad is (section 2.9).
public struct PadHealth: Sendable, Hashable {
    /// Whether presses are refused until `resume`.
    public var isPaused: Bool
    /// Whether the log has no room, so that presses are not taken.
    public var isLogFull: Bool
    /// Entries that wait in the log.
    public var waiting: UInt16
    /// How often rating keys went down in the pad's life.
    public var lifetimeCount: UInt32
    /// Seconds since power-on.
    public var uptimeSeconds: UInt32

    /// Takes the fields.
    public init(isPaused: Bool, isLogFull: Bool, waiting: UInt16, lifetimeCount: UInt32, uptimeSeconds: UInt32) {
        self.isPaused = isPaused
        self.isLogFull = isLogFull
        self.waiting = waiting
        self.lifetimeCount = lifetimeCount
        self.uptimeSeconds = uptimeSeconds
    }
}

/// What a pad can say.
public enum PadMessage: Sendable, Hashable {
    /// Who it is.
    case hello(Hello)
    /// An entry of its log.
    case press(PressReport)
    /// Whether the prompt of that number shows: the answer to `prompt` and `cancelPrompt`.
    case prompting(number: UInt32, isShowing: Bool)
    /// How it is: the answer to `keepAlive`, `pause`, `resume` and `identify`.
    case health(PadHealth)
    /// Nothing to say; only on a bus, where every turn is answered.
    case idle
    /// How the content or the scanner's switching of that number stands.
    case shown(number: UInt32, ShownState)
    /// A part of a scanned code.
    case scanned(ScannedPart)
    /// The answer to a challenge.
    case proof(ProofResult, Code128)
    /// An entry of the log with the code that proves it.
    case provenPress(PressReport, Code128)
    /// How a firmware update stands, and the next byte that is wanted.
    case progress(number: UInt32, UpdateState, offset: UInt32)
}

/// What the gateway can say.
public enum HostMessage: Sendable, Hashable {
    /// Who are you? States the gateway's versions and a number for this connection.
    case ask(versions: VersionRange, nonce: UInt64)
    /// The session is open in this version; 0 means that there is no common one.
    case welcome(version: UInt8)
    /// The entry is on the gateway's disk.
    case acknowledge(log: UInt64, sequence: UInt32)
    /// The entry could not be recorded now: signal it and keep it.
    case refuse(log: UInt64, sequence: UInt32)
    /// Ask the citizen for a rating; the number is not 0.
    case prompt(number: UInt32, milliseconds: UInt32)
    /// Take the prompt back.
    case cancelPrompt(number: UInt32)
    /// Refuse presses until `resume`.
    case pause
    /// Take presses again.
    case resume
    /// The wall clock, in milliseconds since 1970-01-01T00:00:00Z.
    case time(millisecondsSinceEpoch: UInt64)
    /// Say how you are; on a bus, your turn.
    case keepAlive
    /// Blink and beep.
    case identify
}

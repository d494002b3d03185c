// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The key under which a press can exist once: the device, its log, and the press's place in that log.
public struct PressKey: Sendable, Hashable, CustomStringConvertible {
    /// Who captured the press.
    public let device: DeviceID
    /// The random number the pad minted when its log was created; for devices without a log, the connection's number.
    public let log: UInt64
    /// The place in the log, from 1; it never resets within a log.
    public let sequence: UInt64

    /// The log of presses that are known by the prompt they answer, of devices that keep no log but repeat the prompt's
    /// number whenever they send the press: the place is that number, and what lies between two of them is no gap.
    public static let promptLog: UInt64 = 0

    /// Names a press.
    public init(device: DeviceID, log: UInt64, sequence: UInt64) {
        self.device = device
        self.log = log
        self.sequence = sequence
    }

    /// The key of something that is sent once and is no place in a log, as from a page or a form: the source has a name
    /// as a device, and each of its presses a random number, of which 62 bits are kept so that it fits a signed number. What lies between two of them
    /// is no gap.
    public static func oneTime(_ source: DeviceID, number: UInt64) -> PressKey {
        PressKey(device: source, log: promptLog, sequence: number % (1 << 62) | 1 << 62)
    }

    /// Whether it was made by ``oneTime(_:number:)``: such a press corrects no other and is corrected by none, and
    /// belongs to a session only where it names one. The numbers of prompts are far below.
    public var isOneTime: Bool { log == Self.promptLog && sequence >= 1 << 62 }

    public var description: String { "\(device)/\(String(log, radix: 16))/\(sequence)" }
}

/// How a prompt ended, or what was pressed without one.
public enum PressOutcome: Sendable, Hashable {
    /// A key was pressed: its level, its number on the pad from the left and from 1, and the word printed on it.
    case rated(SatisfactionLevel, key: UInt8, label: String)
    /// The prompt's time ran out: a result of its own, never a rating.
    case timedOut
    /// The citizen pressed the cancel key.
    case cancelled
}

/// How far it is proven that a press came from the device it names.
public enum PressAuthenticity: UInt8, Sendable, Hashable, CaseIterable {
    /// Nobody asked for a proof: the device gives none, or its key is not known here.
    case unproven = 0
    /// The device proved its key, and the press carries a code made with it.
    case proven = 1
    /// A proof was due and is missing or wrong.
    case failed = 2
}

/// What a driver says was captured; it is called a press until it is committed, then a rating.
public struct CapturedPress: Sendable, Hashable {
    /// The identity of the press.
    public let key: PressKey
    /// What was pressed, or that nothing was.
    public let outcome: PressOutcome
    /// The prompt it answers, as the pad was told; `nil` without one.
    public let prompt: PromptNumber?
    /// How long before its report the press was made; `nil` where the pad lost count, as after a power cut.
    public let age: Duration?
    /// How often the pad was pressed in its whole life, where it counts (G4).
    public let lifetimeCount: UInt64?
    /// The driver's name, such as `native`.
    public let driver: String
    /// The frame as it came in, the evidence; at most ``Limits/rawFrameBytes`` bytes.
    public let rawFrame: [UInt8]
    /// The address of the device on a line that several share, by which the press finds its window; it is not recorded,
    /// for the device's name and the frame say it already.
    public let address: BusAddress?
    /// How far the device is proven.
    public let authenticity: PressAuthenticity
    /// Whether the configuration demands a proof that the press lacks, so that it is kept and not delivered before an
    /// operator says so; it is not recorded, for it decides only how the delivery begins.
    public let isQuarantined: Bool

    /// Takes what the driver decoded.
    public init(
        key: PressKey, outcome: PressOutcome, prompt: PromptNumber?, age: Duration?, lifetimeCount: UInt64?,
        driver: String, rawFrame: [UInt8], address: BusAddress? = nil,
        authenticity: PressAuthenticity = .unproven, isQuarantined: Bool = false
    ) {
        self.key = key
        self.outcome = outcome
        self.prompt = prompt
        self.age = age
        self.lifetimeCount = lifetimeCount
        self.driver = driver
        self.rawFrame = rawFrame
        self.address = address
        self.authenticity = authenticity
        self.isQuarantined = isQuarantined
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadParts
import PadProtocol
import PadSecurity
import PadSession
import RatingModel

/// A pad and a gateway that talk over a bad line on virtual time, both losing power now and then, all from one seed.
///
/// What must hold is checked against two books that no power cut touches: what the pad's flash ever wrote, and what
/// the gateway's journal committed.
struct Conversation {
    static let padID: UInt64 = 0x00C0_FFEE_0000_0042
    static let deviceName = "native-00c0ffee00000042"
    /// After three hours without a power cut left to wait for, something is stuck.
    private static let patience: UInt64 = 3 * 3_600_000

    let seed: UInt64
    let wanted: Int
    /// Whether the pad is at L2 and the gateway has its key.
    let isProven: Bool
    let roughness: Roughness
    var dice: Dice
    var tally = Tally()
    var now: UInt64 = 0
    private(set) var failure: String?

    // The pad's side.
    var flash: PadFlash
    var pad: FullPad<HMACSHA256>?
    var padStartedAt: UInt64 = 0
    var padTimer: UInt64 = .max
    var padPowerAt: UInt64 = 0
    var confirmations: [(at: UInt64, sequence: UInt32)] = []
    // The line.
    var toGateway = SimulatedWire()
    var toPad = SimulatedWire()
    // The gateway's side.
    var gateway: NativePadDriver?
    var gatewayPowerAt: UInt64 = 0
    var answerTimer: UInt64 = .max
    var keepAliveTimer: UInt64 = .max
    var commits: [(at: UInt64, press: CapturedPress)] = []
    var journal: [Place: CapturedPress] = [:]
    // The people.
    private var nextStepAt: UInt64 = 100
    private var nextPrompt: UInt32 = 1
    private let longestGap: UInt64

    init(seed: UInt64, presses: Int = 50, isProven: Bool = false, roughness: Roughness = Roughness()) {
        self.seed = seed
        self.roughness = roughness
        wanted = presses
        self.isProven = isProven
        dice = Dice(seed: seed)
        // One conversation in eight has a log so small that it runs full.
        let capacity = dice.below(8) == 0 ? Int(dice.between(2, 6)) : 64
        flash = PadFlash(log: dice.next() | 1, capacity: capacity)
        longestGap = [60, 400, 3000][Int(dice.below(3))]
        tally.conversations = 1
    }

    mutating func fail(_ reason: String) {
        if failure == nil { failure = "seed \(seed), at \(now) ms: \(reason)" }
    }

    /// Runs until all presses are made and everything waiting has come through; returns what went wrong, if anything.
    mutating func run() -> String? {
        while failure == nil, tally.presses < wanted || !flash.waiting.isEmpty || pad == nil {
            guard now < Conversation.patience else {
                fail("\(flash.waiting.count) entries still wait after three hours")
                break
            }
            step()
        }
        if failure == nil { compareBooks() }
        return failure
    }

    /// Moves time to whatever comes next, and lets it happen.
    private mutating func step() {
        let stepAt = tally.presses < wanted ? nextStepAt : .max
        let padPower = pad == nil ? padPowerAt : .max
        let gatewayPower = gateway == nil ? gatewayPowerAt : .max
        let confirmAt = confirmations.first?.at ?? .max
        var commitAt = UInt64.max
        var commitIndex = 0
        for index in 0..<commits.count where commits[index].at < commitAt {
            commitAt = commits[index].at
            commitIndex = index
        }
        let atPad = min(padPower, padTimer, confirmAt, toPad.nextAt)
        let atGateway = min(gatewayPower, answerTimer, keepAliveTimer, min(commitAt, toGateway.nextAt))
        let next = min(stepAt, atPad, atGateway)
        now = max(now, next)
        switch next {
        case padPower: powerPad()
        case gatewayPower: powerGateway()
        case confirmAt: tellPad(.appended(sequence: confirmations.removeFirst().sequence))
        case commitAt: commit(at: commitIndex)
        case toPad.nextAt: tellPad(.received(toPad.receive()))
        case toGateway.nextAt: tellGateway(.received(toGateway.receive()))
        case padTimer:
            padTimer = .max
            tellPad(.timer)
        case answerTimer:
            answerTimer = .max
            tellGateway(.timer(.answer))
        case keepAliveTimer:
            keepAliveTimer = .max
            tellGateway(.timer(.keepAlive))
        default: people()
        }
    }

    /// Citizens and clerks do something, or the power goes.
    private mutating func people() {
        nextStepAt = now + dice.between(5, longestGap)
        switch dice.below(100) {
        case 0: if pad != nil { cutPad() }
        case 1: if gateway != nil { cutGateway() }
        case 2: toGateway.send([0x55, 0x00, 0x13], at: now, roughness: roughness, dice: &dice, tally: &tally)
        case 3: tellPad(.cancelPressed)
        case 4: tellGateway(.command(.pause))
        case 5...8: tellGateway(.command(.resume))
        case 9...20:
            tellGateway(.command(.prompt(nextPrompt, timeout: .milliseconds(Int64(dice.between(1000, 4000))))))
            nextPrompt += 1
        default: tellPad(.keyPressed(key: UInt8(dice.between(1, 5)), level: UInt8(dice.between(1, 5))))
        }
        // A pause whose clerk went home must not stop the conversation.
        if dice.happens(20) { tellGateway(.command(.resume)) }
    }

    /// Every entry the flash ever wrote is in the journal as it was, and the journal holds nothing else.
    private mutating func compareBooks() {
        for (place, entry) in flash.written {
            guard let press = journal[place] else { return fail("entry \(place) is lost") }
            guard press.key.device.value == Conversation.deviceName, press.prompt ?? 0 == entry.prompt,
                press.lifetimeCount == UInt64(entry.lifetimeCount),
                press.authenticity == (isProven ? .proven : .unproven), press.isQuarantined == false,
                Conversation.says(press.outcome, entry)
            else { return fail("entry \(place) arrived changed") }
        }
        if journal.count != flash.written.count { fail("the journal holds entries the pad never wrote") }
    }

    static func says(_ outcome: PressOutcome, _ entry: PadLogEntry) -> Bool {
        switch outcome {
        case .rated(let level, let key, _):
            entry.result == .rated && level.rawValue == entry.level && key == entry.key
        case .timedOut: entry.result == .timedOut
        case .cancelled: entry.result == .cancelled
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadParts
import PadProtocol
import PadSecurity
import PadSession

/// Where an entry stands in the world: the key under which it may exist once.
struct Place: Hashable {
    let log: UInt64
    let sequence: UInt64
}

/// The pad's flash: it outlives power cuts.
struct PadFlash {
    var log: UInt64
    var nextSequence: UInt32 = 1
    var lifetimeCount: UInt32 = 0
    var waiting: [PadLogEntry] = []
    let capacity: Int
    /// Whether the pad ever met a gateway with its key.
    var isPaired = false
    /// Every entry that was ever written whole, what the pad's own log would show.
    var written: [Place: PadLogEntry] = [:]

    mutating func write(_ entry: PadLogEntry) -> Bool {
        let place = Place(log: log, sequence: UInt64(entry.sequence))
        guard written.updateValue(entry, forKey: place) == nil else { return false }
        waiting.append(entry)
        nextSequence = entry.sequence + 1
        lifetimeCount = entry.lifetimeCount
        return true
    }

    var memory: PadMemory {
        PadMemory(
            log: log, nextSequence: nextSequence, lifetimeCount: lifetimeCount, waiting: waiting, capacity: capacity)
    }
}

extension Conversation {
    mutating func powerPad() {
        padStartedAt = now
        padTimer = .max
        confirmations = []
        // Now and then the memory of an empty log is lost: a new log is minted, and the old keys stay used.
        if flash.waiting.isEmpty, flash.nextSequence > 1, dice.happens(50) {
            tally.newLogs += 1
            flash.log = dice.next() | 1
            flash.nextSequence = 1
        }
        pad = FullPad(
            identity: PadIdentity(
                id: Conversation.padID, model: Array("Pad".utf8), firmware: Array("1".utf8),
                conformance: isProven ? 2 : 1),
            memory: flash.memory, authenticator: SimulatedKeys.authenticator(of: Conversation.padID),
            isPaired: flash.isPaired)
        tellPad(.poweredOn)
    }

    mutating func cutPad() {
        tally.padCuts += 1
        pad = nil
        padTimer = .max
        padPowerAt = now + dice.between(50, 3000)
        confirmations = []
        toGateway.cut(&dice)
        toPad.discard()
    }

    mutating func tellPad(_ event: PadEvent) {
        guard let actions = pad?.handle(event, at: now - padStartedAt) else { return }
        for action in actions {
            guard pad != nil else { return }
            switch action {
            case .pad(let action): perform(action)
            case .paired: flash.isPaired = true
            case .display, .update: break
            }
        }
    }

    private mutating func perform(_ action: PadAction) {
        switch action {
        case .send(let bytes):
            toGateway.send(bytes, at: now, roughness: roughness, dice: &dice, tally: &tally)
        case .append(let entry):
            append(entry)
        case .trim(let sequence):
            if dice.happens(roughness.padCut) { return cutPad() }
            trim(sequence)
            if dice.happens(roughness.padCut) { cutPad() }
        case .setTimer(let moment):
            padTimer = padStartedAt + moment
        case .signal(.thanks):
            tally.thanked += 1
        case .signal(.logFull):
            tally.logFull += 1
        case .signal, .showPrompt, .clearPrompt, .blink, .setTime:
            break
        }
    }

    /// Writes an entry; the power may go before the write, between write and confirmation, or after.
    private mutating func append(_ entry: PadLogEntry) {
        if dice.happens(roughness.padCut) { return cutPad() }
        if dice.happens(roughness.writeFailed) { return tellPad(.appendFailed(sequence: entry.sequence)) }
        if !flash.write(entry) { fail("sequence \(entry.sequence) was used twice in a log") }
        if entry.result == .rated { tally.presses += 1 } else { tally.otherEntries += 1 }
        if dice.happens(roughness.padCut) { return cutPad() }
        // Flash may take its time; the confirmation then comes later, in order.
        let delay = dice.happens(200) ? dice.between(1, 20) : 0
        confirmations.append((max(confirmations.last?.at ?? 0, now + delay), entry.sequence))
    }

    private mutating func trim(_ sequence: UInt32) {
        let place = Place(log: flash.log, sequence: UInt64(sequence))
        if journal[place] == nil { fail("entry \(sequence) was trimmed before it was committed") }
        guard let index = flash.waiting.firstIndex(where: { $0.sequence == sequence }) else {
            return fail("entry \(sequence) was trimmed and is not in the log")
        }
        flash.waiting.remove(at: index)
    }
}

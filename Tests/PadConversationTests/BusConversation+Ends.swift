// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadParts
import PadProtocol
import PadSession
import RatingModel

extension BusConversation {
    // MARK: The line

    /// Puts a frame on the bus; it arrives in pieces, as from a real adapter, or not at all.
    private mutating func speak(
        _ frame: [UInt8], after delay: UInt64, inPiecesOf pieces: UInt64, _ event: ([UInt8]) -> Event
    ) {
        // Noise that looks like the last delimiter ends a frame a byte early.
        if now + delay + BusConversation.byteMicroseconds < busyUntil { collisions += 1 }
        tally.frames += 1
        if dice.happens(roughness.lost) {
            tally.lost += 1
            return
        }
        var bytes = frame
        if dice.happens(roughness.corrupted) {
            tally.corrupted += 1
            SimulatedWire.corrupt(&bytes, &dice)
        }
        busyUntil = now + delay + UInt64(bytes.count) * BusConversation.byteMicroseconds
        let size = Int(dice.between(1, pieces))
        for start in stride(from: 0, to: bytes.count, by: size) {
            let end = min(start + size, bytes.count)
            if end < bytes.count { tally.split += 1 }
            let arrival = delay + UInt64(end) * BusConversation.byteMicroseconds
            schedule(event(Array(bytes[start..<end])), after: arrival)
        }
    }

    // MARK: Pads

    mutating func powerPad(_ index: Int) {
        pads[index].startedAt = now
        pads[index].generation += 1
        // Now and then the memory of an empty log is lost: a new log is minted, and the old keys stay used.
        if pads[index].flash.waiting.isEmpty, pads[index].flash.nextSequence > 1, dice.happens(50) {
            tally.newLogs += 1
            pads[index].flash.log = dice.next() | 1
            pads[index].flash.nextSequence = 1
        }
        pads[index].session = FullPad(
            identity: PadIdentity(
                id: pads[index].id, address: pads[index].address, model: Array("Pad".utf8), firmware: Array("1".utf8),
                conformance: isProven ? 2 : 1),
            memory: pads[index].flash.memory, authenticator: SimulatedKeys.authenticator(of: pads[index].id),
            isPaired: pads[index].flash.isPaired)
        tellPad(index, .poweredOn)
    }

    mutating func cutPad(_ index: Int) {
        tally.padCuts += 1
        pads[index].session = nil
        pads[index].generation += 1
        schedule(.powerPad(index), after: 1000 * dice.between(50, 5000))
    }

    mutating func tellPad(_ index: Int, _ event: PadEvent) {
        let moment = (now - pads[index].startedAt) / 1000
        guard let actions = pads[index].session?.handle(event, at: moment) else { return }
        for action in actions {
            guard pads[index].session != nil else { return }
            switch action {
            case .pad(let action): perform(action, of: index)
            case .paired: pads[index].flash.isPaired = true
            case .display, .update: break
            }
        }
    }

    private mutating func perform(_ action: PadAction, of index: Int) {
        let generation = pads[index].generation
        switch action {
        case .send(let frame):
            // The gateway's adapter holds up to ten bytes back, which is what the driver is told with its latency.
            speak(frame, after: dice.between(600, 4900), inPiecesOf: 10) { .toGateway($0) }
        case .append(let entry):
            append(entry, of: index)
        case .trim(let sequence):
            if dice.happens(roughness.padCut) { return cutPad(index) }
            let place = Place(log: pads[index].flash.log, sequence: UInt64(sequence))
            if journal[pads[index].device]?[place] == nil { fail("entry \(sequence) was trimmed before its commit") }
            pads[index].flash.waiting.removeAll { $0.sequence == sequence }
            if dice.happens(roughness.padCut) { cutPad(index) }
        case .setTimer(let moment):
            pads[index].timersSet += 1
            let due = pads[index].startedAt + moment * 1000
            schedule(
                .padTimer(pad: index, generation: generation, set: pads[index].timersSet),
                after: due > now ? due - now : 0)
        case .signal(.thanks): tally.thanked += 1
        case .signal(.logFull): tally.logFull += 1
        case .signal, .showPrompt, .clearPrompt, .blink, .setTime: break
        }
    }

    private mutating func append(_ entry: PadLogEntry, of index: Int) {
        if dice.happens(roughness.padCut) { return cutPad(index) }
        if dice.happens(roughness.writeFailed) { return tellPad(index, .appendFailed(sequence: entry.sequence)) }
        if !pads[index].flash.write(entry) { fail("sequence \(entry.sequence) was used twice in a log") }
        if entry.result == .rated { tally.presses += 1 } else { tally.otherEntries += 1 }
        schedule(
            .confirm(pad: index, sequence: entry.sequence, generation: pads[index].generation),
            after: dice.happens(200) ? 15_000 : 0)
    }

    // MARK: The gateway

    mutating func powerGateway() {
        gateway = NativeBusDriver(
            BusSettings(addresses: pads.map(\.address), baud: 9600, adapterLatency: .milliseconds(11)),
            pairing: isProven ? SimulatedKeys.pairing : .none)
        tellGateway(.opened(nonce: dice.next()))
    }

    /// The gateway loses everything but its journal.
    mutating func cutGateway() {
        tally.gatewayCuts += 1
        dropGateway(for: dice.between(100, 3000))
    }

    private mutating func dropGateway(for milliseconds: UInt64) {
        gateway = nil
        gatewayGeneration += 1
        pollsSet += 1
        schedule(.powerGateway, after: 1000 * milliseconds)
    }

    mutating func tellGateway(_ event: DriverEvent) {
        let moment = MonotonicInstant(nanoseconds: Int64(now) * 1000)
        guard let actions = gateway?.handle(event, at: moment) else { return }
        for action in actions {
            guard gateway != nil else { return }
            perform(action)
        }
    }

    private mutating func perform(_ action: DriverAction) {
        switch action {
        case .send(let frame): speak(frame, after: 0, inPiecesOf: 3) { .toPads($0) }
        case .press(let press):
            let delay = dice.happens(30) ? dice.between(300, 6000) : dice.between(1, 30)
            schedule(.commit(press, generation: gatewayGeneration), after: 1000 * delay)
        case .setTimer(.poll, let after):
            pollsSet += 1
            let microseconds = after.components.seconds * 1_000_000 + after.components.attoseconds / 1_000_000_000_000
            schedule(.poll(generation: pollsSet), after: UInt64(microseconds))
        case .identified(let identity):
            if !pads.contains(where: { $0.device == identity.device }) { fail("identified \(identity.device)") }
        case .close: dropGateway(for: 200)
        case .setTimer, .cancelTimer: fail("a bus has one timer")
        case .observed, .staffKey, .scanned, .signedIn: break
        }
    }

    mutating func commit(_ press: CapturedPress) {
        if dice.happens(roughness.refused) {
            tally.refused += 1
            return tellGateway(.refused(press.key))
        }
        if dice.happens(roughness.gatewayCut) { return cutGateway() }
        let place = Place(log: press.key.log, sequence: press.key.sequence)
        if let known = journal[press.key.device]?[place] {
            tally.resent += 1
            if known.evidenceBytes != press.evidenceBytes { fail("\(press.key) came again with another body") }
        } else {
            journal[press.key.device, default: [:]][place] = press
        }
        if dice.happens(roughness.gatewayCut) { return cutGateway() }
        if !dice.happens(roughness.unanswered) { tellGateway(.recorded(press.key)) }
    }
}

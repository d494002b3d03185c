// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import PadParts
import PadSecurity
import PadSession
import Synchronization

/// A pad with a key of its own, as it was made, on a pseudo-terminal that can be unplugged.
///
/// It is the protocol's own pad over the firmware's HMAC, so that both ends of a pairing are the real ones.
final class KeyedPad: Sendable {
    private let line: PseudoTerminal
    private let presses = Mutex(0)
    private let state: Mutex<State>

    private struct State {
        var pad: FullPad<HMACSHA256>
        var acknowledged = 0
    }

    init(link: String, key: [UInt8]) throws {
        line = try PseudoTerminal(link: link)
        let identity = PadIdentity(id: 0x53, model: Array("Pad".utf8), firmware: Array("1".utf8), conformance: 2)
        let memory = PadMemory(log: 0x99, nextSequence: 1, lifetimeCount: 0, waiting: [], capacity: 64)
        state = Mutex(
            State(
                pad: FullPad(
                    identity: identity, memory: memory, authenticator: HMACSHA256(key: key), isPaired: false)))
    }

    /// How many presses the gateway has acknowledged, in a way that the pad believes.
    var acknowledged: Int { state.withLock { $0.acknowledged } }

    /// Presses the second key.
    func press() { presses.withLock { $0 += 1 } }

    /// Pulls the cable and plugs it in again; the pad keeps its power.
    func replug() throws { try line.plug() }

    /// Lives until the task is cancelled.
    func run() async {
        let begin = ContinuousClock.now
        var events: [PadEvent] = [.poweredOn]
        while !Task.isCancelled {
            let bytes = line.read()
            if !bytes.isEmpty { events.append(.received(bytes)) }
            let count = presses.withLock { presses in
                defer { presses = 0 }
                return presses
            }
            events += [PadEvent](repeating: .keyPressed(key: 2, level: 2), count: count)
            events.append(.timer)
            let now = UInt64((ContinuousClock.now - begin) / .milliseconds(1))
            while !events.isEmpty {
                let event = events.removeFirst()
                for action in state.withLock({ $0.pad.handle(event, at: now) }) {
                    switch action {
                    case .pad(.send(let bytes)): await line.write(bytes, limit: .seconds(1))
                    case .pad(.append(let entry)): events.append(.appended(sequence: entry.sequence))
                    case .pad(.trim): state.withLock { $0.acknowledged += 1 }
                    default: break
                    }
                }
            }
            try? await Task.sleep(for: .milliseconds(2))
        }
    }
}

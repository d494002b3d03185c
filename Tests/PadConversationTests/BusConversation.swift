// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadParts
import PadProtocol
import PadSecurity
import PadSession
import RatingModel

/// Several pads on one half-duplex bus and a gateway, on virtual time, all losing frames and power, from one seed.
///
/// The books are those of ``Conversation``: what each pad's flash wrote against what the journal committed. The bus
/// itself is watched as well: hardly ever may somebody speak while somebody else does.
struct BusConversation {
    /// What happens at a moment, in microseconds.
    enum Event {
        case toPads([UInt8])
        case toGateway([UInt8])
        case poll(generation: Int)
        case commit(CapturedPress, generation: Int)
        case confirm(pad: Int, sequence: UInt32, generation: Int)
        case padTimer(pad: Int, generation: Int, set: Int)
        case powerPad(Int)
        case powerGateway
        case people
    }

    struct Pad {
        let id: UInt64
        let address: BusAddress
        var flash: PadFlash
        var session: FullPad<HMACSHA256>?
        var startedAt: UInt64 = 0
        /// Raised at each power cut, so that what was meant for the life before is passed over.
        var generation = 0
        var timersSet = 0
        var device: DeviceID {
            let digits = String(id, radix: 16)
            return DeviceID("native-" + String(repeating: "0", count: 16 - digits.count) + digits)
        }
    }

    static let byteMicroseconds: UInt64 = 1042
    /// After three hours something is stuck.
    static let patience: UInt64 = 3 * 3_600_000_000

    let seed: UInt64
    let wanted: Int
    /// Whether the pads are at L2 and the gateway has their keys.
    var isProven: Bool { seed % 8 == 0 }
    var roughness = Roughness()
    var dice: Dice
    var tally = Tally()
    var now: UInt64 = 0
    var failure: String?
    /// How often somebody spoke while somebody else did.
    var collisions = 0
    var pads: [Pad]
    var gateway: NativeBusDriver?
    var gatewayGeneration = 0
    var pollsSet = 0
    var journal: [DeviceID: [Place: CapturedPress]] = [:]
    private var queue: [(at: UInt64, order: Int, event: Event)] = []
    private var ordered = 0
    /// Until when somebody speaks, and who.
    var busyUntil: UInt64 = 0
    var nextPrompt: UInt32 = 1

    init(seed: UInt64, pads count: Int, presses: Int) {
        self.seed = seed
        wanted = presses
        var dice = Dice(seed: seed)
        pads = (0..<count).map { number in
            Pad(
                id: 0xC0FF_EE00 + UInt64(number), address: BusAddress(3 + 2 * number),
                flash: PadFlash(log: dice.next() | 1, capacity: dice.below(8) == 0 ? 4 : 64))
        }
        self.dice = dice
        tally.conversations = 1
        // Frames are shorter of breath here: each is a turn, and a turn that fails costs all pads time.
        roughness.padCut = 3
        roughness.gatewayCut = 3
    }

    mutating func fail(_ reason: String) {
        if failure == nil { failure = "seed \(seed), at \(now / 1000) ms: \(reason)" }
    }

    mutating func schedule(_ event: Event, after microseconds: UInt64) {
        let at = now + microseconds
        ordered += 1
        let index = queue.lastIndex { $0.at <= at }.map { $0 + 1 } ?? 0
        queue.insert((at, ordered, event), at: index)
    }

    var isDone: Bool {
        tally.presses >= wanted && pads.allSatisfy { $0.flash.waiting.isEmpty && $0.session != nil }
    }

    /// Runs until all presses are made and came through; returns what went wrong, if anything.
    mutating func run() -> String? {
        for index in pads.indices { schedule(.powerPad(index), after: dice.below(3_000_000)) }
        schedule(.powerGateway, after: dice.below(1_000_000))
        schedule(.people, after: 1000)
        while failure == nil, !isDone {
            guard now < BusConversation.patience, !queue.isEmpty else {
                fail("\(pads.map(\.flash.waiting.count)) entries still wait")
                break
            }
            let (at, _, event) = queue.removeFirst()
            now = max(now, at)
            happen(event)
        }
        if failure == nil { compareBooks() }
        return failure
    }

    private mutating func happen(_ event: Event) {
        switch event {
        case .toPads(let bytes):
            for index in pads.indices { tellPad(index, .received(bytes)) }
        case .toGateway(let bytes): tellGateway(.received(bytes))
        case .poll(let set): if set == pollsSet { tellGateway(.timer(.poll)) }
        case .commit(let press, let generation): if generation == gatewayGeneration { commit(press) }
        case .confirm(let index, let sequence, let generation):
            if generation == pads[index].generation { tellPad(index, .appended(sequence: sequence)) }
        case .padTimer(let index, let generation, let set):
            if generation == pads[index].generation, set == pads[index].timersSet { tellPad(index, .timer) }
        case .powerPad(let index): powerPad(index)
        case .powerGateway: powerGateway()
        case .people: people()
        }
    }

    /// Citizens and clerks do something, or the power goes.
    private mutating func people() {
        guard tally.presses < wanted else { return }
        schedule(.people, after: 1000 * dice.between(10, dice.below(4) == 0 ? 2000 : 200))
        let index = Int(dice.below(UInt64(pads.count)))
        switch dice.below(100) {
        case 0...1: if pads[index].session != nil { cutPad(index) }
        case 2: if gateway != nil { cutGateway() }
        case 3: tellPad(index, .cancelPressed)
        case 4: tellGateway(.command(.pause, at: pads[index].address))
        case 5...9: tellGateway(.command(.resume, at: pads[index].address))
        case 10...20:
            let timeout = Duration.milliseconds(Int64(dice.between(1000, 8000)))
            tellGateway(.command(.prompt(nextPrompt, timeout: timeout), at: pads[index].address))
            nextPrompt += 1
        case 21: tellGateway(.command(.setTime(WallTime(millisecondsSinceEpoch: 5))))
        default: tellPad(index, .keyPressed(key: UInt8(dice.between(1, 5)), level: UInt8(dice.between(1, 5))))
        }
        if dice.happens(20) { tellGateway(.command(.resume)) }
    }

    private mutating func compareBooks() {
        for pad in pads {
            let kept = journal[pad.device] ?? [:]
            for (place, entry) in pad.flash.written {
                guard let press = kept[place] else { return fail("entry \(place) of \(pad.address) is lost") }
                guard press.prompt ?? 0 == entry.prompt, press.lifetimeCount == UInt64(entry.lifetimeCount),
                    press.address == pad.address,
                    press.authenticity == (isProven ? .proven : .unproven), Conversation.says(press.outcome, entry)
                else { return fail("entry \(place) of \(pad.address) arrived changed") }
            }
            if kept.count != pad.flash.written.count { fail("the journal holds entries \(pad.address) never wrote") }
        }
        if Set(journal.keys).count > pads.count { fail("the journal knows pads that are not there") }
    }
}

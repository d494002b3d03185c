// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NativePad
import PadParts
import PadProtocol
import PadSecurity
import Testing

/// A memory for a new firmware that outlives power cuts.
struct SimulatedFirmwareMemory: FirmwareMemory {
    var runningRelease: UInt32 = 5
    var capacity: UInt32 = 10_000
    var offer: UpdateOffer?
    var bytes: [UInt8] = []
    var installed: [UInt8]?
    /// How many writes go well before one fails; `nil` for all.
    var writesLeft: Int?

    var kept: (offer: UpdateOffer, bytes: UInt32)? { offer.map { ($0, UInt32(bytes.count)) } }

    mutating func begin(_ offer: UpdateOffer) -> Bool {
        self.offer = offer
        bytes = []
        return true
    }

    mutating func append(_ more: [UInt8]) -> Bool {
        if let left = writesLeft {
            guard left > 0 else { return false }
            writesLeft = left - 1
        }
        bytes += more
        return true
    }

    /// The signature stands for the boot code's check: its first byte is the image's sum.
    func isGenuine() -> Bool {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish() == offer?.hash && offer?.signature.first == UpdateBench.signature(of: bytes)
    }

    mutating func forget() {
        offer = nil
        bytes = []
    }

    mutating func install() { installed = bytes }
}

/// A sender and a receiver over a bad line on virtual time.
struct UpdateBench {
    var dice: Dice
    var memory = SimulatedFirmwareMemory()
    var receiver = FirmwareReceiver()
    var update: FirmwareUpdate
    var now: UInt64 = 0
    var timer: UInt64 = .max
    var toPad = SimulatedWire()
    var toGateway = SimulatedWire()
    var padDecoder = FrameDecoder()
    var gatewayDecoder = FrameDecoder()
    var tally = Tally()
    var result: FirmwareUpdate.Result?
    var steps = 0

    static func signature(of image: [UInt8]) -> UInt8 { image.reduce(0, &+) }

    static func offer(_ image: [UInt8], release: UInt32 = 6) -> UpdateOffer {
        var hash = SHA256()
        hash.update(image)
        return UpdateOffer(
            number: 9, size: UInt32(image.count), release: release, version: Array("2.0".utf8), hash: hash.finish(),
            signature: [signature(of: image)] + [UInt8](repeating: 7, count: 63))
    }

    init?(seed: UInt64, image: [UInt8], offer: UpdateOffer) {
        guard let update = FirmwareUpdate(offer, image: image) else { return nil }
        self.update = update
        dice = Dice(seed: seed)
    }

    mutating func perform(_ actions: [FirmwareUpdate.Action]) {
        for action in actions {
            switch action {
            case .send(let frame): toPad.send(frame, at: now, roughness: Roughness(), dice: &dice, tally: &tally)
            case .setTimer(let milliseconds): timer = now + milliseconds
            case .progress: break
            case .finished(let how):
                result = how
                timer = .max
            }
        }
    }

    /// Runs to the end, or for so many steps; pad and gateway lose power now and then.
    mutating func run(steps most: Int = 100_000, cuts: Bool = true) {
        perform(update.start())
        while result == nil, steps < most {
            steps += 1
            now = max(now, min(timer, toPad.nextAt, toGateway.nextAt))
            if cuts, dice.happens(10) { cut() }
            if toPad.nextAt <= now {
                for byte in toPad.receive() where padDecoder.push(byte) == .frame {
                    guard let message = try? UpdateMessage(&padDecoder) else { continue }
                    let answer = receiver.handle(message, memory: &memory, address: 0)
                    toGateway.send(answer, at: now, roughness: Roughness(), dice: &dice, tally: &tally)
                }
            } else if toGateway.nextAt <= now {
                for byte in toGateway.receive() where gatewayDecoder.push(byte) == .frame {
                    guard case .progress(let number, let state, let offset)? = try? PadMessage(&gatewayDecoder) else {
                        continue
                    }
                    perform(update.heard(number: number, state, offset: offset))
                }
            } else if timer <= now {
                timer = .max
                perform(update.timerRanOut())
            }
        }
    }

    /// The pad forgets all but its memory, or the gateway begins anew.
    private mutating func cut() {
        tally.padCuts += 1
        // After an installation the pad restarts by itself, and answers as the new firmware would.
        guard memory.installed == nil else { return }
        if dice.happens(500) {
            receiver = FirmwareReceiver()
            toPad.discard()
        } else {
            toGateway.discard()
            perform(update.start())
        }
    }
}

@Suite struct UpdateConversationTests {
    private func image(_ count: Int, _ seed: UInt64) -> [UInt8] {
        var dice = Dice(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
    }

    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func `an image arrives whole whatever is lost`(_ seed: UInt64) throws {
        let image = image(Int(1 + seed * 83), seed)
        var bench = try #require(UpdateBench(seed: seed, image: image, offer: UpdateBench.offer(image)))
        bench.run()
        #expect(bench.result == .installed && bench.memory.installed == image, "seed \(seed), \(bench.steps) steps")
    }

    @Test func `an image goes on where the pad is`() throws {
        let image = image(4000, 3)
        var first = try #require(UpdateBench(seed: 3, image: image, offer: UpdateBench.offer(image)))
        first.run(steps: 20, cuts: false)
        let reached = first.memory.bytes.count
        #expect(reached > 200 && reached < 4000)
        var second = try #require(UpdateBench(seed: 4, image: image, offer: UpdateBench.offer(image)))
        second.memory = first.memory
        _ = second.update.start()
        let actions = second.update.heard(number: 9, .receiving, offset: UInt32(reached))
        #expect(actions.contains(.progress(UInt32(reached), of: 4000)))
        second.run(cuts: false)
        #expect(second.result == .installed && second.memory.installed == image)
    }

    @Test func `what the pad does not want ends the update`() throws {
        let image = image(300, 1)
        var old = try #require(UpdateBench(seed: 1, image: image, offer: UpdateBench.offer(image, release: 4)))
        old.run(cuts: false)
        #expect(old.result == .refused(.tooOld) && old.memory.offer == nil)
        var large = try #require(UpdateBench(seed: 1, image: image, offer: UpdateBench.offer(image)))
        large.memory.capacity = 299
        large.run(cuts: false)
        #expect(large.result == .refused(.tooLarge))
        var forged = UpdateBench.offer(image)
        forged.signature[0] ^= 1
        var false1 = try #require(UpdateBench(seed: 1, image: image, offer: forged))
        false1.run(cuts: false)
        #expect(false1.result == .refused(.forged) && false1.memory.kept == nil)
        var failing = try #require(UpdateBench(seed: 1, image: image, offer: UpdateBench.offer(image)))
        failing.memory.writesLeft = 1
        failing.run(cuts: false)
        #expect(failing.result == .refused(.memoryFailed))
    }

    @Test func `an update that is taken back is forgotten`() throws {
        let image = image(4000, 2)
        var bench = try #require(UpdateBench(seed: 2, image: image, offer: UpdateBench.offer(image)))
        bench.run(steps: 20, cuts: false)
        bench.perform(bench.update.abort())
        while bench.result == nil, bench.steps < 1000 {
            bench.run(steps: bench.steps + 50, cuts: false)
        }
        #expect(bench.result == .aborted && bench.memory.kept == nil && bench.memory.installed == nil)
    }

    @Test func `a pad that is gone ends the update after a minute`() throws {
        let image = image(10, 2)
        var bench = try #require(UpdateBench(seed: 2, image: image, offer: UpdateBench.offer(image)))
        var repeats = 0
        bench.perform(bench.update.start())
        while bench.result == nil, repeats < 1000 {
            repeats += 1
            bench.perform(bench.update.timerRanOut())
        }
        #expect(bench.result == .silent && repeats == 120)
    }
}

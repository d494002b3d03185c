// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import RatingModel
import Testing

/// What traces cannot say of a firmware on its way (firmware-protocol.md section 2.12).
@Suite struct FirmwareUpdateTests {
    private let image = FirmwareImage(
        release: 7, version: "1.1", model: "", hash: [UInt8](repeating: 3, count: 32),
        signature: [UInt8](repeating: 4, count: 64), bytes: [UInt8](repeating: 5, count: 1000))
    private let number: UInt32 = 0x0303_0303

    private func updates(_ actions: [DriverAction]) -> [UpdateMessage] {
        actions.compactMap { action in
            guard case .send(let bytes) = action else { return nil }
            var decoder = FrameDecoder()
            for byte in bytes where decoder.push(byte) == .frame { return try? UpdateMessage(&decoder) }
            return nil
        }
    }

    private func progress(_ actions: [DriverAction]) -> [FirmwareProgress] {
        actions.observations.compactMap { if case .firmware(let progress, _) = $0 { progress } else { nil } }
    }

    private func health() -> PadMessage {
        .health(PadHealth(isPaused: false, isLogFull: false, waiting: 0, lifetimeCount: 1, uptimeSeconds: 1))
    }

    @Test func `a pad that answers everything else and no part knows no update`() {
        var line = PadLine.welcomed()
        line.tell(.command(.update(image)))
        var heard: [FirmwareProgress] = []
        for _ in 0..<70 where heard.isEmpty { heard = progress(line.wait(milliseconds: 500) + line.hear(health())) }
        #expect(heard == [.refused(.unanswered)])
        #expect(updates(line.wait(milliseconds: 3000)) == [])
    }

    @Test func `a pad that is gone is silent, and told of nothing until somebody says it again`() {
        var line = PadLine.welcomed()
        line.tell(.command(.update(image)))
        #expect(line.wait(milliseconds: 5000).observations == [.silent])
        let met = line.hear(.hello(PadLine.hello()))
        #expect(met.identities.map(\.device) == [PadLine.device], "met anew, though it is the same")
        #expect(updates(met) == [] && updates(line.wait(milliseconds: 2000)) == [])
        #expect(updates(line.tell(.command(.update(image)))).count == 1)
    }

    @Test func `the same image again changes nothing, another one takes its place`() {
        var line = PadLine.welcomed()
        line.tell(.command(.update(image)))
        line.hear(.progress(number: number, .receiving, offset: 400))
        #expect(line.tell(.command(.update(image))) == [])
        let other = FirmwareImage(
            release: 8, version: "1.2", model: "Model", hash: [UInt8](repeating: 9, count: 32),
            signature: image.signature, bytes: [1, 2])
        guard case .offer(let offer)? = updates(line.tell(.command(.update(other)))).first else {
            Issue.record("no offer")
            return
        }
        #expect(offer.size == 2 && offer.number == 0x0909_0909 && offer.version == Array("1.2".utf8))
    }

    @Test(arguments: [(115_200, 200), (57_600, 124), (9600, 16)])
    func `on a slow line a chunk is short, so that no acknowledgement waits long`(_ baud: Int, _ bytes: Int) {
        var line = PadLine()
        line.driver = NativePadDriver(baud: baud)
        line.tell(.opened(nonce: 5))
        line.hear(.hello(PadLine.hello()))
        line.tell(.command(.update(image)))
        let told = updates(line.hear(.progress(number: number, .receiving, offset: 0)))
        #expect(told == [.chunk(number: number, offset: 0, bytes: Array(image.bytes.prefix(bytes)))])
    }

    @Test func `an image that is taken back stays so, and one that is not there is none`() {
        var line = PadLine.welcomed()
        #expect(line.tell(.command(.cancelUpdate)) == [])
        line.tell(.command(.update(image)))
        #expect(updates(line.tell(.command(.cancelUpdate))) == [.finish(number: number, installs: false)])
        #expect(progress(line.hear(.progress(number: number, .none, offset: 0))) == [.cancelled])
        #expect(updates(line.wait(milliseconds: 3000)) == [])
    }

    /// Lets a bus run for so many turns, all pads saying `idle` and that of address 2 taking parts; tells whose turns
    /// they were, and of how many bytes.
    private func run(_ line: inout BusLine, turns: Int, at offset: inout UInt32) -> [(BusAddress, Int)] {
        var taken: [(BusAddress, Int)] = []
        while taken.count < turns {
            for case .send(let bytes) in line.runOut() {
                var decoder = FrameDecoder()
                for byte in bytes where decoder.push(byte) == .frame {
                    let address = decoder.address
                    taken.append((address, bytes.count))
                    guard let part = try? UpdateMessage(&decoder) else {
                        line.hear(.idle, from: address)
                        continue
                    }
                    if case .chunk(_, let at, let bytes) = part, at == offset { offset += UInt32(bytes.count) }
                    line.hear(.progress(number: number, .receiving, offset: offset), from: address)
                }
            }
        }
        return taken
    }

    @Test func `on a bus the other pads keep their turns and their thanks`() throws {
        var line = BusLine([1, 2, 3])
        line.play(12)
        #expect(updates(line.tell(.command(.update(image), at: 2))) == [], "nothing before the pad's own turn")
        var offset: UInt32 = 0
        let taken = run(&line, turns: 30, at: &offset)
        for address in [1, 2, 3] as [BusAddress] {
            #expect(taken.count { $0.0 == address } == 10, "address \(address) has its turns, as before")
        }
        #expect(offset >= 600 && taken.dropFirst(5).allSatisfy { $0.1 < 100 }, "a part in each round, and a short one")

        let press = try #require(line.hear(.press(PadLine.press(1)), from: 3).presses.first)
        line.turns = []
        line.tell(.recorded(press.key))
        _ = run(&line, turns: 1, at: &offset)
        #expect(line.turns.first?.address == 3, "thanks goes before the next part")
    }
}

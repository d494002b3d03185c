// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadParts
import PadProtocol
import PadSecurity
import PadSession
import Testing

/// A pad at L3 whose gateway the test plays (firmware-protocol.md sections 2.10, 2.11 and 5).
@Suite struct PadDisplayTests {
    private static let key = [UInt8](0..<32)

    private struct Bench {
        var pad: FullPad<HMACSHA256>
        var now: UInt64 = 0

        init(isPaired: Bool = false) {
            pad = FullPad(
                identity: PadIdentity(id: 42, model: [], firmware: [], conformance: 3),
                memory: PadMemory(log: 7, nextSequence: 1, lifetimeCount: 0, waiting: [], capacity: 8),
                authenticator: HMACSHA256(key: PadDisplayTests.key), isPaired: isPaired, hasScanner: true,
                canShow: { if case .clip(_, 99) = $0 { false } else { true } })
            _ = pad.handle(.poweredOn, at: 0)
            _ = hear(HostMessage.ask(versions: .spoken, nonce: 5).encoded())
            _ = hear(HostMessage.welcome(version: 1).encoded())
        }

        mutating func hear(_ frame: [UInt8]) -> [FullPadAction] { pad.handle(.received(frame), at: now) }

        mutating func wait(_ milliseconds: UInt64) -> [FullPadAction] {
            now += milliseconds
            return pad.handle(.timer, at: now)
        }
    }

    private func said(_ actions: [FullPadAction]) -> [PadMessage] {
        actions.compactMap { action in
            guard case .pad(.send(let bytes)) = action else { return nil }
            var decoder = FrameDecoder()
            for byte in bytes where decoder.push(byte) == .frame { return try? PadMessage(&decoder) }
            return nil
        }
    }

    @Test func `a pad removes a QR code by itself and does not show it again`() {
        var bench = Bench()
        let code = DisplayMessage.qrCode(number: 4, milliseconds: 2000, content: [0x61])
        let shown = bench.hear(code.encoded())
        #expect(shown.contains(.display(.show(code))) && said(shown) == [.shown(number: 4, .showing)])
        #expect(!bench.wait(1999).contains(.display(.removeQRCode)))
        #expect(bench.wait(1).contains(.display(.removeQRCode)))
        let again = bench.hear(code.encoded())
        #expect(!again.contains(.display(.show(code))) && said(again) == [.shown(number: 4, .ended)])
    }

    @Test func `the same number changes nothing and is answered`() {
        var bench = Bench()
        let text = DisplayMessage.text(number: 1, language: [], text: Array("请稍候".utf8))
        #expect(bench.hear(text.encoded()).contains(.display(.show(text))))
        let again = bench.hear(text.encoded())
        #expect(!again.contains(.display(.show(text))) && said(again) == [.shown(number: 1, .showing)])
    }

    @Test func `what cannot be shown is said so`() {
        var bench = Bench()
        let actions = bench.hear(DisplayMessage.clip(number: 2, clip: 99).encoded())
        #expect(said(actions) == [.shown(number: 2, .impossible)])
    }

    @Test func `a scan goes part by part, is repeated, and is given up`() {
        var bench = Bench()
        let isTaken = bench.pad.scanned([UInt8](repeating: 0x41, count: 300), symbology: Array("]Q3".utf8), at: 0)
        #expect(isTaken)
        guard case .scanned(let first)? = said(bench.wait(0)).first else { return #expect(Bool(false)) }
        #expect(first.total == 300 && first.offset == 0 && first.bytes.count == 200)
        guard
            case .scanned(let second)? = said(bench.hear(DisplayMessage.scanTaken(number: 1, next: 200).encoded()))
                .first
        else { return #expect(Bool(false)) }
        #expect(second.offset == 200 && second.bytes.count == 100)
        var repeats = 0
        for _ in 0..<20 { repeats += said(bench.wait(500)).count }
        #expect(repeats == 7, "eight times in all")
        let isTooLong = !bench.pad.scanned([UInt8](repeating: 1, count: 513), symbology: [], at: bench.now)
        #expect(isTooLong)
    }

    @Test func `a paired pad forgets an entry for a proof only`() throws {
        var bench = Bench(isPaired: true)
        _ = bench.pad.handle(.keyPressed(key: 1, level: 1), at: 0)
        let sent = said(bench.pad.handle(.appended(sequence: 1), at: 0))
        guard case .provenPress(let press, let code)? = sent.first else { return #expect(Bool(false)) }
        let authenticator = HMACSHA256(key: PadDisplayTests.key)
        #expect(authenticator.code(of: ProofInput.press(pad: 42, press).bytes, by: .hmacSHA256) == code)
        #expect(!bench.hear(HostMessage.acknowledge(log: 7, sequence: 1).encoded()).contains(.pad(.trim(sequence: 1))))
        let forged = ProofMessage.acknowledge(log: 7, sequence: 1, code: .zero)
        #expect(!bench.hear(forged.encoded()).contains(.pad(.trim(sequence: 1))))
        let input = ProofInput.acknowledge(pad: 42, log: 7, sequence: 1)
        let right = try #require(authenticator.code(of: input.bytes, by: .hmacSHA256))
        let told = bench.hear(ProofMessage.acknowledge(log: 7, sequence: 1, code: right).encoded())
        #expect(told.contains(.pad(.trim(sequence: 1))))
    }

    @Test func `a challenge with a wrong code proves and pairs nothing`() {
        var bench = Bench()
        let wrong = ProofMessage.challenge(.hmacSHA256, Code128(low: 1, high: 2), code: .zero)
        let actions = bench.hear(wrong.encoded())
        #expect(said(actions) == [.proof(.wrongChallenge, .zero)] && !bench.pad.prover.isPaired)
        let other = ProofMessage.challenge(.hmacSM3, Code128(low: 1, high: 2), code: .zero)
        #expect(said(bench.hear(other.encoded())) == [.proof(.unknownAlgorithm, .zero)])
    }

    @Test func `texts are cut between two characters`() {
        let text = Array(String(repeating: "请", count: 100).utf8)
        #expect(charactersThatFit(text, in: 200) == 198)
        #expect(charactersThatFit(text, in: 300) == 300 && charactersThatFit(text, in: 2) == 0)
        var decoder = FrameDecoder()
        for byte in DisplayMessage.text(number: 1, language: [], text: text).encoded() { _ = decoder.push(byte) }
        guard case .text(_, _, let cut)? = try? DisplayMessage(&decoder) else { return #expect(Bool(false)) }
        #expect(String(validating: cut, as: UTF8.self)?.count == 66)
    }

    @Test(
        arguments: [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE8, 0xAF], [0x80]] as [[UInt8]])
    func `what is not UTF-8 is passed over whole`(_ text: [UInt8]) {
        var decoder = FrameDecoder()
        for byte in DisplayMessage.text(number: 1, language: [], text: text).encoded() { _ = decoder.push(byte) }
        #expect(throws: MessageError.self) { try DisplayMessage(&decoder) }
    }
}

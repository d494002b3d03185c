// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import PadSecurity
import RatingModel
import Testing

/// What the gateway believes of a pad whose key it has (firmware-protocol.md section 5).
@Suite struct ProofTests {
    private static let key = [UInt8](0..<32)
    private static let pretender = DeviceID("native-00c0ffee00000042-unproven")

    private func line(isRequired: Bool = true) -> PadLine {
        var line = PadLine()
        line.driver = NativePadDriver(
            pairing: PadPairing(isRequired: isRequired) { pad, bytes in
                pad == PadLine.padID ? HMACSHA256(key: ProofTests.key).code(of: bytes) : nil
            })
        line.tell(.opened(nonce: 5))
        return line
    }

    private func hello(pad: UInt64 = PadLine.padID, conformance: UInt8 = 2) -> PadMessage {
        var hello = PadLine.hello(pad: pad)
        hello.conformance = conformance
        return .hello(hello)
    }

    /// What a pad with that key answers to the challenge among the frames.
    private func answer(to actions: [DriverAction], key: [UInt8] = key) -> PadMessage? {
        for case .send(let bytes) in actions {
            var decoder = FrameDecoder()
            for byte in bytes where decoder.push(byte) == .frame {
                guard case .challenge(_, let challenge, _)? = try? ProofMessage(&decoder) else { continue }
                let input = ProofInput.proof(pad: PadLine.padID, log: PadLine.log, challenge)
                return HMACSHA256(key: key).code(of: input.bytes, by: .hmacSHA256).map { .proof(.proven, $0) }
            }
        }
        return nil
    }

    private func proven(_ press: PressReport, key: [UInt8] = key) throws -> PadMessage {
        let input = ProofInput.press(pad: PadLine.padID, press)
        return .provenPress(press, try #require(HMACSHA256(key: key).code(of: input.bytes, by: .hmacSHA256)))
    }

    private func welcomed(key: [UInt8] = key) throws -> PadLine {
        var line = line()
        let challenged = line.hear(hello())
        #expect(challenged.messages == [], "nothing but the challenge before the proof")
        let welcome = line.hear(try #require(answer(to: challenged, key: key)))
        #expect(welcome.messages == [.welcome(version: 1)])
        return line
    }

    @Test func `a pad that proves its key is itself, and so are its presses`() throws {
        var line = try welcomed()
        let press = try #require(line.hear(try proven(PadLine.press(1))).presses.first)
        #expect(press.key == PadLine.key(1) && press.authenticity == .proven && !press.isQuarantined)
        let told = line.tell(.recorded(press.key))
        #expect(told.messages == [], "no acknowledgement without a proof")
        guard case .send(let frame)? = told.first else { throw Missing() }
        var decoder = FrameDecoder()
        for byte in frame { _ = decoder.push(byte) }
        guard case .acknowledge(PadLine.log, 1, let code) = try ProofMessage(&decoder) else { throw Missing() }
        let input = ProofInput.acknowledge(pad: PadLine.padID, log: PadLine.log, sequence: 1)
        #expect(HMACSHA256(key: ProofTests.key).code(of: input.bytes, by: .hmacSHA256) == code)
    }

    private struct Missing: Error {}

    @Test func `a pad with another key goes by another name, and its presses are kept apart`() throws {
        var line = line()
        let other = [UInt8](repeating: 9, count: 32)
        let actions = line.hear(try #require(answer(to: line.hear(hello()), key: other)))
        #expect(actions.identities.map(\.device) == [ProofTests.pretender])
        #expect(actions.observations.contains { if case .unproven = $0 { true } else { false } })
        let press = try #require(line.hear(.press(PadLine.press(1))).presses.first)
        #expect(press.key.device == ProofTests.pretender)
        #expect(press.authenticity == .failed && press.isQuarantined)
    }

    @Test func `a pad that never answers is let in as not proven`() throws {
        var line = line()
        line.hear(hello())
        var actions: [DriverAction] = []
        for _ in 0..<12 {
            actions += line.wait(milliseconds: 500)
            if !actions.identities.isEmpty { break }
            actions += line.hear(hello())
        }
        #expect(actions.messages.contains(.welcome(version: 1)))
        #expect(actions.identities.map(\.device) == [ProofTests.pretender])
    }

    @Test func `a pad that lost its power while it was examined is no pretender`() throws {
        var line = line()
        line.hear(hello())
        let silence = line.wait(milliseconds: 30_000)
        #expect(silence.identities.isEmpty && silence.observations == [.silent])
        let challenged = line.hear(hello())
        #expect(line.hear(try #require(answer(to: challenged))).identities.map(\.device) == [PadLine.device])
    }

    @Test func `a pad that says it cannot prove is not the one whose key is known`() throws {
        var line = line()
        #expect(line.hear(hello(conformance: 1)).identities.map(\.device) == [ProofTests.pretender])
    }

    @Test func `a press whose code is wrong is kept apart and never acknowledged`() throws {
        var line = try welcomed()
        let forged = try proven(PadLine.press(1), key: [1])
        let press = try #require(line.hear(forged).presses.first)
        #expect(press.key.device == ProofTests.pretender && press.authenticity == .failed && press.isQuarantined)
        #expect(line.tell(.recorded(press.key)) == [])
        let own = try #require(line.hear(try proven(PadLine.press(1))).presses.first)
        #expect(own.key == PadLine.key(1) && own.authenticity == .proven, "the true entry has its place")
    }

    @Test func `a proven pad sends no press without its code`() throws {
        var line = try welcomed()
        #expect(line.hear(.press(PadLine.press(1))).presses == [])
    }

    @Test func `without a key presses are unproven, and held back where proofs are demanded`() throws {
        for isRequired in [true, false] {
            var line = line(isRequired: isRequired)
            line.hear(hello(pad: 7))
            let press = try #require(line.hear(.press(PadLine.press(1))).presses.first)
            #expect(press.authenticity == .unproven && press.isQuarantined == isRequired)
        }
    }

    @Test func `a lost challenge is sent again, the same`() throws {
        var line = line()
        let first = line.hear(hello())
        let second = line.wait(milliseconds: 600)
        #expect(answer(to: first) != nil && answer(to: first) == answer(to: second))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeviceAPI
import NativePad
import PadProtocol
import RatingModel
import Testing

/// The codes of firmware-protocol.md section 6.5 with SM3 in place of SHA-256: the inputs of its vectors, the key
/// 00 01 02 … 1F, and what `openssl dgst -sm3 -mac HMAC -macopt hexkey:…` answered.
@Suite struct SM3ProofTests {
    private static let pad: UInt64 = 0x00C0_FFEE_0000_0042
    private static let log: UInt64 = 0x8877_6655_4433_2211
    private static let key = [UInt8](0..<32)
    private static let challenge = Code128(
        first: [0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF])
    private static let press = PressReport(
        log: log, sequence: 42, lifetimeCount: 1042, ageMilliseconds: 250, prompt: 7, result: .rated, level: 2, key: 2)

    private static func code(_ digits: String) -> Code128 {
        let digits = Array(digits)
        return Code128(
            first: stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)
            })
    }

    private static let challengeCode = code("04c370e7950e73f87dbcb95fc04fbee2")
    private static let proofCode = code("78b25821175b002eeb91d25e63254df1")
    private static let pressCode = code("62d7f73e47dd281e52ca7d5ce829a3f0")
    private static let acknowledgeCode = code("e1b1c9d67d4b134c625d34899ef7aa14")

    @Test(arguments: [
        (ProofInput.challenge(pad: pad, challenge), challengeCode),
        (.proof(pad: pad, log: log, challenge), proofCode), (.press(pad: pad, press), pressCode),
        (.acknowledge(pad: pad, log: log, sequence: 42), acknowledgeCode),
    ]) func `a code is the one that OpenSSL's command makes`(_ input: ProofInput, _ expected: Code128) throws {
        #expect(Code128(first: try MessageAuthentication.hmac(.sm3, key: Self.key, input.bytes)) == expected)
    }

    @Test func `a pad with SM3 is challenged, believed and thanked by it`() throws {
        var line = PadLine()
        line.driver = NativePadDriver(
            pairing: PadPairing(isRequired: true, hash: .sm3) { _, bytes in
                let challenge = [UInt8](0..<16).map { $0 * 0x11 }
                return bytes.first == 0
                    ? challenge : try? MessageAuthentication.hmac(.sm3, key: Self.key, bytes)
            })
        line.tell(.opened(nonce: 5))
        var hello = PadLine.hello()
        hello.conformance = 2
        let challenged = line.hear(.hello(hello))
        let frame = ProofMessage.challenge(.hmacSM3, Self.challenge, code: Self.challengeCode).encoded()
        #expect(challenged.contains(.send(frame)))
        #expect(line.hear(.proof(.proven, Self.proofCode)).identities.map(\.device) == [PadLine.device])
        let press = try #require(line.hear(.provenPress(Self.press, Self.pressCode)).presses.first)
        #expect(press.authenticity == .proven && !press.isQuarantined)
        let thanks = ProofMessage.acknowledge(log: Self.log, sequence: 42, code: Self.acknowledgeCode).encoded()
        #expect(line.tell(.recorded(press.key)).contains(.send(thanks)))
    }
}

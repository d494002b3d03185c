// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: PadProtocol PadSession PadParts
// measured: FullPad FirmwareReceiver PadDisplay PadProver PadSession PadSession+Listening PadSession+Speaking PressQueue

import PadParts
import PadSession

@testable import PadProtocol

/// What a pad's firmware reads, led by a little program as a driver is: bytes of the gateway, keys, time, a scanner.
///
/// The first byte says which pad it is. `00 n …` are bytes, `01 n …` the address, type and fields of a whole frame,
/// `02 k` a key, `03` the cancel key, `04 f` the outcome of a write, `05 a b` is `a × b` milliseconds, `06 n …` a
/// scanned code, `07 c` a right challenge, `08 s` a right acknowledgement; others are that many bytes less 8.
func fuzz(_ input: [UInt8]) {
    var program = PadProgram(variant: input.first ?? 0, rest: input.dropFirst())
    program.run()
}

private struct PadProgram {
    private static let id: UInt64 = 77
    private static let log: UInt64 = 9

    private var pad: FullPad<Sum>
    private var receiver = FirmwareReceiver()
    private var memory = Memory()
    private var rest: ArraySlice<UInt8>
    private var now: UInt64 = 0
    private var unwritten: [UInt32] = []
    private let address: UInt8

    init(variant: UInt8, rest: ArraySlice<UInt8>) {
        address = variant & 1 == 0 ? ProtocolLimits.directAddress : 3
        self.rest = rest
        let entry = PadLogEntry(
            sequence: 4, lifetimeCount: 8, prompt: 0, result: .rated, level: 2, key: 2, pressedAtMilliseconds: nil)
        pad = FullPad(
            identity: PadIdentity(id: Self.id, address: address, model: Array("M".utf8), firmware: [0x31]),
            memory: PadMemory(
                log: Self.log, nextSequence: variant & 16 == 0 ? 5 : .max - 1, lifetimeCount: 8,
                waiting: variant & 2 == 0 ? [] : [entry], capacity: 4),
            authenticator: Sum(), isPaired: variant & 4 != 0, hasScanner: variant & 8 == 0,
            canShow: { $0.number % 5 != 0 })
    }

    mutating func run() {
        tell(.poweredOn)
        while let instruction = rest.popFirst() { step(instruction) }
    }

    private mutating func step(_ instruction: UInt8) {
        switch instruction {
        case 0: tell(.received(bytes(Int(byte()))))
        case 1:
            let fields = bytes(Int(byte()))
            tell(.received(frame(fields.first ?? 0, fields.dropFirst().first ?? 0, fields.dropFirst(2))))
        case 2:
            let key = byte()
            tell(.keyPressed(key: key, level: key))
        case 3: tell(.cancelPressed)
        case 4:
            guard !unwritten.isEmpty else { return }
            let sequence = unwritten.removeFirst()
            tell(byte() & 1 == 0 ? .appended(sequence: sequence) : .appendFailed(sequence: sequence))
        case 5:
            now += UInt64(byte()) * UInt64(byte())
            tell(.timer)
        case 6:
            let code = bytes(Int(byte()))
            let isTaken = pad.scanned(code, symbology: Array(code.prefix(3)), at: now)
            precondition(isTaken != code.isEmpty, "a scanned code that is not taken")
        case 7:
            let challenge = Code128(low: UInt64(byte()), high: 0)
            let code = Sum().code(of: ProofInput.challenge(pad: Self.id, challenge).bytes, by: .hmacSHA256) ?? .zero
            tell(.received(ProofMessage.challenge(.hmacSHA256, challenge, code: code).encoded(to: address)))
        case 8:
            let sequence = UInt32(byte())
            let input = ProofInput.acknowledge(pad: Self.id, log: Self.log, sequence: sequence)
            let code = Sum().code(of: input.bytes, by: .hmacSHA256) ?? .zero
            let message = ProofMessage.acknowledge(log: Self.log, sequence: sequence, code: code)
            tell(.received(message.encoded(to: address)))
        default: tell(.received(bytes(Int(instruction) - 8)))
        }
    }

    private func frame(_ address: UInt8, _ type: UInt8, _ fields: ArraySlice<UInt8>) -> [UInt8] {
        var writer = FrameWriter(address: address == 0 ? self.address : address, type: type)
        for byte in fields.prefix(ProtocolLimits.bodyBytes - 6) { writer.u8(byte) }
        return writer.finish()
    }

    private mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    private mutating func bytes(_ count: Int) -> [UInt8] {
        let taken = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
        return taken
    }

    // MARK: What the firmware relies on

    private mutating func tell(_ event: PadEvent) {
        var sent = 0
        for action in pad.handle(event, at: now) {
            switch action {
            case .pad(.send(let frame)): sent += check(frame)
            case .pad(.append(let entry)):
                precondition(entry.sequence > 0, "an entry without a sequence")
                unwritten.append(entry.sequence)
            case .pad, .display, .paired: break
            case .update(let message):
                sent += check(receiver.handle(message, memory: &memory, address: address))
                precondition(memory.bytes <= memory.offer?.size ?? 0, "more bytes than the image has")
            }
        }
        precondition(sent <= 1 << 14, "a flood to the gateway")
        precondition(pad.session.waiting <= 4, "more entries than the log has places")
    }

    /// A frame of the pad is one that the gateway reads.
    private func check(_ frame: [UInt8]) -> Int {
        var decoder = FrameDecoder()
        var isMessage = false
        for byte in frame where decoder.push(byte) == .frame { isMessage = (try? PadMessage(&decoder)) != nil }
        precondition(isMessage && decoder.address == address, "a frame that no gateway reads")
        return frame.count
    }
}

/// A code that is quick to make.
private struct Sum: MessageAuthenticator {
    func code(of bytes: [UInt8], by algorithm: ProofAlgorithm) -> Code128? {
        guard algorithm == .hmacSHA256 else { return nil }
        return Code128(low: bytes.reduce(5381) { $0 &* 33 ^ UInt64($1) }, high: UInt64(bytes.count))
    }
}

/// A memory for a small image, whose writes fail from an odd offset on.
private struct Memory: FirmwareMemory {
    private(set) var offer: UpdateOffer?
    private(set) var bytes: UInt32 = 0
    let runningRelease: UInt32 = 2
    let capacity: UInt32 = 4096

    var kept: (offer: UpdateOffer, bytes: UInt32)? { offer.map { ($0, bytes) } }

    mutating func begin(_ offer: UpdateOffer) -> Bool {
        guard offer.release != 3 else { return false }
        (self.offer, bytes) = (offer, 0)
        return true
    }

    mutating func append(_ more: [UInt8]) -> Bool {
        guard bytes % 2 == 0 else { return false }
        bytes += UInt32(more.count)
        return true
    }

    func isGenuine() -> Bool { offer?.signature.first != 0 }
    mutating func forget() { (offer, bytes) = (nil, 0) }
    mutating func install() { precondition(offer.map { $0.size == bytes } == true, "half an image installed") }
}

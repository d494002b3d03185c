// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How codes are made (firmware-protocol.md section 5.2).
public enum ProofAlgorithm: UInt8, Sendable, Hashable, CaseIterable {
    /// HMAC with SHA-256.
    case hmacSHA256 = 1
    /// HMAC with SM3 (GB/T 32905-2016).
    case hmacSM3 = 2
}

/// 128 bits of a code or a challenge, as two numbers of eight bytes, the first byte being the lowest of the first.
public struct Code128: Sendable, Hashable {
    /// The first eight bytes.
    public let low: UInt64
    /// The last eight.
    public let high: UInt64

    /// Takes the two halves.
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Takes the first 16 bytes of a digest; missing ones count as zero.
    public init(first bytes: [UInt8]) {
        var halves: (UInt64, UInt64) = (0, 0)
        var index = 0
        while index < 16, index < bytes.count {
            let shifted = UInt64(bytes[index]) &<< UInt64(8 &* (index & 7))
            if index < 8 { halves.0 |= shifted } else { halves.1 |= shifted }
            index &+= 1
        }
        self.init(low: halves.0, high: halves.1)
    }

    /// All zeros.
    public static var zero: Code128 { Code128(low: 0, high: 0) }

    /// Whether two codes are equal, in a time that does not depend on where they differ.
    public func isEqual(_ other: Code128) -> Bool { (low ^ other.low) | (high ^ other.high) == 0 }
}

/// Makes codes with a pad's key; a host brings its own, a firmware has ``HMACSHA256``.
public protocol MessageAuthenticator: Sendable {
    /// The code of the bytes; `nil` where it has no such algorithm.
    func code(of bytes: [UInt8], by algorithm: ProofAlgorithm) -> Code128?
}

/// The bytes a code is made over (section 5.2); the first is the type, so that no code can stand for another.
public struct ProofInput: Sendable, Hashable {
    /// The bytes.
    public private(set) var bytes: [UInt8]

    private init(_ type: UInt8, pad: UInt64) {
        bytes = [type]
        put(pad, 8)
    }

    /// Of the numbers a gateway makes a challenge from that nobody without the key can foresee; the first byte is 0,
    /// which no message has, so that what comes of it stands for no code.
    public static func seed(pad: UInt64, _ numbers: Code128) -> ProofInput {
        var input = ProofInput(0, pad: pad)
        input.put(numbers.low, 8)
        input.put(numbers.high, 8)
        return input
    }

    /// Of a gateway's challenge.
    public static func challenge(pad: UInt64, _ challenge: Code128) -> ProofInput {
        var input = ProofInput(MessageType.challenge, pad: pad)
        input.put(challenge.low, 8)
        input.put(challenge.high, 8)
        return input
    }

    /// Of a pad's answer to it.
    public static func proof(pad: UInt64, log: UInt64, _ challenge: Code128) -> ProofInput {
        var input = ProofInput(MessageType.proof, pad: pad)
        input.put(log, 8)
        input.put(challenge.low, 8)
        input.put(challenge.high, 8)
        return input
    }

    /// Of a press; its age is not in it.
    public static func press(pad: UInt64, _ press: PressReport) -> ProofInput {
        var input = ProofInput(MessageType.provenPress, pad: pad)
        input.put(press.log, 8)
        input.put(UInt64(press.sequence), 4)
        input.put(UInt64(press.lifetimeCount), 4)
        input.put(UInt64(press.prompt), 4)
        input.put(UInt64(press.result.rawValue), 1)
        input.put(UInt64(press.level), 1)
        input.put(UInt64(press.key), 1)
        return input
    }

    /// Of an acknowledgement.
    public static func acknowledge(pad: UInt64, log: UInt64, sequence: UInt32) -> ProofInput {
        var input = ProofInput(MessageType.provenAcknowledge, pad: pad)
        input.put(log, 8)
        input.put(UInt64(sequence), 4)
        return input
    }

    @inline(never)
    private mutating func put(_ value: UInt64, _ count: Int) {
        var rest = value
        var left = count
        while left > 0 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest = rest &>> 8
            left &-= 1
        }
    }
}

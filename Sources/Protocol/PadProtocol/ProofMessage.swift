// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a gateway says to a pad whose key it has (firmware-protocol.md section 5.3).
public enum ProofMessage: Sendable, Hashable {
    /// Prove your key; the code proves the gateway's.
    case challenge(ProofAlgorithm, Code128, code: Code128)
    /// The entry is on the gateway's disk, and the code proves that the gateway says so.
    case acknowledge(log: UInt64, sequence: UInt32, code: Code128)

    /// The frame of this message, for the pad of that address.
    public func encoded(to address: UInt8 = ProtocolLimits.directAddress) -> [UInt8] {
        switch self {
        case .challenge(let algorithm, let challenge, let code):
            var writer = FrameWriter(address: address, type: MessageType.challenge)
            writer.u8(algorithm.rawValue)
            writer.code(challenge)
            writer.code(code)
            return writer.finish()
        case .acknowledge(let log, let sequence, let code):
            var writer = FrameWriter(address: address, type: MessageType.provenAcknowledge)
            writer.u64(log)
            writer.u32(sequence)
            writer.code(code)
            return writer.finish()
        }
    }

    /// Reads the frame the decoder just completed; an algorithm that is not known is a field out of range.
    public init(_ decoder: inout FrameDecoder) throws(MessageError) {
        switch decoder.type {
        case MessageType.challenge:
            guard let algorithm = ProofAlgorithm(rawValue: decoder.u8()) else { throw .badFields(type: decoder.type) }
            let challenge = decoder.code()
            self = .challenge(algorithm, challenge, code: decoder.code())
        case MessageType.provenAcknowledge:
            let (log, sequence) = (decoder.u64(), decoder.u32())
            self = .acknowledge(log: log, sequence: sequence, code: decoder.code())
        default: throw .unknownType(decoder.type)
        }
        guard !decoder.isShort else { throw .badFields(type: decoder.type) }
    }
}

/// How a pad answers a challenge.
public enum ProofResult: UInt8, Sendable, Hashable {
    /// The challenge's code is wrong: the gateway has another key.
    case wrongChallenge = 0
    /// The code proves the pad's key.
    case proven = 1
    /// The pad cannot make codes of that kind.
    case unknownAlgorithm = 2
}

extension PadMessage {
    /// The frame of `proof`, from the pad of that address.
    public static func proofFrame(_ result: ProofResult, _ code: Code128, from address: UInt8) -> [UInt8] {
        var writer = FrameWriter(address: address, type: MessageType.proof)
        writer.u8(result.rawValue)
        writer.code(code)
        return writer.finish()
    }
}

extension PressReport {
    /// The frame of `proven press`, from the pad of that address.
    public func encoded(from address: UInt8, code: Code128) -> [UInt8] {
        var writer = FrameWriter(address: address, type: MessageType.provenPress)
        write(to: &writer)
        writer.code(code)
        return writer.finish()
    }
}

extension FrameWriter {
    mutating func code(_ code: Code128) {
        u64(code.low)
        u64(code.high)
    }
}

extension FrameDecoder {
    mutating func code() -> Code128 {
        let low = u64()
        return Code128(low: low, high: u64())
    }
}

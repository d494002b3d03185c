// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import PadProtocol

/// The proofs of a pad at L2, around a ``PadSession`` that knows nothing of them (firmware-protocol.md section 5).
///
/// What comes in passes through it first: it answers challenges, turns a proven acknowledgement into a plain one for the
/// session, and keeps plain ones from the session of a paired pad. What the session sends passes through it last: a press
/// of a paired pad leaves with its code.
public struct PadProver<Authenticator: MessageAuthenticator>: Sendable {
    private let pad: UInt64
    private let log: UInt64
    private let authenticator: Authenticator
    /// Whether the pad ever met a gateway with its key; the owner keeps it in non-volatile memory.
    public private(set) var isPaired: Bool
    private var algorithm = ProofAlgorithm.hmacSHA256

    /// Starts with the key's authenticator and what the memory says of the pairing.
    public init(pad: UInt64, log: UInt64, authenticator: Authenticator, isPaired: Bool) {
        self.pad = pad
        self.log = log
        self.authenticator = authenticator
        self.isPaired = isPaired
    }

    /// Answers a challenge; a right one pairs the pad.
    public mutating func answer(
        _ algorithm: ProofAlgorithm, _ challenge: Code128, code: Code128, from address: UInt8
    ) -> [UInt8] {
        let own = authenticator.code(of: ProofInput.challenge(pad: pad, challenge).bytes, by: algorithm)
        guard let own else { return PadMessage.proofFrame(.unknownAlgorithm, .zero, from: address) }
        let proof = authenticator.code(of: ProofInput.proof(pad: pad, log: log, challenge).bytes, by: algorithm)
        guard own.isEqual(code), let proof else { return PadMessage.proofFrame(.wrongChallenge, .zero, from: address) }
        isPaired = true
        self.algorithm = algorithm
        return PadMessage.proofFrame(.proven, proof, from: address)
    }

    /// Whether an acknowledgement comes from somebody with the key.
    public func isTrue(acknowledge sequence: UInt32, log: UInt64, code: Code128) -> Bool {
        let input = ProofInput.acknowledge(pad: pad, log: log, sequence: sequence)
        guard let own = authenticator.code(of: input.bytes, by: algorithm) else { return false }
        return own.isEqual(code)
    }

    /// The frame as it leaves: a press of a paired pad with its code, anything else as it is.
    public func sealed(_ frame: [UInt8]) -> [UInt8] {
        guard isPaired else { return frame }
        var decoder = FrameDecoder()
        var index = 0
        while index < frame.count {
            if case .frame = decoder.push(frame[index]), let press = PressReport(frame: &decoder) {
                let input = ProofInput.press(pad: pad, press)
                guard let code = authenticator.code(of: input.bytes, by: algorithm) else { return frame }
                return press.encoded(from: decoder.address, code: code)
            }
            index &+= 1
        }
        return frame
    }
}

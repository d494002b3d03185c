// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import PadProtocol
public import PadSession

/// What a pad with everything wants done, in order.
public enum FullPadAction: Sendable, Hashable {
    /// What any pad does.
    case pad(PadAction)
    /// What a display and a scanner do.
    case display(DisplayAction)
    /// A message of a firmware update; the owner's ``FirmwareReceiver`` answers it, and the owner sends the answer.
    case update(UpdateMessage)
    /// The pad met a gateway with its key: keep that in non-volatile memory.
    case paired
}

/// A pad at L2 or L3: session, proofs, display and scanner behind one decoder, which gives each frame to its part.
///
/// A pad at L1 needs ``PadSession`` alone, and then carries nothing of this.
public struct FullPad<Authenticator: MessageAuthenticator>: Sendable {
    /// The part that every pad has.
    public private(set) var session: PadSession
    /// The proofs.
    public private(set) var prover: PadProver<Authenticator>
    /// Display and scanner.
    public private(set) var display: PadDisplay
    private var decoder = FrameDecoder()
    /// The bytes of the frame that comes in, until it is known whose it is.
    private var frame: [UInt8] = []
    private var heardAt: UInt64 = 0
    private var actions: [FullPadAction] = []
    private let canShow: @Sendable (DisplayMessage) -> Bool

    /// Puts the parts together; `canShow` tells whether the pad has the clip, the glyphs, the photograph.
    public init(
        identity: PadIdentity, memory: PadMemory, authenticator: Authenticator, isPaired: Bool,
        hasScanner: Bool = false, canShow: @escaping @Sendable (DisplayMessage) -> Bool = { _ in true }
    ) {
        session = PadSession(identity: identity, memory: memory)
        prover = PadProver(pad: identity.id, log: memory.log, authenticator: authenticator, isPaired: isPaired)
        display = PadDisplay(address: identity.address, hasScanner: hasScanner)
        self.canShow = canShow
    }

    /// Takes an event and answers with what is to be done, in order.
    public mutating func handle(_ event: PadEvent, at now: UInt64) -> [FullPadAction] {
        if case .received(let bytes) = event {
            receive(bytes, at: now)
        } else {
            forward(event, at: now)
        }
        for action in display.passTime(at: now) { actions.append(.display(action)) }
        if !isOnBus, session.isOpen {
            while let frame = display.nextFrame(at: now) { actions.append(.pad(.send(frame))) }
        }
        var result: [FullPadAction] = []
        swap(&result, &actions)
        return result
    }

    /// The scanner read a code; `false` for one that is too long.
    public mutating func scanned(_ bytes: [UInt8], symbology: [UInt8], at now: UInt64) -> Bool {
        display.scanned(bytes, symbology: symbology, at: now)
    }

    private var address: UInt8 { session.identity.address }
    private var isOnBus: Bool { session.identity.address != ProtocolLimits.directAddress }

    // MARK: Frames

    private mutating func receive(_ bytes: [UInt8], at now: UInt64) {
        if isOnBus {
            if now > heardAt &+ ProtocolTimers.busGap {
                _ = decoder.push(0)
                frame = []
            }
            heardAt = now
        }
        var index = 0
        while index < bytes.count {
            frame.append(bytes[index])
            switch decoder.push(bytes[index]) {
            case .pending:
                if frame.count > 2 &* ProtocolLimits.frameBytes { frame = [] }
            case .rejected: frame = []
            case .frame:
                let whole = frame
                frame = []
                give(whole, at: now)
            }
            index &+= 1
        }
    }

    /// Gives a frame to the part it is for; what is for none is the session's to pass over.
    private mutating func give(_ whole: [UInt8], at now: UInt64) {
        let (type, isMine) = (decoder.type, decoder.address == address)
        guard isMine, !MessageType.isFromPad(type) else { return forward(.received(whole), at: now) }
        if MessageType.isForProof(type) {
            guard let message = try? ProofMessage(&decoder) else { return yield(at: now) }
            take(message, at: now)
        } else if MessageType.isAcknowledge(type), prover.isPaired {
            // Nobody without the key can make a paired pad forget an entry.
            yield(at: now)
        } else if MessageType.isForDisplay(type) {
            guard let message = try? DisplayMessage(&decoder) else { return yield(at: now) }
            let shown = canShow
            for action in display.handle(message, at: now, canShow: shown) { actions.append(.display(action)) }
            if isOnBus {
                if let frame = display.nextFrame(at: now) { actions.append(.pad(.send(frame))) } else { yield(at: now) }
            }
        } else if MessageType.isForUpdate(type) {
            guard let message = try? UpdateMessage(&decoder) else { return yield(at: now) }
            actions.append(.update(message))
        } else {
            if case .ask(_, let nonce)? = try? HostMessage(&decoder) {
                for action in display.asked(nonce: nonce) { actions.append(.display(action)) }
            }
            forward(.received(whole), at: now)
        }
    }

    private mutating func take(_ message: ProofMessage, at now: UInt64) {
        switch message {
        case .challenge(let algorithm, let challenge, let code):
            let wasPaired = prover.isPaired
            let answer = prover.answer(algorithm, challenge, code: code, from: address)
            // Kept before it is told: after a power cut the gateway takes this pad's word for being paired.
            if prover.isPaired, !wasPaired { actions.append(.paired) }
            actions.append(.pad(.send(answer)))
        case .acknowledge(let log, let sequence, let code):
            guard prover.isTrue(acknowledge: sequence, log: log, code: code) else { return yield(at: now) }
            forward(.received(HostMessage.acknowledge(log: log, sequence: sequence).encoded(to: address)), at: now)
        }
    }

    /// On a bus every frame is a turn, whatever became of it.
    private mutating func yield(at now: UInt64) {
        if isOnBus { forward(.received(HostMessage.keepAlive.encoded(to: address)), at: now) }
    }

    private mutating func forward(_ event: PadEvent, at now: UInt64) {
        for action in session.handle(event, at: now) {
            guard case .send(let frame) = action else {
                actions.append(.pad(action))
                continue
            }
            if isOnBus, frame == PadMessage.idleFrame(from: address), let due = display.nextFrame(at: now) {
                actions.append(.pad(.send(due)))
            } else {
                actions.append(.pad(.send(prover.sealed(frame))))
            }
        }
    }
}

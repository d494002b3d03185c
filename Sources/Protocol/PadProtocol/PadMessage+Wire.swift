// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension PadMessage {
    /// The frame of this message, delimiters included, from the pad of that address.
    public func encoded(from address: UInt8 = ProtocolLimits.directAddress) -> [UInt8] {
        switch self {
        case .hello(let hello):
            return hello.encoded(from: address)
        case .press(let press):
            return press.encoded(from: address)
        case .prompting(let number, let isShowing):
            return PadMessage.promptingFrame(number, isShowing: isShowing, from: address)
        case .health(let health):
            return health.encoded(from: address)
        case .idle:
            return PadMessage.idleFrame(from: address)
        case .shown(let number, let state):
            return PadMessage.shownFrame(number, state, from: address)
        case .scanned(let part):
            return part.encoded(from: address)
        case .proof(let result, let code):
            return PadMessage.proofFrame(result, code, from: address)
        case .provenPress(let press, let code):
            return press.encoded(from: address, code: code)
        case .progress(let number, let state, let offset):
            return PadMessage.progressFrame(number, state, offset: offset, from: address)
        }
    }

    /// The frame of `prompting`; pads write their frames without a message in between, which saves code.
    public static func promptingFrame(_ number: UInt32, isShowing: Bool, from address: UInt8) -> [UInt8] {
        var writer = FrameWriter(address: address, type: MessageType.prompting)
        writer.u32(number)
        writer.u8(isShowing ? 1 : 0)
        return writer.finish()
    }

    /// The frame of `idle`.
    public static func idleFrame(from address: UInt8) -> [UInt8] {
        var writer = FrameWriter(address: address, type: MessageType.idle)
        return writer.finish()
    }

    /// Reads the frame the decoder just completed; bytes after the known fields belong to newer versions.
    public init(_ decoder: inout FrameDecoder) throws(MessageError) {
        var message: PadMessage?
        switch decoder.type {
        case MessageType.hello: message = Hello(&decoder).map(PadMessage.hello)
        case MessageType.press: message = PressReport(&decoder).map(PadMessage.press)
        case MessageType.prompting:
            let (number, state) = (decoder.u32(), decoder.u8())
            if state <= 1 { message = .prompting(number: number, isShowing: state == 1) }
        case MessageType.health:
            let flags = decoder.u8()
            message = .health(
                PadHealth(
                    isPaused: flags & 1 != 0, isLogFull: flags & 2 != 0, waiting: decoder.u16(),
                    lifetimeCount: decoder.u32(), uptimeSeconds: decoder.u32()))
        case MessageType.idle: message = .idle
        default: message = try PadMessage(beyondPresses: &decoder)
        }
        guard let message, !decoder.isShort else { throw .badFields(type: decoder.type) }
        self = message
    }
}

extension PadMessage {
    /// The messages of pads that show, scan, prove or are updated.
    private init?(beyondPresses decoder: inout FrameDecoder) throws(MessageError) {
        switch decoder.type {
        case MessageType.shown:
            let number = decoder.u32()
            guard let state = ShownState(rawValue: decoder.u8()) else { return nil }
            self = .shown(number: number, state)
        case MessageType.scanned:
            guard let part = ScannedPart(&decoder) else { return nil }
            self = .scanned(part)
        case MessageType.proof:
            guard let result = ProofResult(rawValue: decoder.u8()) else { return nil }
            self = .proof(result, decoder.code())
        case MessageType.provenPress:
            guard let press = PressReport(&decoder) else { return nil }
            self = .provenPress(press, decoder.code())
        case MessageType.progress:
            let number = decoder.u32()
            guard let state = UpdateState(rawValue: decoder.u8()) else { return nil }
            self = .progress(number: number, state, offset: decoder.u32())
        default: throw .unknownType(decoder.type)
        }
    }
}

extension Hello {
    /// The frame of `hello`, from the pad of that address.
    public func encoded(from address: UInt8) -> [UInt8] {
        var writer = FrameWriter(
            address: address, type: MessageType.hello)
        writer.u8(versions.lowest)
        writer.u8(versions.highest)
        writer.u8(conformance)
        writer.u8(keys)
        writer.u64(padID)
        writer.u64(log)
        writer.u64(nonce)
        writer.text(model)
        writer.text(firmware)
        return writer.finish()
    }

    init?(_ fields: inout FrameDecoder) {
        self.init(
            versions: VersionRange(fields.u8(), fields.u8()), conformance: fields.u8(), keys: fields.u8(),
            padID: fields.u64(),
            log: fields.u64(), nonce: fields.u64(), model: fields.text(), firmware: fields.text())
        guard log != 0, versions.isValid else { return nil }
    }
}

extension PadHealth {
    /// The frame of `health`, from the pad of that address.
    public func encoded(from address: UInt8) -> [UInt8] {
        var writer = FrameWriter(address: address, type: MessageType.health)
        writer.u8((isPaused ? 1 : 0) | (isLogFull ? 2 : 0))
        writer.u16(waiting)
        writer.u32(lifetimeCount)
        writer.u32(uptimeSeconds)
        return writer.finish()
    }
}

extension PressReport {
    /// The frame of `press`, from the pad of that address.
    public func encoded(from address: UInt8) -> [UInt8] {
        var writer = FrameWriter(address: address, type: MessageType.press)
        write(to: &writer)
        return writer.finish()
    }

    /// The fields that `press` and `proven press` have in common.
    func write(to writer: inout FrameWriter) {
        writer.u64(log)
        writer.u32(sequence)
        writer.u32(lifetimeCount)
        writer.u32(ageMilliseconds)
        writer.u32(prompt)
        writer.u8(result.rawValue)
        writer.u8(level)
        writer.u8(key)
    }

    /// Reads the frame the decoder just completed; `nil` where it is no press.
    public init?(frame decoder: inout FrameDecoder) {
        guard decoder.type == MessageType.press else { return nil }
        self.init(&decoder)
        if decoder.isShort { return nil }
    }

    init?(_ fields: inout FrameDecoder) {
        let (log, sequence, count) = (fields.u64(), fields.u32(), fields.u32())
        let (age, prompt) = (fields.u32(), fields.u32())
        let (code, level, key) = (fields.u8(), fields.u8(), fields.u8())
        guard log != 0, sequence != 0, let result = PressResult(rawValue: code) else { return nil }
        guard result == .rated ? (1...5).contains(level) && key != 0 : level == 0 && key == 0 else { return nil }
        self.init(
            log: log, sequence: sequence, lifetimeCount: count, ageMilliseconds: age, prompt: prompt, result: result,
            level: level, key: key)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension HostMessage {
    /// The frame of this message, delimiters included, for the pad of that address.
    public func encoded(to address: UInt8 = ProtocolLimits.directAddress) -> [UInt8] {
        var writer = FrameWriter(address: address, type: type)
        switch self {
        case .ask(let versions, let nonce):
            writer.u8(versions.lowest)
            writer.u8(versions.highest)
            writer.u64(nonce)
        case .welcome(let version):
            writer.u8(version)
        case .acknowledge(let log, let sequence), .refuse(let log, let sequence):
            writer.u64(log)
            writer.u32(sequence)
        case .prompt(let number, let milliseconds):
            writer.u32(number)
            writer.u32(milliseconds)
        case .cancelPrompt(let number):
            writer.u32(number)
        case .time(let milliseconds):
            writer.u64(milliseconds)
        case .pause, .resume, .keepAlive, .identify:
            break
        }
        return writer.finish()
    }

    private var type: UInt8 {
        switch self {
        case .ask: MessageType.ask
        case .welcome: MessageType.welcome
        case .acknowledge: MessageType.acknowledge
        case .refuse: MessageType.refuse
        case .prompt: MessageType.prompt
        case .cancelPrompt: MessageType.cancelPrompt
        case .pause: MessageType.pause
        case .resume: MessageType.resume
        case .time: MessageType.time
        case .keepAlive: MessageType.keepAlive
        case .identify: MessageType.identify
        }
    }

    /// Reads the frame the decoder just completed; bytes after the known fields belong to newer versions.
    public init(_ decoder: inout FrameDecoder) throws(MessageError) {
        let isInRange: Bool
        switch decoder.type {
        case MessageType.ask:
            let versions = VersionRange(decoder.u8(), decoder.u8())
            self = .ask(versions: versions, nonce: decoder.u64())
            isInRange = versions.isValid
        case MessageType.welcome:
            self = .welcome(version: decoder.u8())
            isInRange = true
        case MessageType.acknowledge:
            self = .acknowledge(log: decoder.u64(), sequence: decoder.u32())
            isInRange = true
        case MessageType.refuse:
            self = .refuse(log: decoder.u64(), sequence: decoder.u32())
            isInRange = true
        case MessageType.prompt:
            let (number, milliseconds) = (decoder.u32(), decoder.u32())
            self = .prompt(number: number, milliseconds: milliseconds)
            isInRange = number != 0 && ProtocolLimits.promptMilliseconds.contains(milliseconds)
        case MessageType.cancelPrompt:
            let number = decoder.u32()
            self = .cancelPrompt(number: number)
            isInRange = number != 0
        case MessageType.time:
            self = .time(millisecondsSinceEpoch: decoder.u64())
            isInRange = true
        default:
            guard let bare = HostMessage(bare: decoder.type) else { throw .unknownType(decoder.type) }
            self = bare
            isInRange = true
        }
        guard isInRange, !decoder.isShort else { throw .badFields(type: decoder.type) }
    }

    /// The messages without decoder.
    private init?(bare type: UInt8) {
        switch type {
        case MessageType.pause: self = .pause
        case MessageType.resume: self = .resume
        case MessageType.keepAlive: self = .keepAlive
        case MessageType.identify: self = .identify
        default: return nil
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a gateway tells a display and a scanner (firmware-protocol.md sections 2.10 and 2.11).
///
/// It is apart from ``HostMessage``, so that a pad with neither carries nothing of it. Every content has a number, not
/// 0, by which the pad answers.
public enum DisplayMessage: Sendable, Hashable {
    /// A text with its language as a BCP 47 tag; an empty one clears the display.
    case text(number: UInt32, language: [UInt8], text: [UInt8])
    /// A clip or bitmap that the pad holds.
    case clip(number: UInt32, clip: UInt16)
    /// A QR code, which the pad removes by itself when its time is up.
    case qrCode(number: UInt32, milliseconds: UInt32, content: [UInt8])
    /// Who serves; photograph ProtocolLimits/noPhotograph for none.
    case staffCard(number: UInt32, badge: [UInt8], name: [UInt8], photograph: UInt16)
    /// How many wait, and the ticket that is served, 0 for none.
    case waiting(number: UInt32, count: UInt16, ticket: UInt32)
    /// The scanner on or off.
    case scanner(number: UInt32, isOn: Bool)
    /// A part of a scanned code came in, and the next is wanted from there.
    case scanTaken(number: UInt32, next: UInt16)

    /// The number of the content, or of the scan.
    public var number: UInt32 {
        switch self {
        case .text(let number, _, _), .clip(let number, _), .qrCode(let number, _, _), .staffCard(let number, _, _, _),
            .waiting(let number, _, _), .scanner(let number, _), .scanTaken(let number, _):
            number
        }
    }

    /// The frame of this message, for the pad of that address; texts too long are cut between two characters.
    public func encoded(to address: UInt8 = ProtocolLimits.directAddress) -> [UInt8] {
        var writer = FrameWriter(address: address, type: type)
        writer.u32(number)
        switch self {
        case .text(_, let language, let text):
            writer.text(language, atMost: ProtocolLimits.languageBytes)
            writer.text(text, atMost: ProtocolLimits.displayBytes)
        case .clip(_, let clip):
            writer.u16(clip)
        case .qrCode(_, let milliseconds, let content):
            writer.u32(milliseconds)
            writer.text(content, atMost: ProtocolLimits.displayBytes)
        case .staffCard(_, let badge, let name, let photograph):
            writer.text(badge, atMost: ProtocolLimits.badgeBytes)
            writer.text(name, atMost: ProtocolLimits.nameBytes)
            writer.u16(photograph)
        case .waiting(_, let count, let ticket):
            writer.u16(count)
            writer.u32(ticket)
        case .scanner(_, let isOn):
            writer.u8(isOn ? 1 : 0)
        case .scanTaken(_, let next):
            writer.u16(next)
        }
        return writer.finish()
    }

    private var type: UInt8 {
        switch self {
        case .text: MessageType.text
        case .clip: MessageType.clip
        case .qrCode: MessageType.qrCode
        case .staffCard: MessageType.staffCard
        case .waiting: MessageType.waiting
        case .scanner: MessageType.scanner
        case .scanTaken: MessageType.scanTaken
        }
    }

    /// Reads the frame the decoder just completed; bytes after the known fields belong to newer versions.
    public init(_ decoder: inout FrameDecoder) throws(MessageError) {
        var isInRange = true
        let number = decoder.u32()
        switch decoder.type {
        case MessageType.text:
            let language = decoder.text(atMost: ProtocolLimits.languageBytes)
            let text = decoder.text(atMost: ProtocolLimits.displayBytes)
            self = .text(number: number, language: language, text: text)
            isInRange = isUTF8(text)
        case MessageType.clip:
            self = .clip(number: number, clip: decoder.u16())
        case MessageType.qrCode:
            let milliseconds = decoder.u32()
            let content = decoder.text(atMost: ProtocolLimits.displayBytes)
            self = .qrCode(number: number, milliseconds: milliseconds, content: content)
            isInRange = !content.isEmpty && ProtocolLimits.qrCodeMilliseconds.contains(milliseconds)
        case MessageType.staffCard:
            let badge = decoder.text(atMost: ProtocolLimits.badgeBytes)
            let name = decoder.text(atMost: ProtocolLimits.nameBytes)
            self = .staffCard(number: number, badge: badge, name: name, photograph: decoder.u16())
            isInRange = isUTF8(badge) && isUTF8(name)
        case MessageType.waiting:
            self = .waiting(number: number, count: decoder.u16(), ticket: decoder.u32())
        case MessageType.scanner:
            let state = decoder.u8()
            self = .scanner(number: number, isOn: state == 1)
            isInRange = state <= 1
        case MessageType.scanTaken:
            self = .scanTaken(number: number, next: decoder.u16())
        default:
            throw .unknownType(decoder.type)
        }
        guard isInRange, number != 0, !decoder.isShort else { throw .badFields(type: decoder.type) }
    }
}

/// What a pad answers about a content (section 2.10).
public enum ShownState: UInt8, Sendable, Hashable {
    /// It does not show, or no longer.
    case ended = 0
    /// It shows; of a scanner: done.
    case showing = 1
    /// The pad cannot show it.
    case impossible = 2
}

/// A part of a scanned code (section 2.11).
public struct ScannedPart: Sendable, Hashable {
    /// Which code since power-on, from 1.
    public var number: UInt32
    /// The AIM's three characters; zeros where the scanner does not say.
    public var symbology: [UInt8]
    /// Bytes of the whole code.
    public var total: UInt16
    /// Where this part begins.
    public var offset: UInt16
    /// The bytes.
    public var bytes: [UInt8]

    /// Takes the fields; of the symbology the first three bytes count.
    public init(number: UInt32, symbology: [UInt8], total: UInt16, offset: UInt16, bytes: [UInt8]) {
        self.number = number
        self.symbology = symbology
        self.total = total
        self.offset = offset
        self.bytes = bytes
    }

    /// The frame of `scanned`, from the pad of that address.
    public func encoded(from address: UInt8) -> [UInt8] {
        var writer = FrameWriter(address: address, type: MessageType.scanned)
        writer.u32(number)
        var index = 0
        while index < 3 {
            writer.u8(index < symbology.count ? symbology[index] : 0)
            index &+= 1
        }
        writer.u16(total)
        writer.u16(offset)
        writer.bytes(bytes, atMost: ProtocolLimits.displayBytes)
        return writer.finish()
    }

    init?(_ fields: inout FrameDecoder) {
        let number = fields.u32()
        let symbology = [fields.u8(), fields.u8(), fields.u8()]
        let (total, offset) = (fields.u16(), fields.u16())
        let bytes = fields.text(atMost: ProtocolLimits.displayBytes)
        guard number != 0, !bytes.isEmpty, Int(total) <= ProtocolLimits.scanBytes,
            Int(offset) &+ bytes.count <= Int(total)
        else { return nil }
        self.init(number: number, symbology: symbology, total: total, offset: offset, bytes: bytes)
    }
}

extension PadMessage {
    /// The frame of `shown`, from the pad of that address.
    public static func shownFrame(_ number: UInt32, _ state: ShownState, from address: UInt8) -> [UInt8] {
        var writer = FrameWriter(address: address, type: MessageType.shown)
        writer.u32(number)
        writer.u8(state.rawValue)
        return writer.finish()
    }
}

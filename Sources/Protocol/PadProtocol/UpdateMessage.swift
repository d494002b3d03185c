// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a gateway says to a pad that takes a new firmware (firmware-protocol.md section 2.12).
public enum UpdateMessage: Sendable, Hashable {
    /// This image is there for you.
    case offer(UpdateOffer)
    /// A piece of it.
    case chunk(number: UInt32, offset: UInt32, bytes: [UInt8])
    /// Install it, or forget it.
    case finish(number: UInt32, installs: Bool)

    /// The frame of this message, for the pad of that address.
    public func encoded(to address: UInt8 = ProtocolLimits.directAddress) -> [UInt8] {
        switch self {
        case .offer(let offer):
            var writer = FrameWriter(address: address, type: MessageType.update)
            writer.u32(offer.number)
            writer.u32(offer.size)
            writer.u32(offer.release)
            writer.text(offer.version)
            writer.raw(offer.hash, count: 32)
            writer.raw(offer.signature, count: 64)
            return writer.finish()
        case .chunk(let number, let offset, let bytes):
            var writer = FrameWriter(address: address, type: MessageType.chunk)
            writer.u32(number)
            writer.u32(offset)
            writer.bytes(bytes, atMost: ProtocolLimits.chunkBytes)
            return writer.finish()
        case .finish(let number, let installs):
            var writer = FrameWriter(address: address, type: MessageType.finish)
            writer.u32(number)
            writer.u8(installs ? 1 : 0)
            return writer.finish()
        }
    }

    /// Reads the frame the decoder just completed.
    public init(_ decoder: inout FrameDecoder) throws(MessageError) {
        let isInRange: Bool
        let number = decoder.u32()
        switch decoder.type {
        case MessageType.update:
            let (size, release) = (decoder.u32(), decoder.u32())
            let version = decoder.text()
            let hash = decoder.raw(32)
            self = .offer(
                UpdateOffer(
                    number: number, size: size, release: release, version: version, hash: hash,
                    signature: decoder.raw(64)))
            isInRange = ProtocolLimits.imageBytes.contains(size)
        case MessageType.chunk:
            let offset = decoder.u32()
            let bytes = decoder.text(atMost: ProtocolLimits.chunkBytes)
            self = .chunk(number: number, offset: offset, bytes: bytes)
            isInRange = !bytes.isEmpty
        case MessageType.finish:
            let action = decoder.u8()
            self = .finish(number: number, installs: action == 1)
            isInRange = action <= 1
        default: throw .unknownType(decoder.type)
        }
        guard isInRange, number != 0, !decoder.isShort else { throw .badFields(type: decoder.type) }
    }
}

/// A firmware image that is offered to a pad.
public struct UpdateOffer: Sendable, Hashable {
    /// Names this image for this pad; not 0.
    public var number: UInt32
    /// Bytes of the image.
    public var size: UInt32
    /// A count that only rises from one release to the next.
    public var release: UInt32
    /// The version in the maker's words, UTF-8.
    public var version: [UInt8]
    /// SHA-256 of the image, 32 bytes.
    public var hash: [UInt8]
    /// The maker's Ed25519 signature over ``signedBytes``, 64 bytes.
    public var signature: [UInt8]

    /// Takes the fields.
    public init(
        number: UInt32, size: UInt32, release: UInt32, version: [UInt8], hash: [UInt8], signature: [UInt8]
    ) {
        self.number = number
        self.size = size
        self.release = release
        self.version = version
        self.hash = hash
        self.signature = signature
    }

    /// What the maker signs: `hallgate-update-1`, release, size and hash.
    public var signedBytes: [UInt8] {
        var bytes = Array("hallgate-update-1".utf8)
        for value in [release, size] {
            for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: value &>> shift)) }
        }
        return bytes + hash
    }
}

/// How an update stands in the pad.
public enum UpdateState: UInt8, Sendable, Hashable {
    /// No update of that number is under way.
    case none = 0
    /// The chunk at the offset is wanted.
    case receiving = 1
    /// All is there and true.
    case checked = 2
    /// The pad restarts.
    case installing = 3
    /// The image has no room.
    case tooLarge = 4
    /// Its release is below the running one.
    case tooOld = 5
    /// Hash or signature do not hold.
    case forged = 6
    /// The memory could not be written.
    case memoryFailed = 7
}

extension PadMessage {
    /// The frame of `progress`, from the pad of that address.
    public static func progressFrame(
        _ number: UInt32, _ state: UpdateState, offset: UInt32, from address: UInt8
    ) -> [UInt8] {
        var writer = FrameWriter(address: address, type: MessageType.progress)
        writer.u32(number)
        writer.u8(state.rawValue)
        writer.u32(offset)
        return writer.finish()
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Finds frames in a stream of bytes, one byte at a time, with memory for one frame (firmware-protocol.md section 4).
///
/// Byte stuffing keeps 00 out of every frame, and every frame begins and ends with one. So whatever came before, the
/// next 00 puts the decoder in step: a whole frame that follows garbage is never lost, and nothing is scanned twice.
public struct FrameDecoder: Sendable {
    /// What a byte brought.
    public enum Result: Sendable, Hashable {
        /// Nothing yet.
        case pending
        /// The byte ended a whole frame; it can be read until the next byte is pushed.
        case frame
        /// So many bytes, delimiters not counted, belong to no whole frame.
        case rejected(Rejection, bytes: Int)
    }

    /// Why bytes were passed over.
    public enum Rejection: UInt8, Sendable, Hashable {
        /// No delimiter came within the largest frame; reported again for each further frame's length of bytes.
        case tooLong
        /// Fewer bytes than address, type and checksum, or a stuffing code that points past the end.
        case misshapen
        /// The checksum is wrong.
        case checksum
    }

    /// The decoded body; only the first `bodyCount` bytes are the frame's.
    private var body = InlineArray<252, UInt8>(repeating: 0)
    private var bodyCount = 0
    /// Bytes of the present stuffing block still to come.
    private var blockLeft: UInt8 = 0
    /// Bytes since the last delimiter or report.
    private var taken = 0
    private var isSkipping = false
    private var isComplete = false
    /// Where the next field begins.
    private var position = 0
    /// Whether a field was read past the end.
    private(set) var isShort = false

    /// Makes a decoder that waits for the first delimiter or frame.
    public init() {}

    /// Takes a byte from the line.
    @inline(never)
    public mutating func push(_ byte: UInt8) -> Result {
        if isComplete { restart() }
        if byte == 0 { return delimiter() }
        taken &+= 1
        if isSkipping {
            return taken < ProtocolLimits.frameBytes ? .pending : skip(.tooLong)
        }
        if blockLeft > 0 {
            blockLeft &-= 1
            return store(byte)
        }
        blockLeft = byte &- 1
        // The first code of a frame stands for no byte; each later one stands for a zero that was taken out.
        return taken == 1 ? .pending : store(0)
    }

    private mutating func store(_ byte: UInt8) -> Result {
        guard bodyCount < ProtocolLimits.bodyBytes else { return skip(.tooLong) }
        body[bodyCount] = byte
        bodyCount &+= 1
        return .pending
    }

    private mutating func delimiter() -> Result {
        if taken == 0 {
            isSkipping = false
            return .pending
        }
        if isSkipping { return reject(.tooLong) }
        guard blockLeft == 0, bodyCount >= 6 else { return reject(.misshapen) }
        var checksum = CRC32C()
        var index = 0
        while index < bodyCount &- 4 {
            checksum.update(body[index])
            index &+= 1
        }
        var rest = checksum.value
        while index < bodyCount {
            guard body[index] == UInt8(truncatingIfNeeded: rest) else { return reject(.checksum) }
            rest = rest &>> 8
            index &+= 1
        }
        isComplete = true
        position = 2
        isShort = false
        return .frame
    }

    private mutating func reject(_ rejection: Rejection) -> Result {
        let bytes = taken
        restart()
        return .rejected(rejection, bytes: bytes)
    }

    private mutating func skip(_ rejection: Rejection) -> Result {
        let result = reject(rejection)
        isSkipping = true
        return result
    }

    private mutating func restart() {
        bodyCount = 0
        blockLeft = 0
        taken = 0
        isSkipping = false
        isComplete = false
    }

    // MARK: The frame just completed

    /// The bus address of the frame just completed; 0 while there is none.
    public var address: UInt8 { isComplete ? body[0] : 0 }

    /// The type code of the frame just completed; 0, which no message has, while there is none.
    public var type: UInt8 { isComplete ? body[1] : 0 }

    /// The body of the frame just completed, from address to checksum: what a host keeps as evidence.
    public var completedBody: [UInt8] {
        var bytes: [UInt8] = []
        var index = 0
        while isComplete, index < bodyCount {
            bytes.append(body[index])
            index += 1
        }
        return bytes
    }

    // MARK: Its fields, little-endian; past the end they read as zeros, and `isShort` remembers it

    @inline(never)
    mutating func u8() -> UInt8 {
        guard isComplete, position < bodyCount &- 4 else {
            isShort = true
            return 0
        }
        let byte = body[position]
        position &+= 1
        return byte
    }

    @inline(never)
    mutating func u32() -> UInt32 {
        var value: UInt32 = 0
        var shift: UInt32 = 0
        while shift < 32 {
            value |= UInt32(u8()) &<< shift
            shift &+= 8
        }
        return value
    }

    mutating func u16() -> UInt16 {
        let low = UInt16(u8())
        return low | UInt16(u8()) &<< 8
    }

    @inline(never)
    mutating func u64() -> UInt64 {
        let low = UInt64(u32())
        return low | UInt64(u32()) &<< 32
    }

    /// A text behind its length; too long a text counts as a missing field.
    mutating func text(atMost limit: Int = ProtocolLimits.textBytes) -> [UInt8] {
        var left = Int(u8())
        if left > limit {
            isShort = true
            left = 0
        }
        return raw(left)
    }

    /// So many bytes.
    mutating func raw(_ count: Int) -> [UInt8] {
        var left = count
        var text: [UInt8] = []
        while left > 0 {
            text.append(u8())
            left -= 1
        }
        return text
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Writes a frame: stuffs and sums as it goes, so that the frame is never held twice.
///
/// A body has at most 252 bytes, so no run between zeros reaches the 254 at which general byte stuffing needs a block
/// that stands for no zero; the decoder relies on that.
struct FrameWriter {
    private var frame = InlineArray<255, UInt8>(repeating: 0)
    /// The leading delimiter is there already.
    private var count = 1
    private var codeIndex = 1
    private var checksum = CRC32C()

    init(address: UInt8, type: UInt8) {
        put(0)
        u8(address)
        u8(type)
    }

    @inline(never)
    mutating func u8(_ byte: UInt8) {
        checksum.update(byte)
        stuff(byte)
    }

    @inline(never)
    mutating func u32(_ value: UInt32) {
        var rest = value
        var left = 4
        while left > 0 {
            u8(UInt8(truncatingIfNeeded: rest))
            rest = rest &>> 8
            left &-= 1
        }
    }

    mutating func u16(_ value: UInt16) {
        u8(UInt8(truncatingIfNeeded: value))
        u8(UInt8(truncatingIfNeeded: value &>> 8))
    }

    @inline(never)
    mutating func u64(_ value: UInt64) {
        u32(UInt32(truncatingIfNeeded: value))
        u32(UInt32(truncatingIfNeeded: value &>> 32))
    }

    /// A text of a hello behind its length, cut at the limit.
    mutating func text(_ bytes: [UInt8]) { self.bytes(bytes, atMost: ProtocolLimits.textBytes) }

    /// A text behind its length, cut between two characters.
    mutating func text(_ text: [UInt8], atMost limit: Int) { bytes(text, atMost: charactersThatFit(text, in: limit)) }

    /// Bytes behind their number, cut at the limit.
    @inline(never)
    mutating func bytes(_ bytes: [UInt8], atMost limit: Int) {
        let count = min(bytes.count, limit)
        u8(UInt8(truncatingIfNeeded: count))
        var index = 0
        while index < count {
            u8(bytes[index])
            index &+= 1
        }
    }

    /// So many bytes without their number; missing ones are zeros.
    mutating func raw(_ bytes: [UInt8], count: Int) {
        var index = 0
        while index < count {
            u8(index < bytes.count ? bytes[index] : 0)
            index &+= 1
        }
    }

    @inline(never)
    private mutating func stuff(_ byte: UInt8) {
        if byte == 0 { closeBlock() }
        put(byte)
    }

    /// The messages are far shorter than the buffer; a byte too many would be dropped and the checksum be wrong.
    private mutating func put(_ byte: UInt8) {
        guard count < frame.count else { return }
        frame[count] = byte
        count &+= 1
    }

    private mutating func closeBlock() {
        frame[codeIndex] = UInt8(truncatingIfNeeded: count &- codeIndex)
        codeIndex = count
    }

    /// Ends the frame and returns it as it goes on the line.
    @inline(never)
    mutating func finish() -> [UInt8] {
        var rest = checksum.value
        var left = 4
        while left > 0 {
            stuff(UInt8(truncatingIfNeeded: rest))
            rest = rest &>> 8
            left &-= 1
        }
        closeBlock()
        put(0)
        var bytes = [UInt8](repeating: 0, count: count)
        var index = 0
        while index < count {
            bytes[index] = frame[index]
            index &+= 1
        }
        return bytes
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A place in a frame: an offset from its first byte, or a negative one from its end, -1 being the last byte.
public struct FramePlace: Sendable, Hashable, CustomStringConvertible {
    /// The offset; 0 is the first byte, -1 the last.
    public let offset: Int

    /// Names a place.
    public init(_ offset: Int) { self.offset = offset }

    /// The index in a frame of so many bytes; `nil` where the frame has no such byte.
    public func index(in count: Int) -> Int? {
        let index = offset < 0 ? count + offset : offset
        return index >= 0 && index < count ? index : nil
    }

    public var description: String { "\(offset)" }
}

/// Bytes of a frame from one place to another, both included.
public struct FrameRange: Sendable, Hashable, CustomStringConvertible {
    /// The first byte.
    public let from: FramePlace
    /// The last byte.
    public let to: FramePlace

    /// Names a range.
    public init(from: FramePlace, to: FramePlace) {
        self.from = from
        self.to = to
    }

    /// The indices in a frame of so many bytes; `nil` where it reaches past the frame or ends before it begins.
    public func indices(in count: Int) -> Range<Int>? {
        guard let first = from.index(in: count), let last = to.index(in: count), first <= last else { return nil }
        return first..<(last + 1)
    }

    public var description: String { "\(from)..\(to)" }
}

/// What a byte of a frame must be, or must not be, for a rule to apply.
public struct FrameCondition: Sendable, Hashable, CustomStringConvertible {
    /// Which byte.
    public let place: FramePlace
    /// The value it is compared with.
    public let value: UInt8
    /// Whether it must be that value, or must not.
    public let isEqual: Bool

    /// States a condition.
    public init(_ place: FramePlace, _ value: UInt8, isEqual: Bool = true) {
        self.place = place
        self.value = value
        self.isEqual = isEqual
    }

    /// Whether a frame fulfils it; a frame without such a byte does not.
    public func holds(in frame: [UInt8]) -> Bool {
        guard let index = place.index(in: frame.count) else { return false }
        return (frame[index] == value) == isEqual
    }

    public var description: String { "\(place)\(isEqual ? "=" : "!=")\(hexadecimal(value))" }
}

/// A byte as two hexadecimal digits, as descriptions write it.
public func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "0" + digits : digits
}

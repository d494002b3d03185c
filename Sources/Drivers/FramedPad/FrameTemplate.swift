// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// A frame to send, with places that are filled in each time it is sent.
public struct FrameTemplate: Sendable, Hashable {
    /// How a number is written into a frame, a byte a digit.
    public struct Digits: Sendable, Hashable {
        /// How many digits; a number that needs more is written as nines.
        public var count: Int
        /// Whether a digit is its character rather than its value.
        public var isASCII: Bool
        /// The byte for each digit of a number that is not there; zeros without one.
        public var blank: UInt8?

        /// States the form of a number.
        public init(_ count: Int, isASCII: Bool = false, blank: UInt8? = nil) {
            self.count = count
            self.isASCII = isASCII
            self.blank = blank
        }
    }

    /// How a number is written into a frame that says how long something is or lasts.
    public enum Number: Sendable, Hashable {
        /// A byte.
        case byte
        /// Two bytes.
        case twoBytes(isLittleEndian: Bool)
        /// So many characters, its decimal digits with zeros before them.
        case digits(Int)
    }

    /// A piece of the frame.
    public enum Element: Sendable, Hashable {
        /// A byte as it is.
        case byte(UInt8)
        /// A byte of the frame that is answered.
        case echo(FramePlace)
        /// Several bytes of the frame that is answered.
        case echoes(FrameRange)
        /// The length byte of the description's rule, for this frame.
        case length
        /// The checksum of the description's rule, for this frame.
        case checksum
        /// The address of the pad.
        case address
        /// The time limit in seconds, or the greatest number that can be written.
        case seconds(Number)
        /// How many bytes of this frame there are from one place to another.
        case count(Number, FrameRange)
        /// How many wait.
        case waiting(Digits)
        /// Which ticket is served.
        case ticket(Digits)
        /// A text or a code, cut or filled up to so many bytes; without a width as long as it is.
        case text(width: Int?)
    }

    /// The pieces in order.
    public let elements: [Element]

    /// Takes the pieces in order.
    public init(_ elements: [Element]) { self.elements = elements }
}

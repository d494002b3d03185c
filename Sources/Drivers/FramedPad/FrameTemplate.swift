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
        /// The time limit in seconds, at most 255.
        case seconds
        /// How many wait.
        case waiting(Digits)
        /// Which ticket is served.
        case ticket(Digits)
        /// A text in UTF-8, cut or filled up with spaces to so many bytes.
        case text(Int)
    }

    /// The pieces in order.
    public let elements: [Element]

    /// Takes the pieces in order.
    public init(_ elements: [Element]) { self.elements = elements }
}

/// What a template's places are filled with.
struct TemplateValues: Sendable {
    /// The frame that is answered; empty where none is.
    var frame: [UInt8] = []
    var address: BusAddress?
    var seconds = 0
    var waiting = 0
    var ticket: Int?
    var text = ""
}

extension FrameTemplate {
    /// The frame; `nil` where the template asks for what is not there.
    func bytes(_ values: TemplateValues, in description: FrameDescription) -> [UInt8]? {
        var frame: [UInt8] = []
        var lengths: [Int] = []
        var checksums: [Int] = []
        for element in elements {
            switch element {
            case .length:
                lengths.append(frame.count)
                frame.append(0)
            case .checksum:
                checksums.append(frame.count)
                frame += [UInt8](repeating: 0, count: description.checksum?.kind.width ?? 0)
            default:
                guard let bytes = bytes(of: element, values) else { return nil }
                frame += bytes
            }
            guard frame.count <= FrameDescription.mostBytes else { return nil }
        }
        if !lengths.isEmpty {
            guard case .byte(let rule) = description.length, let value = UInt8(exactly: frame.count - rule.overhead)
            else { return nil }
            for index in lengths { frame[index] = value }
        }
        if !checksums.isEmpty {
            guard let bytes = description.checksum?.bytes(for: frame) else { return nil }
            for index in checksums { frame.replaceSubrange(index..<(index + bytes.count), with: bytes) }
        }
        return frame
    }

    private func bytes(of element: Element, _ values: TemplateValues) -> [UInt8]? {
        switch element {
        case .byte(let byte): [byte]
        case .echo(let place): place.index(in: values.frame.count).map { [values.frame[$0]] }
        case .echoes(let range): range.indices(in: values.frame.count).map { Array(values.frame[$0]) }
        case .address: values.address.map { [$0] }
        case .seconds: [UInt8(clamping: values.seconds)]
        case .waiting(let digits): digits.bytes(of: values.waiting)
        case .ticket(let digits): digits.bytes(of: digits.fits(values.ticket))
        case .text(let count): FrameTemplate.cut(values.text, to: count)
        case .length, .checksum: []
        }
    }

    /// A text's first bytes without a broken character, filled up with spaces.
    private static func cut(_ text: String, to count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for character in text {
            let more = Array(String(character).utf8)
            guard bytes.count + more.count <= count else { break }
            bytes += more
        }
        return bytes + [UInt8](repeating: 0x20, count: max(0, count - bytes.count))
    }
}

extension FrameTemplate.Digits {
    /// A number that can be shown; a ticket that does not fit is left out, for its last digits would be another ticket.
    func fits(_ number: Int?) -> Int? {
        var rest = number ?? -1
        for _ in 0..<max(0, count) { rest /= 10 }
        return rest == 0 && number ?? -1 >= 0 ? number : nil
    }

    /// A number's digits; the blank where there is none.
    func bytes(of number: Int?) -> [UInt8] {
        let zero: UInt8 = isASCII ? 0x30 : 0
        guard count > 0 else { return [] }
        guard let number else { return [UInt8](repeating: blank ?? zero, count: count) }
        var digits: [UInt8] = []
        var rest = max(0, number)
        for _ in 0..<count {
            digits.append(zero &+ UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        return rest > 0 ? [UInt8](repeating: zero &+ 9, count: count) : digits.reversed()
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// What a template's places are filled with.
struct TemplateValues: Sendable {
    /// The frame that is answered; empty where none is.
    var frame: [UInt8] = []
    var address: BusAddress?
    var seconds = 0
    var waiting = 0
    var ticket: Int?
    var text = ""
    /// Whether the text is a code, of which nothing can be left out.
    var isCode = false
}

extension FrameTemplate {
    /// The frame; `nil` where the template asks for what is not there, or there is no room for it.
    func bytes(_ values: TemplateValues, in description: FrameDescription) -> [UInt8]? {
        var frame: [UInt8] = []
        var lengths: [Int] = []
        var checksums: [Int] = []
        var counts: [(place: Int, number: Number, range: FrameRange)] = []
        for element in elements {
            switch element {
            case .length:
                lengths.append(frame.count)
                frame.append(0)
            case .count(let number, let range):
                counts.append((frame.count, number, range))
                frame += [UInt8](repeating: 0, count: number.width)
            case .checksum:
                checksums.append(frame.count)
                frame += [UInt8](repeating: 0, count: description.checksum?.kind.width ?? 0)
            default:
                guard let bytes = bytes(of: element, values, description.texts) else { return nil }
                frame += bytes
            }
            guard frame.count <= FrameDescription.mostBytesSent else { return nil }
        }
        if !lengths.isEmpty {
            guard case .byte(let rule) = description.length, let value = UInt8(exactly: frame.count - rule.overhead)
            else { return nil }
            for index in lengths { frame[index] = value }
        }
        for count in counts {
            guard let counted = count.range.indices(in: frame.count)?.count,
                let bytes = count.number.bytes(of: counted)
            else { return nil }
            frame.replaceSubrange(count.place..<(count.place + bytes.count), with: bytes)
        }
        if !checksums.isEmpty {
            guard let bytes = description.checksum?.bytes(for: frame) else { return nil }
            for index in checksums { frame.replaceSubrange(index..<(index + bytes.count), with: bytes) }
        }
        return frame
    }

    /// The frame with as much of a text as there is room for; a code is not cut.
    func bytesWithRoom(_ values: TemplateValues, in description: FrameDescription) -> [UInt8]? {
        var values = values
        while true {
            if let bytes = bytes(values, in: description) { return bytes }
            guard !values.isCode, !values.text.isEmpty else { return nil }
            values.text.removeLast(max(1, values.text.count / 8))
        }
    }

    private func bytes(of element: Element, _ values: TemplateValues, _ texts: FrameTexts) -> [UInt8]? {
        switch element {
        case .byte(let byte): [byte]
        case .echo(let place): place.index(in: values.frame.count).map { [values.frame[$0]] }
        case .echoes(let range): range.indices(in: values.frame.count).map { Array(values.frame[$0]) }
        case .address: values.address.map { [$0] }
        case .seconds(let number): number.bytes(of: min(max(0, values.seconds), number.most))
        case .waiting(let digits): digits.bytes(of: values.waiting)
        case .ticket(let digits): digits.bytes(of: digits.fits(values.ticket))
        case .text(let width): texts.written(values.text, width: width, isCode: values.isCode, endedBy: textEnd)
        case .length, .checksum, .count: []
        }
    }

    /// The byte that ends a text, where nothing but it says where the text ends: the one behind it.
    var textEnd: UInt8? {
        let isCounted = elements.contains { element in
            switch element {
            case .count, .length: true
            default: false
            }
        }
        guard !isCounted, let place = elements.firstIndex(of: .text(width: nil)),
            case .byte(let end)? = elements.dropFirst(place + 1).first
        else { return nil }
        return end
    }

    /// How many bytes the longest code has that a frame can be made of, when none of them is escaped.
    func longestCode(_ values: TemplateValues, in description: FrameDescription) -> Int {
        var values = values
        values.isCode = true
        var (fits, tooLong) = (0, FrameDescription.mostBytesSent + 1)
        while tooLong - fits > 1 {
            let middle = (fits + tooLong) / 2
            values.text = String(repeating: "A", count: middle)
            if bytes(values, in: description) == nil { tooLong = middle } else { fits = middle }
        }
        return fits
    }
}

extension FrameTemplate.Number {
    /// How many bytes it takes.
    var width: Int {
        switch self {
        case .byte: 1
        case .twoBytes: 2
        case .digits(let count): count
        }
    }

    /// The greatest number that can be written.
    var most: Int {
        switch self {
        case .byte: 0xFF
        case .twoBytes: 0xFFFF
        case .digits(let count): (0..<count).reduce(1) { power, _ in power * 10 } - 1
        }
    }

    /// A number's bytes; `nil` where it does not fit.
    func bytes(of number: Int) -> [UInt8]? {
        guard (0...most).contains(number) else { return nil }
        switch self {
        case .byte: return [UInt8(number)]
        case .twoBytes(let isLittleEndian):
            let bytes = [UInt8(number >> 8), UInt8(number & 0xFF)]
            return isLittleEndian ? bytes.reversed() : bytes
        case .digits(let count): return FrameTemplate.Digits(count, isASCII: true).bytes(of: number)
        }
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

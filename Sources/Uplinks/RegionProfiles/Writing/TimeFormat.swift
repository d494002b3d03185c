// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// How a region writes a moment: a pattern of `yyyy MM dd HH mm ss SSS`, with other letters between quotation marks, or
/// `seconds` or `milliseconds` since 1970.
struct TimeFormat: Sendable, Hashable {
    /// `yyyy-MM-dd HH:mm:ss`, as the "好差评" interfaces have it.
    static let dashed = TimeFormat(pieces: [
        .part(.year), .text([0x2D]), .part(.month), .text([0x2D]), .part(.day), .text([0x20]), .part(.hour),
        .text([0x3A]), .part(.minute), .text([0x3A]), .part(.second),
    ])

    private enum Piece: Sendable, Hashable {
        case part(Part)
        case text([UInt8])
    }

    private enum Part: String, Sendable, Hashable, CaseIterable {
        case year = "yyyy"
        case month = "MM"
        case day = "dd"
        case hour = "HH"
        case minute = "mm"
        case second = "ss"
        case fraction = "SSS"
        case unixSeconds = "seconds"
        case unixMilliseconds = "milliseconds"
    }

    private let pieces: [Piece]

    private init(pieces: [Piece]) { self.pieces = pieces }

    /// Reads a pattern; `nil` where a letter stands for nothing.
    init?(_ pattern: String) {
        var pieces: [Piece] = []
        var rest = pattern[...]
        while let first = rest.first {
            if let part = Part.allCases.last(where: { rest.hasPrefix($0.rawValue) }) {
                pieces.append(.part(part))
                rest = rest.dropFirst(part.rawValue.count)
            } else if first == "'" {
                let word = rest.dropFirst().prefix { $0 != "'" }
                rest = rest.dropFirst(word.count + 1)
                guard rest.first == "'" else { return nil }
                rest = rest.dropFirst()
                pieces.append(.text(Array(word.utf8)))
            } else {
                guard !first.isLetter else { return nil }
                pieces.append(.text(Array(String(first).utf8)))
                rest = rest.dropFirst()
            }
        }
        guard !pieces.isEmpty else { return nil }
        self.pieces = pieces
    }

    /// Writes a moment as clocks in a zone show it; part of the last unit is cut off.
    func write(_ time: WallTime, in zone: HallZone, into out: inout [UInt8]) {
        let milliseconds = time.millisecondsSinceEpoch
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let seconds = remainder < 0 ? quotient - 1 : quotient
        let date = CivilDate(secondsSinceEpoch: seconds &+ zone.offsetSeconds)
        for piece in pieces {
            switch piece {
            case .text(let text): out.append(contentsOf: text)
            case .part(let part):
                switch part {
                case .year:
                    if date.year < 0 { out.append(UInt8(ascii: "-")) }
                    out.appendDecimal(date.year.magnitude, digits: 4)
                case .month: out.appendDecimal(date.month.magnitude, digits: 2)
                case .day: out.appendDecimal(date.day.magnitude, digits: 2)
                case .hour: out.appendDecimal(date.hour.magnitude, digits: 2)
                case .minute: out.appendDecimal(date.minute.magnitude, digits: 2)
                case .second: out.appendDecimal(date.second.magnitude, digits: 2)
                case .fraction: out.appendDecimal((milliseconds - seconds * 1000).magnitude, digits: 3)
                case .unixSeconds: Self.write(seconds, into: &out)
                case .unixMilliseconds: Self.write(milliseconds, into: &out)
                }
            }
        }
    }

    private static func write(_ number: Int64, into out: inout [UInt8]) {
        if number < 0 { out.append(UInt8(ascii: "-")) }
        out.appendDecimal(number.magnitude)
    }
}

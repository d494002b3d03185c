// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import QRCode

/// Centred lines of text, one below the other, each made small enough for the width or broken into several.
///
/// SVG breaks no lines, and what draws it may have other fonts: widths are estimated, a little too wide.
struct SheetText {
    /// Where lines are centred, in millimetres.
    let centre: Double
    /// How wide a line may be, in millimetres.
    let width: Double
    /// The top of the next line, in millimetres.
    var baseline = 0.0
    /// The lines so far.
    private(set) var svg = ""

    init(centre: Double, width: Double) {
        self.centre = centre
        self.width = width
    }

    /// Leaves room, in millimetres.
    mutating func space(_ millimetres: Double) { baseline += millimetres }

    /// Adds a text of so many millimetres, or as many as it takes to bring it into so many lines.
    mutating func add(_ text: String, size: Double, isBold: Bool = false, color: String? = nil, mostLines: Int = 1) {
        var size = size
        var lines = Self.lines(text, fitting: width / size)
        while lines.count > mostLines || lines.contains(where: { Self.width(of: $0) * size > width }), size > 1.5 {
            size *= 0.95
            lines = Self.lines(text, fitting: width / size)
        }
        for line in lines {
            svg +=
                "<text x=\"\(centre)\" y=\"\(Self.rounded(baseline + size))\" font-size=\"\(Self.rounded(size))\" "
                + "text-anchor=\"middle\"\(isBold ? " font-weight=\"700\"" : "")\(color.map { " fill=\"\($0)\"" } ?? "")>"
                + "\(XMLText.escaped(line))</text>"
            baseline += size * 1.3
        }
    }

    /// Breaks a text into lines of at most so many ems: at spaces, and between Chinese characters save before a mark
    /// that no line begins with.
    static func lines(_ text: String, fitting most: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(of: text) {
            if !line.isEmpty, width(of: line + trimmed(piece)) > most {
                lines.append(trimmed(line))
                line = ""
            }
            line += line.isEmpty && piece == " " ? "" : piece
        }
        return lines + (line.isEmpty ? [] : [trimmed(line)])
    }

    /// Width of a text, in ems.
    static func width(of text: String) -> Double {
        text.reduce(0) { sum, character in
            if displayWidth(String(character)) == 2 { return sum + 1 }
            switch character {
            case " ", ".", ",", ":", ";", "'", "i", "j", "l", "/", "-": return sum + 0.36
            case "A"..."Z", "m", "w", "%", "@": return sum + 0.76
            // Quotation marks are wide among Chinese characters.
            case "“", "”", "·": return sum + 1
            default: return sum + 0.6
            }
        }
    }

    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            let clings = "，。、；：！？）”·".contains(character)
            if let last = pieces.last, let end = last.last,
                clings || end == "“" || end == "（" || !isWide(character) && !isWide(end) && end != " "
            {
                pieces[pieces.count - 1].append(character)
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }

    private static func isWide(_ character: Character) -> Bool {
        displayWidth(String(character)) == 2 || "“”·".contains(character)
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        return String(text)
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension QRMatrix {
    /// Light modules that have to surround a symbol (ISO/IEC 18004 section 6.3.8).
    public static let quietZone = 4

    /// An SVG image: one path on a white square, in units of a module, with a title for whoever hears the page.
    ///
    /// Without a `side`, such as `80mm`, it takes the room it is given.
    public func svg(title: String, quietZone: Int = QRMatrix.quietZone, side: String? = nil) -> String {
        let whole = size + 2 * max(0, quietZone)
        let name = XMLText.escaped(title)
        let length = side.map { " width=\"\(XMLText.escaped($0))\" height=\"\(XMLText.escaped($0))\"" } ?? ""
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(whole) \(whole)\"\(length) role=\"img\" "
            + "shape-rendering=\"crispEdges\"><title>\(name)</title><path fill=\"#fff\" d=\"M0 0h\(whole)v\(whole)H0z\"/>"
            + "<path d=\"\(path(at: max(0, quietZone)))\"/></svg>"
    }

    /// The dark modules as the data of one SVG path, whose first module lies so far from the left and from the top.
    public func path(at offset: Int = 0) -> String {
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                guard self[column, row] else {
                    column += 1
                    continue
                }
                var end = column
                while self[end, row] { end += 1 }
                path += "M\(column + offset) \(row + offset)h\(end - column)v1h-\(end - column)z"
                column = end
            }
        }
        return path
    }

    /// What a terminal is like.
    public enum Terminal: Sendable, Hashable, CaseIterable {
        /// Light letters on a dark ground.
        case dark
        /// Dark letters on a light ground.
        case light
    }

    /// The symbol with its quiet zone in half blocks, two rows of modules a line.
    public func blocks(on terminal: Terminal, quietZone: Int = 2) -> String {
        let range = -max(0, quietZone)..<size + max(0, quietZone)
        var lines: [String] = []
        for row in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
            let line = range.map { column in
                let upper = self[column, row] == (terminal == .light)
                // A last line of one row has no lower half: it is left in the ground's colour.
                let lower = row + 1 < range.upperBound && self[column, row + 1] == (terminal == .light)
                return upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ")
            }
            lines.append(line.joined())
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Text as it may stand in XML 1.0 between tags and in attributes.
public enum XMLText {
    /// The text with its markup escaped, and without the characters that XML has no way of writing.
    public static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                result.unicodeScalars.append(scalar)
            default: continue
            }
        }
        return result
    }
}

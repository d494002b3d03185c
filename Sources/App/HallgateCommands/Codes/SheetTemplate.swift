// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import QRCode
import RatingModel

/// A region's own A4 sheet as SVG, with a place for the code: nothing of it is altered, and the code is put behind the
/// marked rectangle.
struct SheetTemplate {
    /// The id that marks the rectangle.
    static let mark = "hallgate-code"
    /// Largest file, in bytes: a sheet with embedded pictures.
    private static let mostBytes = 8 * 1024 * 1024

    /// The sheet as it was given.
    private let text: String
    /// Behind which of its characters the code goes.
    private let place: String.Index
    /// The rectangle, in the sheet's units.
    private let rectangle: (x: Double, y: Double, width: Double, height: Double)

    /// Reads a sheet from a file.
    static func read(_ path: String) throws(GatewayError) -> SheetTemplate {
        guard let data = try? Data(contentsOf: URL(filePath: path), options: []), data.count <= mostBytes,
            let text = String(validating: data, as: UTF8.self)
        else { throw .templateUnusable("\(path): it is no file of UTF-8 with at most \(mostBytes) bytes") }
        return try SheetTemplate(text)
    }

    /// Takes a sheet; throws `qr.template-unusable` where it has no such rectangle, or more than one.
    init(_ text: String) throws(GatewayError) {
        var found: [(attributes: [String: String], end: String.Index)] = []
        var tags = TagReader(text)
        while let tag = tags.next() {
            guard tag.name == "rect", tag.attributes["id"] == Self.mark else { continue }
            found.append((tag.attributes, tag.isClosed ? tag.end : try tags.closing("rect")))
        }
        guard found.count == 1, let rect = found.first else {
            throw .templateUnusable("it has \(found.count) rectangles with the id \(Self.mark)")
        }
        let numbers = ["x", "y", "width", "height"].map { name in
            rect.attributes[name].map { Double($0) } ?? (name == "x" || name == "y" ? 0 : nil)
        }
        guard let x = numbers[0], let y = numbers[1], let width = numbers[2], let height = numbers[3],
            width > 0, height > 0, width.isFinite, height.isFinite, x.isFinite, y.isFinite
        else { throw .templateUnusable("x, y, width and height of the rectangle are no numbers without a unit") }
        (self.text, place, rectangle) = (text, rect.end, (x, y, width, height))
    }

    /// The sheet with the code in its place, as large as it fits with the light border that it needs.
    func svg(_ matrix: QRMatrix) -> String {
        let whole = matrix.size + 2 * QRMatrix.quietZone
        let side = min(rectangle.width, rectangle.height)
        let (x, y) = (rectangle.x + (rectangle.width - side) / 2, rectangle.y + (rectangle.height - side) / 2)
        let code =
            "<g xmlns=\"http://www.w3.org/2000/svg\" transform=\"translate(\(x) \(y)) scale(\(side / Double(whole)))\" "
            + "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h\(whole)v\(whole)H0z\"/>"
            + "<path fill=\"#000\" d=\"\(matrix.path(at: QRMatrix.quietZone))\"/></g>"
        return String(text[..<place]) + code + text[place...]
    }

    /// A page of exactly this sheet, for a printer of HTML.
    func html(_ matrix: QRMatrix) -> String {
        "<!DOCTYPE html><html lang=\"zh-Hans\"><head><meta charset=\"utf-8\"><title>评价二维码 Rating code</title>"
            + "<style>@page{size:210mm 297mm;margin:0}html,body{margin:0}img{display:block;width:210mm;height:297mm}</style>"
            + "</head><body><img alt=\"\" src=\"data:image/svg+xml;base64,\(Base64.encode(svg(matrix).utf8))\"></body></html>"
    }
}

/// Finds the tags of an XML text and their attributes; comments, declarations and what stands between tags are skipped.
private struct TagReader {
    struct Tag {
        var name: String
        var attributes: [String: String] = [:]
        /// Whether it closes itself.
        var isClosed = false
        /// Behind it.
        var end: String.Index
    }

    private let text: String.UnicodeScalarView
    private var place: String.Index

    init(_ text: String) {
        self.text = text.unicodeScalars
        place = text.startIndex
    }

    /// The next opening tag.
    mutating func next() -> Tag? {
        while let start = text[place...].firstIndex(of: "<") {
            place = text.index(after: start)
            if skip("!--", to: "-->") || skip("![CDATA[", to: "]]>") || skip("?", to: "?>") { continue }
            guard let first = scalar, first.properties.isAlphabetic else { continue }
            return tag()
        }
        return nil
    }

    /// Behind the closing tag that comes next of this name.
    mutating func closing(_ name: String) throws(GatewayError) -> String.Index {
        guard let start = range(of: "</" + name), let end = text[start...].firstIndex(of: ">") else {
            throw .templateUnusable("a tag is not closed")
        }
        place = text.index(after: end)
        return place
    }

    private var scalar: UnicodeScalar? { place < text.endIndex ? text[place] : nil }

    private mutating func tag() -> Tag? {
        var tag = Tag(name: word { $0 != ">" && $0 != "/" && !$0.properties.isWhitespace }, end: text.endIndex)
        while let here = scalar {
            if here == ">" {
                place = text.index(after: place)
                tag.end = place
                return tag
            }
            guard here != "/", !here.properties.isWhitespace else {
                tag.isClosed = here == "/"
                place = text.index(after: place)
                continue
            }
            let name = word { $0 != "=" && $0 != ">" && $0 != "/" && !$0.properties.isWhitespace }
            _ = word { $0.properties.isWhitespace }
            guard scalar == "=" else { continue }
            place = text.index(after: place)
            _ = word { $0.properties.isWhitespace }
            guard let quote = scalar, quote == "\"" || quote == "'" else { continue }
            place = text.index(after: place)
            tag.attributes[name] = word { $0 != quote }
            if scalar != nil { place = text.index(after: place) }
        }
        return nil
    }

    private mutating func word(_ belongs: (UnicodeScalar) -> Bool) -> String {
        let start = place
        while let here = scalar, belongs(here) { place = text.index(after: place) }
        return String(text[start..<place])
    }

    private mutating func skip(_ start: String, to end: String) -> Bool {
        guard text[place...].starts(with: start.unicodeScalars) else { return false }
        place = range(of: end) ?? text.endIndex
        return true
    }

    /// Where such a text comes next.
    private func range(of words: String) -> String.Index? {
        guard let first = words.unicodeScalars.first else { return nil }
        var from = place
        while let start = text[from...].firstIndex(of: first) {
            if text[start...].starts(with: words.unicodeScalars) { return start }
            from = text.index(after: start)
        }
        return nil
    }
}

extension GatewayError {
    fileprivate static func templateUnusable(_ cause: String) -> GatewayError {
        GatewayError(
            "qr.template-unusable", LocalText("the sheet has no place for the code", "标牌模板中没有二维码的位置"), cause: cause,
            hint: LocalText(
                "mark it in the SVG with one <rect id=\"\(SheetTemplate.mark)\" x=… y=… width=… height=…/>",
                "请在 SVG 中用一个 <rect id=\"\(SheetTemplate.mark)\" x=… y=… width=… height=…/> 标出位置"))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import FoundationXML

/// What an XML reader that is not ours finds in an image.
final class XMLReader: NSObject, XMLParserDelegate {
    private(set) var attributes: [String: String] = [:]
    private(set) var title = ""
    private(set) var paths: [String] = []
    private var isTitle = false

    struct NoXML: Error {}

    static func read(_ text: String) throws -> XMLReader {
        let reader = XMLReader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        guard parser.parse() else { throw NoXML() }
        return reader
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        isTitle = name == "title"
        if name == "svg" { self.attributes = attributes }
        if name == "path" { paths.append(attributes["d"] ?? "") }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        isTitle = false
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if isTitle { title += text }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Why a page is not opened.
enum PageMistake: String, Error {
    case scheme = "page not opened: its address is not https"
    case length = "page not opened: its address is too long"
    case character = "page not opened: its address holds a character that addresses cannot"
    case terminator = "page not opened: its address holds the bytes that end a line"
    case host = "page not opened: its host is not the configured one"
}

extension URLPadSettings {
    /// The bytes that open a page.
    ///
    /// The address goes into the line as it is, so it must hold nothing that could end the line or a text in it: only
    /// the characters of RFC 3986, without `'`, which quotes in some templates and can be written `%27`.
    func line(opening address: String) throws(PageMistake) -> [UInt8] {
        guard address.utf8.count <= URLPadSettings.longestAddress else { throw .length }
        guard address.utf8.allSatisfy(URLPadSettings.isAddressByte) else { throw .character }
        let scheme = "https://"
        guard address.prefix(scheme.utf8.count).lowercased() == scheme else { throw .scheme }
        let authority = address.utf8.dropFirst(scheme.utf8.count).prefix { !"/?#".utf8.contains($0) }
        // A name before the host, `https://region.example@elsewhere/`, serves only to deceive.
        guard let name = String(authority), !name.isEmpty, !name.contains("@") else { throw .host }
        if let host, !URLPadSettings.isHost(name, within: host) { throw .host }
        guard !URLPadSettings.contains(terminator, in: Array(address.utf8)) else { throw .terminator }
        return bytes(of: open, address: address)
    }

    /// A line with its ending.
    func bytes(of template: String, address: String = "") -> [UInt8] {
        let place = Array(URLPadSettings.placeholder.utf8)
        let text = Array(template.utf8)
        guard let start = URLPadSettings.firstPlace(of: place, in: text) else { return text + terminator }
        return text[..<start] + address.utf8 + text[(start + place.count)...] + terminator
    }

    private static func isHost(_ authority: String, within host: String) -> Bool {
        let name = (authority.split(separator: ":").first ?? "").lowercased()
        let host = host.lowercased()
        return name == host || name.hasSuffix("." + host)
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default:
            "-._~:/?#[]@!$&()*+,;=%".utf8.contains(byte)
        }
    }

    private static func contains(_ part: [UInt8], in bytes: [UInt8]) -> Bool {
        !part.isEmpty && firstPlace(of: part, in: bytes) != nil
    }

    private static func firstPlace(of part: [UInt8], in bytes: [UInt8]) -> Int? {
        guard part.count <= bytes.count else { return nil }
        return (0...bytes.count - part.count).first { bytes[$0...].starts(with: part) }
    }
}

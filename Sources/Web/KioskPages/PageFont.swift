// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore

/// The font that pages offer for traditional Mongolian to phones that have none, which would show boxes.
///
/// It is the site's file, from a Debian package say, and not Hallgate's. A browser loads it where a page holds Mongolian
/// letters that no font of its own has.
public struct PageFont: Sendable {
    /// Largest font that is served, in bytes: what a phone waits for in a hall's Wi-Fi.
    public static let mostBytes = 2_097_152

    /// Where pages find it, whatever it is, and the style sheet that offers it.
    static let (path, sheetPath) = ("/fonts/mongolian", "/fonts/mongolian.css")

    /// Offers it where such letters are shown and no font that the sheets of the pages name before it has them.
    static let sheet = """
        @font-face { font-family: "Hall Mongolian"; src: url("\(path)"); font-display: swap; unicode-range: U+1800-18AF; }

        """

    /// What stands in a page's head.
    static let link = "<link rel=\"stylesheet\" href=\"\(sheetPath)\">"

    private let asset: PageAsset

    /// Takes the file's bytes; `nil` where they are no TrueType, OpenType or WOFF font, or too many.
    public init?(_ bytes: [UInt8]) {
        let kinds: [[UInt8]: String] = [
            [0, 1, 0, 0]: "font/ttf", Array("OTTO".utf8): "font/otf", Array("wOFF".utf8): "font/woff",
            Array("wOF2".utf8): "font/woff2",
        ]
        guard bytes.count <= Self.mostBytes, let kind = kinds[Array(bytes.prefix(4))] else { return nil }
        asset = PageAsset("mongolian", kind, bytes)
    }

    /// Adds the font and its style sheet to a router.
    func add(to router: Router<some RequestContext>) {
        router.get(RouterPath(Self.path)) { request, _ in response(to: request) }
        router.get(RouterPath(Self.sheetPath)) { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "public, max-age=86400"],
                body: .init(byteBuffer: ByteBuffer(string: Self.sheet)))
        }
    }

    /// The answer to a browser that asks for it; the address stays the same when the font changes, so it is kept for a day.
    func response(to request: Request) -> Response {
        let tag = "\"\(asset.hash)\""
        let headers: HTTPFields = [
            .contentType: asset.mediaType, .eTag: tag, .cacheControl: "public, max-age=86400",
        ]
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}

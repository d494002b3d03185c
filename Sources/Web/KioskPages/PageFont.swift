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

    /// Where pages find it, whatever it is.
    static let path = "/fonts/mongolian"

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

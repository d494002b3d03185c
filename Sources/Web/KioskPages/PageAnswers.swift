// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI
import Hummingbird

/// What pages may load and do: only what this server sends, no script or style within them, in no other page's frame but
/// those of its `framers`.
func pagePolicy(framers: [WebOrigin]) -> String {
    let ancestors = framers.isEmpty ? "'none'" : framers.map(\.rawValue).joined(separator: " ")
    return """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
        connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors \(ancestors)
        """
}

extension Response {
    /// A page: nobody between keeps it, since it belongs to one code and one moment.
    static func page(
        _ html: String, _ status: HTTPResponse.Status = .ok, retryAfter: Int? = nil, framers: [WebOrigin] = []
    ) -> Response {
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
            .contentSecurityPolicy: pagePolicy(framers: framers),
        ]
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    /// An answer to a page's script.
    static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok, retryAfter: Int? = nil) -> Response {
        var headers: HTTPFields = [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"]
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        let encoder = JSONEncoder()
        // The same answer is the same bytes: nobody wonders what another order of its members might mean.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            return Response(status: .internalServerError, headers: headers)
        }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// Another address to look at, after a form was sent.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }
}

extension KioskPages {
    /// A file of the pages. Under the address that names its content it never changes; a page older than this build
    /// gets the file there is, and keeps it for nothing.
    func asset(_ name: String, hash: String, _ request: Request) -> Response {
        guard let asset = PageAssets.all.first(where: { $0.name == name }) else { return Response(status: .notFound) }
        let tag = "\"\(asset.hash)\""
        let headers: HTTPFields = [
            .contentType: asset.mediaType, .eTag: tag,
            .cacheControl: hash == asset.hash ? "public, max-age=31536000, immutable" : "no-cache",
        ]
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}

/// What an answer says to a page's script.
struct RatingAnswer: Sendable, Codable {
    var receipt: String?
    var code: String?
    var error: String?
    var title: String?
    var text: String?
    var question: String?
}

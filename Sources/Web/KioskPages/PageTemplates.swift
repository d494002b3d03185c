// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Mustache

/// Escapes text for HTML by Unicode scalar.
///
/// The template library's own way goes by character, and to it a quote with an accent behind it is no quote: a text could
/// end the attribute it stands in.
struct ScalarEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

/// The templates of all pages, read once.
struct PageTemplates: Sendable {
    /// What every template begins with, so that its texts are escaped by ``ScalarEscaping``.
    static let pragma = "{{% CONTENT_TYPE:PAGE}}"

    static let sources: [String: [UInt8]] = [
        "head": PackageResources.head_mustache, "foot": PackageResources.foot_mustache,
        "place": PackageResources.place_mustache, "ending": PackageResources.ending_mustache,
        "rate": PackageResources.rate_mustache, "refused": PackageResources.refused_mustache,
        "thanks": PackageResources.thanks_mustache, "receipt": PackageResources.receipt_mustache,
        "screen": PackageResources.screen_mustache, "kiosk": PackageResources.kiosk_mustache,
    ]

    private let library: MustacheLibrary

    init() throws {
        MustacheContentTypes.register(ScalarEscaping(), named: "PAGE")
        var library = MustacheLibrary()
        for (name, source) in Self.sources {
            try library.register(Self.pragma + String(decoding: source, as: UTF8.self), named: name)
        }
        self.library = library
    }

    func render(_ name: String, _ model: some Sendable) -> String { library.render(model, withTemplate: name) ?? "" }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The headers of every answer: nothing from outside is loaded, nothing of ours is shown in another's frame unless its page
/// names who may, and no address of ours is told to anybody.
enum SecurityHeaders {
    /// What a page may load and do: its own files and its own calls (CSP level 3).
    private static let directives = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "media-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
    ]

    private static let fields: [(name: String, value: String)] = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        (
            "Permissions-Policy",
            "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
        ),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        // Pages carry codes and figures of the moment; files that may be kept say so themselves.
        ("Cache-Control", "no-store"),
    ]

    /// Adds to an answer what it does not say itself; of the two that protect others it says nothing itself.
    static func add(to headers: inout HTTPFields) {
        for (text, value) in fields {
            guard let name = HTTPField.Name(text) else { continue }
            if name == .cacheControl, headers[name] != nil { continue }
            headers[name] = value
        }
        // Of its policy a page decides one thing, who may frame it; X-Frame-Options could name nobody.
        let ancestors = framers(in: headers[.contentSecurityPolicy] ?? "")
        let framing = "frame-ancestors " + (ancestors.isEmpty ? "'none'" : ancestors.joined(separator: " "))
        headers[.contentSecurityPolicy] = (directives + [framing]).joined(separator: "; ")
        headers[.frameOptions] = ancestors.isEmpty ? "DENY" : nil
        // Nothing here needs a cookie, so none is ever set, whoever forgot that.
        headers[.setCookie] = nil
    }

    /// The origins that a page's policy lets frame it; empty where it names none, or anything but origins.
    private static func framers(in policy: String) -> [Substring] {
        for directive in policy.split(separator: ";") {
            let words = directive.split(separator: " ")
            guard words.first == "frame-ancestors" else { continue }
            let areOrigins = words.dropFirst().allSatisfy { word in
                let address = ["https://", "http://"].first { word.hasPrefix($0) }.map { word.dropFirst($0.count) }
                return address.map { !$0.isEmpty && $0.utf8.allSatisfy(isOfAddress) } ?? false
            }
            return areOrigins ? Array(words.dropFirst()) : []
        }
        return []
    }

    /// Whether a byte stands in a host or a port; no pattern has another.
    private static func isOfAddress(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte) || "-.:".utf8.contains(byte)
    }
}

extension HTTPField.Name {
    fileprivate static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .via
}

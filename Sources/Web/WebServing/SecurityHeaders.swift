// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The headers of every answer: nothing from outside is loaded, nothing of ours is shown in another's frame, and no
/// address of ours is told to anybody.
enum SecurityHeaders {
    /// What a page may load and do: its own files and its own calls (CSP level 3).
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "media-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let fields: [(name: String, value: String)] = [
        ("Content-Security-Policy", contentSecurityPolicy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
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
        // Nothing here needs a cookie, so none is ever set, whoever forgot that.
        headers[.setCookie] = nil
    }
}

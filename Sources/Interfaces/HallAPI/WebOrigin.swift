// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Where a page of somebody else comes from: scheme, host and port (RFC 6454), such as `https://terminal-1.hall.example`.
///
/// It is written in one way only: in small letters, and without the port that its scheme has anyway.
public struct WebOrigin: RawRepresentable, Sendable, Hashable, Codable {
    /// Longest address that is looked at, in bytes.
    private static let mostBytes = 2048

    /// The origin, as it stands in a policy.
    public let rawValue: String

    /// Reads `http` or `https` with a name or an IPv4 address and perhaps a port; `nil` for anything else.
    ///
    /// An IPv6 address is none: no policy can name one (CSP level 3, `host-source`).
    public init?(rawValue text: String) {
        guard let (origin, rest) = Self.split(text), rest.isEmpty else { return nil }
        rawValue = origin
    }

    /// The origin that an address leads to; `nil` where browsers might take it for another: it holds a user, a backslash,
    /// or anything but printable ASCII.
    public init?(ofAddress text: String) {
        guard let (origin, rest) = Self.split(text),
            !rest.utf8.contains(where: { "\\\"<>^`{|}".utf8.contains($0) })
        else { return nil }
        rawValue = origin
    }

    /// The origin at the beginning of a text, and what stands behind it.
    private static func split(_ text: String) -> (origin: String, rest: Substring)? {
        guard text.utf8.count <= mostBytes, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let lowercased = text.lowercased()
        guard let scheme = ["https", "http"].first(where: { lowercased.hasPrefix($0 + "://") }) else { return nil }
        let authority = lowercased.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, isHost(host) else { return nil }
        var origin = "\(scheme)://\(host)"
        if parts.count > 1 {
            guard parts[1].utf8.count <= 5, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
                let port = UInt16(parts[1]), port > 0
            else { return nil }
            if port != (scheme == "https" ? 443 : 80) { origin += ":\(port)" }
        }
        return (origin, text.dropFirst(scheme.count + 3 + authority.count))
    }

    private static func isHost(_ text: Substring) -> Bool {
        text.utf8.count <= 253
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 }
            }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The parts of an `https` address that have to be known before a connection is made.
public struct RegionAddress: Sendable, Hashable {
    /// The host's name or IP address, without brackets.
    public let host: String
    /// The port, 443 unless the address says otherwise.
    public let port: Int

    private let origin: String

    /// Reads `https://host[:port][/…]`; `nil` for any other scheme, user names, spaces or an impossible port.
    public init?(_ url: String) {
        let scheme = "https://"
        guard url.lowercased().hasPrefix(scheme), url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let authority = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        origin = scheme + authority
        guard !authority.contains("@") else { return nil }
        var rest = authority
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        } else {
            let end = rest.firstIndex(of: ":") ?? rest.endIndex
            host = String(rest[..<end])
            rest = rest[end...]
        }
        guard !host.isEmpty else { return nil }
        if rest.isEmpty {
            port = 443
        } else {
            guard rest.hasPrefix(":"), let number = Int(rest.dropFirst()), (1...65_535).contains(number) else {
                return nil
            }
            port = number
        }
    }

    /// Where a call of a profile goes: a path that begins with `/` is the region's own, any other follows the
    /// configured address, as a query does.
    func url(_ configured: String, with path: String) -> String {
        path.hasPrefix("/") ? origin + path : configured + path
    }
}

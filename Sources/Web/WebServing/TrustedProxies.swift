// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import WebConfiguration

/// Which address a request is counted by, where proxies of the site stand before the web process.
///
/// `X-Forwarded-For` can say anything: it is believed only of a proxy that the configuration names, and read from its end,
/// where each proxy adds whom it heard from, up to the first address that is not itself such a proxy.
struct TrustedProxies: Sendable, Hashable {
    /// Most addresses looked at; a site has a handful of proxies at most.
    private static let mostHops = 8
    private let ranges: [AddressRange]

    init(_ ranges: [AddressRange]) { self.ranges = ranges }

    /// Whether a peer is a proxy of the site; what reaches the process by a Unix socket was let in by its group.
    func contains(_ address: ClientAddress) -> Bool {
        address == .none || ranges.contains { $0.contains(address) }
    }

    /// The client behind a peer; `forwarded` holds the values of the header's fields in their order.
    func client(of peer: ClientAddress, forwarded: [String]) -> ClientAddress {
        guard contains(peer) else { return peer }
        var believed = peer
        let hops = forwarded.flatMap { $0.split(separator: ",", omittingEmptySubsequences: true) }
        for hop in hops.suffix(Self.mostHops).reversed() {
            guard let address = ClientAddress(hop.filter { $0 != " " && $0 != "\t" }) else { return believed }
            believed = address
            if !contains(address) { return believed }
        }
        return believed
    }
}

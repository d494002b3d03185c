// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// A server's name or address and its port, as a line's path has them: `192.0.2.7:4001`, `[2001:db8::7]:4001`.
struct ServerAddress: Sendable, Hashable {
    let host: String
    let port: UInt16

    /// Parts the path of a line; throws `device.unknown-host` where it is no address.
    init(_ line: DeviceLine) throws(GatewayError) {
        let text = line.path
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            throw .unknownHost(line, cause: "no port")
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .unknownHost(line, cause: "no host")
        }
        self.host = String(host)
        self.port = port
    }
}

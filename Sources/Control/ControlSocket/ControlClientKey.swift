// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A client of a socket whose clients prove who they are, and the key it proves it with.
public struct ControlClientKey: Sendable {
    /// Fewest bytes of a key.
    public static let fewestBytes = 16
    /// Most bytes of a key.
    public static let mostBytes = 1024

    /// The client's name in the configuration and the log.
    public let name: String
    private let key: [UInt8]

    /// Takes a name and a key; `nil` for a key that is too short or too long.
    public init?(name: String, key: String) {
        guard (Self.fewestBytes...Self.mostBytes).contains(key.utf8.count) else { return nil }
        self.name = name
        self.key = Array(key.utf8)
    }

    /// Whether this is the client's key. The time it takes tells the length of the key and nothing else of it.
    public func fits(_ offered: String) -> Bool {
        let offered = Array(offered.utf8)
        guard offered.count == key.count else { return false }
        return zip(offered, key).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Who a client of a socket says it is: the parameters of `authenticate`.
struct Credentials: Decodable {
    let client: String
    let key: String
}

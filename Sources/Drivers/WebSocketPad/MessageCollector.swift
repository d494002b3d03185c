// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Finds messages in the relay's bytes: each stands between a record separator and a line feed (RFC 7464).
///
/// The relay folds line breaks within a message to spaces, which changes no JSON text. A record separator begins a
/// message whatever came before it, and a message that lost its own is still taken.
struct MessageCollector: Sendable {
    enum Result: Sendable, Hashable {
        case pending
        case message([UInt8])
        /// So many bytes belong to no whole message.
        case passedOver(bytes: Int)
    }

    /// Longest message, in bytes: several times what any of the pad's methods needs.
    static let longest = 3072
    static let separator: UInt8 = 0x1E
    static let end: UInt8 = 0x0A

    private var bytes: [UInt8] = []
    private var excess = 0

    mutating func push(_ byte: UInt8) -> Result {
        switch byte {
        case MessageCollector.separator:
            let count = bytes.count + excess
            restart()
            return count > 0 ? .passedOver(bytes: count) : .pending
        case MessageCollector.end:
            defer { restart() }
            if excess > 0 { return .passedOver(bytes: bytes.count + excess) }
            let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
            return isBlank ? .pending : .message(bytes)
        default:
            if bytes.count < MessageCollector.longest {
                bytes.append(byte)
            } else {
                excess = min(excess + 1, 1_000_000)
            }
            return .pending
        }
    }

    /// The message as it goes to the relay.
    static func framed(_ value: JSONValue) -> [UInt8] { [separator] + value.text.utf8 + [end] }

    private mutating func restart() {
        bytes = []
        excess = 0
    }
}

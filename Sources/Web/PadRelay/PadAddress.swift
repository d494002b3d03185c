// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import WebServing

/// Which pad connects in, and the key it shows.
///
/// The name is the last part of the path. The key is taken from `Authorization: Bearer`, from `X-Pad-Key`, or from the
/// query's `key`, because many pads can be set to an address and to nothing else.
struct PadAddress: Sendable, Hashable {
    let name: String
    let key: String

    /// Reads a request; `nil` where it is for no pad.
    init?(_ request: WebSocketRequest) {
        self.init(
            path: request.path, authorization: request.header("Authorization"), header: request.header("X-Pad-Key"),
            query: request.query("key"))
    }

    init?(path: String, authorization: String?, header: String?, query: String?) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, parts[1] == "pads", (1...128).contains(parts[2].utf8.count) else {
            return nil
        }
        name = String(parts[2])
        let bearer = authorization.flatMap { text in
            text.lowercased().hasPrefix("bearer ") ? String(text.dropFirst(7)) : nil
        }
        key = bearer ?? header ?? query ?? ""
    }
}

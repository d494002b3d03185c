// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI WebSocketPad
// measured: JSONParser JSONValue

import WebSocketPad

/// The reader of JSON: what it reads and writes again, it reads as the same.
func fuzz(_ input: [UInt8]) {
    guard let value = try? JSONParser.parse(input) else { return }
    let text = Array(value.text.utf8)
    guard text.count <= JSONParser.longest else { return }
    precondition((try? JSONParser.parse(text)) == value, "JSON that changes when it is written")
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel Cryptography FieldLines CitizenCodes
// measured: CodeContent CodeKeys CodeSealer CodeText PackedContent PrintedSigns RedeemedCodes
// libraries: crypto
// longest: 1024

import RatingModel

@testable import CitizenCodes

private let now = WallTime(millisecondsSinceEpoch: 1_780_000_000_000)

private let sealer: CodeSealer = {
    do {
        let keys = try CodeKeys(gateway: GatewayNumber(0x6F1C_02AA), secret: Array(0..<32), at: now)
        return CodeSealer(keys: keys)
    } catch { preconditionFailure("no key: \(error)") }
}()

/// Codes as strangers make them up, what is read of their contents, and the two files beside the journal.
func fuzz(_ input: [UInt8]) {
    let bytes = Array(input.dropFirst())
    switch (input.first ?? 0) % 6 {
    case 0: stranger(String(decoding: bytes, as: UTF8.self))
    case 1: stranger(AddressText.text(bytes))
    case 2: content(bytes)
    case 3:
        guard let keys = try? CodeKeys(text: String(decoding: bytes, as: UTF8.self)) else { return }
        precondition((try? CodeKeys(text: keys.text)) == keys, "keys that do not come back")
        var later = keys
        try? later.rotate(secret: Array(0..<32), at: now, honouringEarlierUntil: now)
        try? later.revoke(keys.current.id)
        precondition(later.all.count <= CodeKeys.most && (try? CodeKeys(text: later.text)) == later)
    case 4:
        guard var signs = try? PrintedSigns(text: String(decoding: bytes, as: UTF8.self)) else { return }
        precondition((try? PrintedSigns(text: signs.text)) == signs, "signs that do not come back")
        if let sign = signs.all.first {
            signs.withdraw(sign.nonce, at: now)
            precondition(signs.withdrawn.contains(sign.nonce), "a withdrawn sign that counts")
            let twins = signs.all.count { $0.nonce == sign.nonce }
            let found = try? signs.sign("\(sign.nonce)")
            precondition(twins > 1 ? found == nil : found?.nonce == sign.nonce, "a sign that is not found")
            try? signs.add(sign, keys: sealer.keys)
        }
    default: redeem(bytes)
    }
}

/// Nobody but the gateway makes a code, and what can be written as bytes is written in one way.
private func stranger(_ text: String) {
    precondition((try? sealer.open(text, at: now)) == nil, "a code that nobody made")
    if let bytes = AddressText.bytes(text) { precondition(AddressText.text(bytes) == text, "a text with two ways") }
}

/// A content with two ways of being written, or one that does not come back out of its code.
private func content(_ bytes: [UInt8]) {
    guard let nonce = CodeNonce(bytes: Array(repeating: 7, count: CodeNonce.byteCount)),
        let content = CodeContent(nonce: nonce, packed: bytes)
    else { return }
    precondition(content.packed == bytes, "a content with two ways of being written")
    guard let code = try? sealer.seal(content) else {
        return precondition(content.isOneTime && content.expiresAt == nil, "a content that cannot be sealed")
    }
    precondition(code.utf8.count <= CodeSealer.mostCharacters, "a code that is too long")
    let opened = try? sealer.open(code, at: now)
    precondition(opened == content || content.expiresAt.map { $0 <= now } ?? false, "a code that does not open")
    var altered = Array(code.utf8)
    altered[altered.count / 2] ^= 1
    precondition((try? sealer.open(String(decoding: altered, as: UTF8.self), at: now)) == nil, "an altered code")
}

/// A table in which no code is redeemed twice, whatever the clock does: a code runs out at its number.
private func redeem(_ bytes: [UInt8]) {
    var table = RedeemedCodes(capacity: 4)
    var taken: Set<UInt8> = []
    for step in stride(from: 0, to: bytes.count - 1, by: 2) {
        let number = bytes[step]
        let clock = WallTime(millisecondsSinceEpoch: Int64(bytes[step + 1]))
        let press = PressKey.oneTime(DeviceID("code"), number: UInt64(number))
        if number == 255 {
            table.prune(at: clock)
            continue
        }
        let answer = table.redeem(
            press, submission: "\(step)", expiresAt: WallTime(millisecondsSinceEpoch: Int64(number)), at: clock)
        if answer == .first { precondition(taken.insert(number).inserted, "redeemed twice") }
        precondition(answer != .again, "two submissions taken for one")
        precondition(table.count <= 4, "a table without bounds")
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
public import RatingModel

/// Makes codes and opens them.
///
/// A code is base64url (RFC 4648 section 5) of
///
/// | bytes | hold |
/// |---|---|
/// | 1 | the form's version, 1 |
/// | 1 | the number of the key |
/// | 4 | the number of the gateway |
/// | 12 | the code's nonce |
/// | 1 to 790 | what else it holds, encrypted by AES-256-GCM; all that stands before is its associated data |
/// | 16 | the tag, which is the proof that this gateway made the code |
/// | 2 | CRC-16/CCITT-FALSE of all that stands before |
///
/// The checksum proves nothing. It only lets a citizen whose scan was damaged hear something else than one who holds a
/// sign of another hall or of a key that is gone.
public struct CodeSealer: Sendable {
    /// Longest code, in characters: one with every text at its limit.
    public static let mostCharacters = 1102

    private static let version: UInt8 = 1
    private static let headerBytes = 6 + CodeNonce.byteCount
    private static let leastBytes = headerBytes + 1 + AESGCM.tagBytes + 2

    /// The keys it makes and opens codes with.
    public let keys: CodeKeys
    /// The codes that count no more, whoever holds them.
    public let withdrawn: Set<CodeNonce>

    /// Takes the keys, and the codes that were withdrawn one by one.
    public init(keys: CodeKeys, withdrawn: Set<CodeNonce> = []) {
        self.keys = keys
        self.withdrawn = withdrawn
    }

    /// The code for a content, under the current key. No two contents may have the same nonce.
    ///
    /// Throws `code.too-long` where a text of it is longer than ``Limits/identifierBytes``, and `code.endless` for a
    /// one-time code without an expiry: nobody could keep for ever that it was redeemed.
    public func seal(_ content: CodeContent) throws(GatewayError) -> String {
        guard !content.isOneTime || content.expiresAt != nil else { throw .codeEndless }
        guard let packed = content.packed else { throw .codeTooLong }
        let key = keys.current
        let header = [Self.version, key.id] + keys.gateway.bytes + content.nonce.bytes
        let sealed: [UInt8]
        do throws(CryptographyError) {
            sealed = try AESGCM.seal(packed, key: key.secret, nonce: content.nonce.bytes, context: header)
        } catch { throw error.forOperator }
        let body = header + sealed
        return AddressText.text(body + Self.checksum(body[...]))
    }

    /// What a code holds, if this gateway made it and it counts at that moment.
    ///
    /// The moment is what the wall clock says, trusted or not: the same clock set the expiry, so a clock that is wrong
    /// all the time does no harm. Where it was set in between, a code runs out early, and the next one on the screen
    /// counts; or it counts for longer, and is still redeemed only once.
    ///
    /// Throws `code.unreadable`, `code.foreign`, `code.unknown-key`, `code.revoked` or `code.expired`, in words for
    /// citizens.
    public func open(_ text: String, at now: WallTime) throws(GatewayError) -> CodeContent {
        guard text.utf8.count <= Self.mostCharacters, let bytes = AddressText.bytes(text),
            bytes.count >= Self.leastBytes, bytes[0] == Self.version,
            Self.checksum(bytes.dropLast(2)) == Array(bytes.suffix(2))
        else { throw .codeUnreadable }
        guard Array(bytes[2..<6]) == keys.gateway.bytes else { throw .codeForeign }
        guard let key = keys.key(bytes[1]) else { throw .codeUnknownKey }
        let header = Array(bytes.prefix(Self.headerBytes))
        guard let nonce = CodeNonce(bytes: header.suffix(CodeNonce.byteCount)) else { throw .codeUnreadable }
        let packed: [UInt8]
        do throws(CryptographyError) {
            packed = try AESGCM.open(
                Array(bytes[Self.headerBytes..<bytes.count - 2]), key: key.secret, nonce: nonce.bytes, context: header)
        } catch .notAuthentic { throw .codeUnreadable } catch { throw error.forOperator }
        guard let content = CodeContent(nonce: nonce, packed: packed) else { throw .codeUnreadable }
        guard !key.isRevoked, !withdrawn.contains(nonce) else { throw .codeRevoked }
        if let until = key.honouredUntil, now >= until { throw .codeExpired }
        if let expiresAt = content.expiresAt, now >= expiresAt { throw .codeExpired }
        return content
    }

    /// CRC-16/CCITT-FALSE: polynomial 1021, beginning with FFFF, the highest byte first.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var crc: UInt16 = 0xFFFF
        for byte in bytes {
            crc ^= UInt16(byte) << 8
            for _ in 0..<8 { crc = crc & 0x8000 == 0 ? crc << 1 : crc << 1 ^ 0x1021 }
        }
        return [UInt8(crc >> 8), UInt8(crc & 0xFF)]
    }
}

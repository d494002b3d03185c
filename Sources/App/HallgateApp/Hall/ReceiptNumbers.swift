// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import FoundationEssentials
import RatingModel

/// The numbers citizens are given for their ratings: a record's id under SM4 with a key of this gateway, in 26 characters
/// of Crockford's base32.
///
/// Whoever sees one learns nothing of the rating, not even when it was given, and no other number follows from it. The key
/// is kept beside the journal; without it numbers that were given out are not known any more.
struct ReceiptNumbers: Sendable {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let characters = 26
    private static let idBytes = 16

    private let cipher: SM4

    init(key: [UInt8]) throws(CryptographyError) { cipher = try SM4(key: key, mode: .ecb, padding: .none) }

    /// Opens the key in a directory, or makes one where there is none.
    static func open(directory: String) throws(GatewayError) -> ReceiptNumbers {
        let file = WholeFile(directory: directory, name: "receipt-key")
        do throws(CryptographyError) {
            if let text = file.read(atMost: 256) {
                return try ReceiptNumbers(key: KeyMaterial.bytes(Array(text.utf8)))
            }
            guard !FileManager.default.fileExists(atPath: file.path) else { throw .badForm("the file") }
            let key = try SecureRandom.bytes(SM4.keyBytes)
            let numbers = try ReceiptNumbers(key: key)
            if let reason = file.replace(with: BinaryText.hex.encode(key) + "\n") {
                throw .failed(call: "write", reason: reason)
            }
            return numbers
        } catch {
            throw GatewayError(
                "receipt.no-key", LocalText("the key of receipts cannot be used", "无法使用回执密钥"), cause: "\(error)",
                hint: LocalText(
                    "look at \(file.path): bring it back from a backup, or move it away, and earlier receipts are not known",
                    "请检查 \(file.path)：可从备份恢复；若将其移走，此前的回执将无法查询"))
        }
    }

    /// The number of a record; `nil` where the cipher fails.
    func number(of id: RecordID) -> String? {
        guard let sealed = try? cipher.encrypt(id.bytes), sealed.count == Self.idBytes else { return nil }
        var text = ""
        // 130 bits, of which the first two are 0.
        var (bits, count): (UInt32, Int) = (0, 2)
        for byte in sealed {
            (bits, count) = ((bits << 8 | UInt32(byte)) & 0xFFFF, count + 8)
            while count >= 5 {
                count -= 5
                text.append(Self.alphabet[Int(bits >> UInt32(count) & 31)])
            }
        }
        return text
    }

    /// The record of a number as people type it: in either case, with spaces or hyphens, O for 0 and I or L for 1.
    func record(of number: String) -> RecordID? {
        guard number.utf8.count <= 4 * Self.characters else { return nil }
        var bytes: [UInt8] = []
        var (bits, count, digits): (UInt32, Int, Int) = (0, 0, 0)
        for character in number.uppercased() where character != " " && character != "-" {
            let known: Character =
                switch character {
                case "O": "0"
                case "I", "L": "1"
                default: character
                }
            guard digits < Self.characters, let value = Self.alphabet.firstIndex(of: known) else { return nil }
            // The first character holds three bits.
            if digits == 0, value > 7 { return nil }
            (bits, count, digits) = ((bits << 5 | UInt32(value)) & 0xFFFF, count + (digits == 0 ? 3 : 5), digits + 1)
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        guard digits == Self.characters, bytes.count == Self.idBytes, let plain = try? cipher.decrypt(bytes),
            plain.count == Self.idBytes
        else { return nil }
        func word(_ part: ArraySlice<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
        return RecordID(high: word(plain[0..<8]), low: word(plain[8..<16]))
    }
}

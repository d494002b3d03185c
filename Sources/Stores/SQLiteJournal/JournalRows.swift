// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import RatingModel
import SQLite

/// A row that is recognised by its CRC wherever it is found.
protocol ChecksummedRow {
    /// The byte that tells tables apart in the CRC.
    static var tag: UInt8 { get }
    /// The row's number in its table.
    var number: Int64 { get }
    /// The columns behind the number, in the table's order, without the CRC.
    var columns: [SQLiteValue] { get }
}

extension ChecksummedRow {
    /// The CRC that belongs to the row.
    var checksum: Int64 {
        var crc = CRC32C()
        crc.update([Self.tag])
        crc.update(number)
        for column in columns {
            switch column {
            case .integer(let value): crc.update(value)
            case .blob(let bytes): crc.updateField(bytes)
            case .text(let text): crc.updateField(Array(text.utf8))
            case .null, .real: crc.update([])
            }
        }
        return crc.value
    }

    /// The values for an INSERT: number, columns, CRC.
    var values: [SQLiteValue] { [.integer(number)] + columns + [.integer(checksum)] }
}

/// A row of `record`: a link of the chain.
struct ChainRow: ChecksummedRow, Hashable {
    static let tag: UInt8 = 1
    let number: Int64
    let id: [UInt8]
    let kind: Int64
    let commitment: [UInt8]
    let head: [UInt8]

    var columns: [SQLiteValue] { [.blob(id), .integer(kind), .blob(commitment), .blob(head)] }
}

/// A row of `content`: what a record says.
struct ContentRow: ChecksummedRow, Hashable {
    static let tag: UInt8 = 2
    let number: Int64
    let id: [UInt8]
    let salt: [UInt8]
    let routes: [UInt8]
    let body: [UInt8]

    var columns: [SQLiteValue] { [.blob(id), .blob(salt), .blob(routes), .blob(body)] }

    /// The same under another number.
    func numbered(_ number: Int64) -> ContentRow {
        ContentRow(number: number, id: id, salt: salt, routes: routes, body: body)
    }
}

/// A row of `personal`: encrypted fields.
struct PersonalRow: ChecksummedRow, Hashable {
    static let tag: UInt8 = 3
    let number: Int64
    let id: [UInt8]
    let sealed: [UInt8]

    var columns: [SQLiteValue] { [.blob(id), .blob(sealed)] }

    /// The fields' canonical bytes, decrypted.
    func opened(with key: PersonalKeyRow) throws(CryptographyError) -> [UInt8] {
        let nonce = Array(sealed.prefix(AESGCM.nonceBytes))
        return try AESGCM.open(Array(sealed.dropFirst(AESGCM.nonceBytes)), key: key.key, nonce: nonce, context: id)
    }

    /// Whether this is the row's key.
    func opens(with key: PersonalKeyRow) -> Bool { (try? opened(with: key)) != nil }
}

/// A row of `personal_key`.
struct PersonalKeyRow: ChecksummedRow, Hashable {
    static let tag: UInt8 = 4
    let number: Int64
    let id: [UInt8]
    let key: [UInt8]

    var columns: [SQLiteValue] { [.blob(id), .blob(key)] }
}

/// A row of `receipt`: a delivery that moved.
struct ReceiptRow: ChecksummedRow, Hashable {
    static let tag: UInt8 = 5
    /// Longest answer kept, in UTF-8 bytes.
    static let answerBytes = 512
    let number: Int64
    let uplink: String
    let id: [UInt8]
    let state: Int64
    let answer: String
    let settled: [UInt8]

    var columns: [SQLiteValue] {
        [.text(uplink), .blob(id), .integer(state), .text(answer), .blob(settled)]
    }

    /// An answer cut to what is kept, at the end of a character.
    static func shortened(_ answer: String) -> String {
        guard answer.utf8.count > answerBytes else { return answer }
        var kept = ""
        var length = 0
        for character in answer {
            length += character.utf8.count
            guard length <= answerBytes else { break }
            kept.append(character)
        }
        return kept
    }
}

extension RecordID {
    /// Reads the 16 bytes; `nil` for any other number of bytes.
    init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        let words = bytes.withUnsafeBytes { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        self.init(high: words.0, low: words.1)
    }
}

extension SQLiteValue {
    /// A 64-bit unsigned number with its top bit turned over, so that SQL's order is the numbers' own.
    static func unsigned(_ value: UInt64) -> SQLiteValue { .integer(Int64(bitPattern: value ^ 1 << 63)) }
}

extension UInt64 {
    /// Undoes ``SQLiteValue/unsigned(_:)``.
    init(ordered value: Int64) { self = UInt64(bitPattern: value) ^ 1 << 63 }
}

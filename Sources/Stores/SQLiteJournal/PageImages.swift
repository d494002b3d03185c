// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

/// The header of a row's record: what the payload's columns are, and what its number can be.
struct RowHeader {
    let start: Int
    let bytes: Int
    let types: [Int]
    /// The row's number stands before the record, as a number of one to nine bytes; read backwards it is ambiguous,
    /// so every reading is tried against the CRC.
    let numbers: [Int64]

    /// Reads a header that begins at a byte of a page; `nil` unless it can be one of the journal's rows.
    init?(_ page: ArraySlice<UInt8>, at start: Int) {
        let length = Int(page[start])
        guard (5...16).contains(length), start + length <= page.endIndex else { return nil }
        var types: [Int] = []
        var position = start + 1
        while position < start + length {
            guard let (type, next) = Self.varint(page, at: position), next <= start + length,
                type >= 0, type <= 1 << 20
            else { return nil }
            types.append(Int(type))
            position = next
        }
        guard (4...7).contains(types.count), types[0] == 0, Self.size(types[types.count - 1]) <= 8 else { return nil }
        self.start = start
        bytes = length
        self.types = types
        numbers = (1...9).compactMap { width in
            let first = start - width
            guard first > page.startIndex, let (value, next) = Self.varint(page, at: first), next == start, value > 0
            else { return nil }
            return value
        }
        if numbers.isEmpty { return nil }
    }

    /// The length of the whole record.
    var payloadBytes: Int { bytes + types.reduce(0) { $0 + Self.size($1) } }

    /// The columns of a payload; `nil` where one is of a type the journal's rows do not have.
    func values(_ payload: [UInt8]) -> [SQLiteValue]? {
        var values: [SQLiteValue] = []
        var position = bytes
        for type in types {
            let end = position + Self.size(type)
            guard end <= payload.count else { return nil }
            let field = payload[position..<end]
            switch type {
            case 0: values.append(.null)
            case 1...6:
                let isNegative = (field.first ?? 0) & 0x80 != 0
                values.append(.integer(field.reduce(isNegative ? -1 : 0) { $0 << 8 | Int64($1) }))
            case 8, 9: values.append(.integer(Int64(type - 8)))
            case 12... where type % 2 == 0: values.append(.blob(Array(field)))
            case 13...: values.append(.text(String(decoding: field, as: UTF8.self)))
            default: return nil
            }
            position = end
        }
        return values
    }

    /// The bytes a column of a serial type takes.
    static func size(_ type: Int) -> Int {
        switch type {
        case 0, 8, 9: 0
        case 1...4: type
        case 5: 6
        case 6, 7: 8
        default: max(0, (type - 12) / 2)
        }
    }

    /// SQLite's variable-length number: seven bits a byte, most significant first, all eight of a ninth byte.
    static func varint(_ bytes: ArraySlice<UInt8>, at start: Int) -> (value: Int64, next: Int)? {
        var value: UInt64 = 0
        for offset in 0..<9 {
            guard start + offset < bytes.endIndex else { return nil }
            let byte = bytes[start + offset]
            if offset == 8 { return (Int64(bitPattern: value << 8 | UInt64(byte)), start + 9) }
            value = value << 7 | UInt64(byte & 0x7F)
            if byte & 0x80 == 0 { return (Int64(bitPattern: value), start + offset + 1) }
        }
        return nil
    }
}

/// Every image of every page: those in the database, and those in the frames of the log.
struct PageImages {
    private let files: [[UInt8]]
    /// File and offset of each image, and the page's number.
    private let places: [(file: Int, offset: Int, page: UInt32)]
    private let byPage: [UInt32: [Int]]

    init(database: [UInt8], log: [UInt8]) {
        let size = JournalSchema.pageBytes
        var places: [(file: Int, offset: Int, page: UInt32)] = []
        for page in 0..<(database.count + size - 1) / size {
            places.append((0, page * size, UInt32(clamping: page + 1)))
        }
        let reader = WALReader(log)
        let frames = max(0, log.count - WriteAheadLogScan.headerBytes) / WriteAheadLogScan.frameBytes
        for frame in 0..<frames {
            places.append((1, reader.start(of: frame) + WriteAheadLogScan.frameHeaderBytes, reader.page(frame)))
        }
        // A frame that was cut off is looked through as far as it goes.
        let rest = reader.start(of: frames) + WriteAheadLogScan.frameHeaderBytes
        if rest < log.count { places.append((1, rest, 0)) }
        files = [database, log]
        self.places = places
        byPage = Dictionary(grouping: places.indices) { places[$0].page }
    }

    var count: Int { places.count }

    func page(_ index: Int) -> ArraySlice<UInt8> {
        let place = places[index]
        let file = files[place.file]
        return file[place.offset..<min(place.offset + JournalSchema.pageBytes, file.count)]
    }

    /// The bytes at which one of the journal's records can begin: a small length, then the type of NULL, which stands
    /// for the row's number, then the type of a 16-byte id or of a text.
    func rowCandidates(in index: Int) -> [Int] {
        let page = page(index)
        return page.withUnsafeBufferPointer { bytes in
            var found: [Int] = []
            var offset = 2
            while offset &+ 3 < bytes.count {
                if bytes[offset &+ 1] == 0, bytes[offset] >= 5, bytes[offset] <= 16,
                    bytes[offset &+ 2] == 44 || bytes[offset &+ 2] & 1 == 1
                {
                    found.append(page.startIndex + offset)
                }
                offset &+= 1
            }
            return found
        }
    }

    /// The payloads that can begin at a header: one where it fits its page, else one for each way the overflow pages
    /// can be put together, of which the CRC will take one. At most 64 ways are tried.
    func payloads(_ header: RowHeader, in index: Int) -> [[UInt8]] {
        let page = page(index)
        let total = header.payloadBytes
        let local = Self.localBytes(total)
        guard header.start + local <= page.endIndex else { return [] }
        let head = Array(page[header.start..<header.start + local])
        guard total > local else { return [head] }
        guard total <= 64 * 1024, header.start + local + 4 <= page.endIndex else { return [] }
        var complete: [[UInt8]] = []
        var attempts = 64
        follow(page, header.start + local, head, total, &complete, &attempts)
        return complete
    }

    private func follow(
        _ page: ArraySlice<UInt8>, _ link: Int, _ taken: [UInt8], _ total: Int, _ complete: inout [[UInt8]],
        _ attempts: inout Int
    ) {
        let number = page[link..<link + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        for index in (byPage[number] ?? []).reversed() {
            guard attempts > 0 else { return }
            attempts -= 1
            let next = self.page(index)
            guard next.count == JournalSchema.pageBytes else { continue }
            let bytes = taken + next.dropFirst(4).prefix(total - taken.count)
            if bytes.count == total {
                complete.append(bytes)
            } else {
                follow(next, next.startIndex, bytes, total, &complete, &attempts)
            }
        }
    }

    /// How much of a payload stands in its leaf page (sqlite.org/fileformat2.html#b_tree_pages).
    private static func localBytes(_ total: Int) -> Int {
        let usable = JournalSchema.pageBytes
        let most = usable - 35
        guard total > most else { return total }
        let least = (usable - 12) * 32 / 255 - 23
        let wanted = least + (total - least) % (usable - 4)
        return wanted <= most ? wanted : least
    }
}

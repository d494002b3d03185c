// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import SQLite
import Testing

/// Gathered writes must not be told from single ones by anything but their number.
@Suite struct GatheringTests {
    /// Two databases of the same content, one of which gathers its writes.
    private static func withPair(_ body: (Database, Database, String) throws -> Void) throws {
        var template = Array("/tmp/hallgate-gather-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } != nil }
        try #require(made)
        let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let names = ["gathered", "plain", "copy"].flatMap { ["\(directory)/\($0)", "\(directory)/\($0)-wal"] }
        defer {
            for name in names { unlink(name) }
            rmdir(directory)
        }
        let gathered = try Database(path: "\(directory)/gathered", gathersWrites: true)
        let plain = try Database(path: "\(directory)/plain")
        for database in [gathered, plain] {
            // A cache of five pages makes SQLite write and read back pages in the midst of a transaction.
            try database.execute(
                """
                PRAGMA page_size = 1024; PRAGMA locking_mode = exclusive; PRAGMA journal_mode = wal;
                PRAGMA synchronous = FULL; PRAGMA cache_size = 5;
                CREATE TABLE t(a INTEGER PRIMARY KEY, b BLOB UNIQUE);
                """)
        }
        try body(gathered, plain, directory)
        gathered.close()
        plain.close()
    }

    private static func contents(of database: Database) throws -> [[UInt8]] {
        var rows: [[UInt8]] = []
        try database.prepare("SELECT b FROM t ORDER BY a").rows { rows.append($0.blob(0)) }
        return rows
    }

    private static func copy(_ source: String, to target: String) {
        let from = open(source, O_RDONLY)
        let to = open(target, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer {
            close(from)
            close(to)
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let taken = read(from, &buffer, buffer.count), taken > 0 { _ = write(to, buffer, taken) }
    }

    @Test func bothHoldTheSameAfterAnything() throws {
        try Self.withPair { gathered, plain, directory in
            var random = SystemRandomNumberGenerator()
            for step in 0..<300 {
                let rows = Int.random(in: 1...40, using: &random)
                let isRolledBack = Int.random(in: 0..<5, using: &random) == 0
                let blobs = (0..<rows).map { _ in
                    (0..<Int.random(in: 1...3000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
                    }
                }
                let gone = Int64.random(in: 0...7, using: &random)
                for database in [gathered, plain] {
                    try database.execute("BEGIN IMMEDIATE")
                    let insert = try database.prepare("INSERT OR IGNORE INTO t(b) VALUES(?1)")
                    for blob in blobs { try insert.run(.blob(blob)) }
                    try database.prepare("DELETE FROM t WHERE a % 8 = ?1").run(.integer(gone))
                    try database.execute(isRolledBack ? "ROLLBACK" : "COMMIT")
                    if step % 50 == 49 { try database.execute("PRAGMA wal_checkpoint(PASSIVE)") }
                    if step % 100 == 99 { try database.execute("PRAGMA wal_checkpoint(TRUNCATE)") }
                }
            }
            #expect(try Self.contents(of: gathered) == Self.contents(of: plain))
            #expect(try gathered.prepare("PRAGMA integrity_check").first { $0.text(0) } == "ok")
            gathered.close()
            let again = try Database(path: "\(directory)/gathered", access: .read)
            #expect(try Self.contents(of: again) == Self.contents(of: plain))
            again.close()
        }
    }

    @Test func whatIsCommittedIsInTheFilesAndTheRestIsNot() throws {
        try Self.withPair { gathered, _, directory in
            for number in 0..<50 {
                try gathered.prepare("INSERT INTO t(b) VALUES(?1)").run(.blob([UInt8(number)]))
                // As a process that is killed leaves them.
                Self.copy("\(directory)/gathered", to: "\(directory)/copy")
                Self.copy("\(directory)/gathered-wal", to: "\(directory)/copy-wal")
                let copy = try Database(path: "\(directory)/copy")
                #expect(try Self.contents(of: copy).count == number + 1)
                copy.close()
            }
        }
    }

    @Test func theLogSaysHowLongItIs() throws {
        try Self.withPair { gathered, _, _ in
            #expect(gathered.pagesInLog == 0)
            gathered.keepLog()
            // Far more than the thousand pages after which SQLite would write the log back by itself.
            for number in 0..<100 {
                try gathered.prepare("INSERT INTO t(b) VALUES(?1)").run(
                    .blob([UInt8](repeating: UInt8(number), count: 20_000)))
            }
            #expect(gathered.pagesInLog > 2000)
            try gathered.execute("PRAGMA wal_checkpoint(PASSIVE)")
            try gathered.prepare("INSERT INTO t(b) VALUES(x'00')").run()
            #expect((1...10).contains(gathered.pagesInLog))
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HallgateTesting
import JournalAPI
import RatingModel
import SQLiteJournal
import Testing

/// Flipped bits in every file of a journal: the start never fails, what is intact survives, nothing vanishes unsaid (G6).
@Suite struct BitFlipTests {
    /// A journal of forty records, some settled, as a killed process leaves it: pages in the database and in the log.
    static func makeJournal(in directory: String, closing: Bool) async throws -> [RecordDraft] {
        guard FaultFileSystem.isRegistered else { throw TestFailure("the fault VFS is not registered") }
        let disk = FaultDisk(directory: directory)
        defer { disk.remove() }
        let journal = try await SQLiteJournal.open(in: directory, fileSystem: FaultFileSystem.name)
        var drafts: [RecordDraft] = []
        for number in UInt64(1)...40 {
            let personal = number % 10 == 0 ? PersonalFields(["name": "n\(number)"]) : nil
            // Every eighth does not fit a page, so that overflow pages are there too.
            let label = number % 8 == 0 ? String(repeating: "满意", count: 400) : "满意"
            let press = JournalSamples.press(sequence: number, outcome: .rated(.satisfied, key: 2, label: label))
            let draft = JournalSamples.rating(number, press: press, personal: personal)
            drafts.append(draft)
            _ = try await journal.record([draft])
            if number % 4 == 0 {
                let lent = try await journal.lease(2, for: JournalSamples.region)
                let result: SettlementResult = number % 12 == 0 ? .parked : .delivered(wasDuplicate: false)
                try await journal.settle(
                    lent.map { JournalSamples.settlement($0.sequence, result) }, for: JournalSamples.region)
            }
            // Half of the records are in the database, half only in the log.
            if number == 20 {
                await journal.close()
                return drafts + (try await fill(directory, from: 21, to: 40, closing: closing, disk))
            }
        }
        return drafts
    }

    private static func fill(
        _ directory: String, from first: UInt64, to last: UInt64, closing: Bool, _ disk: FaultDisk
    ) async throws -> [RecordDraft] {
        let journal = try await SQLiteJournal.open(in: directory, fileSystem: FaultFileSystem.name)
        var drafts: [RecordDraft] = []
        for number in first...last {
            let draft = JournalSamples.rating(number, press: JournalSamples.press(sequence: number))
            drafts.append(draft)
            _ = try await journal.record([draft])
            if number % 5 == 0 {
                let lent = try await journal.lease(2, for: JournalSamples.region)
                try await journal.settle(
                    lent.map { JournalSamples.settlement($0.sequence, .delivered(wasDuplicate: false)) },
                    for: JournalSamples.region)
            }
        }
        if !closing { disk.die() }
        await journal.close()
        return drafts
    }

    enum Target: String, CaseIterable {
        case databasePages, databaseHeader, logHeader, logFrames, frameHeaders, bothFiles
    }

    /// Flips one bit, or a few for `bothFiles`, and answers which files were hit.
    static func flip(_ target: Target, in directory: String, _ random: inout SeededGenerator) throws {
        let (database, log) = (directory + "/journal.db", directory + "/journal.db-wal")
        switch target {
        case .databasePages: try flip(database, 0..<Int.max, &random)
        case .databaseHeader: try flip(database, 0..<100, &random)
        case .logHeader: try flip(log, 0..<32, &random)
        case .logFrames: try flip(log, 32..<Int.max, &random)
        case .frameHeaders:
            let frames = (try size(log) - 32) / 1048
            let frame = Int.random(in: 0..<frames, using: &random)
            try flip(log, (32 + frame * 1048)..<(32 + frame * 1048 + 24), &random)
        case .bothFiles:
            for _ in 0..<3 {
                try flip(database, 0..<Int.max, &random)
                try flip(log, 0..<Int.max, &random)
            }
        }
    }

    private static func size(_ path: String) throws -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw TestFailure("no \(path)") }
        return Int(status.st_size)
    }

    private static func flip(_ path: String, _ range: Range<Int>, _ random: inout SeededGenerator) throws {
        let offset = Int.random(in: range.clamped(to: 0..<(try size(path))), using: &random)
        let descriptor = open(path, O_RDWR)
        defer { close(descriptor) }
        var byte: UInt8 = 0
        pread(descriptor, &byte, 1, off_t(offset))
        byte ^= 1 << UInt8.random(in: 0..<8, using: &random)
        pwrite(descriptor, &byte, 1, off_t(offset))
    }

    @Test(arguments: Target.allCases) func flippedBits(_ target: Target) async throws {
        try await withTemporaryDirectory { pristine in
            let drafts = try await Self.makeJournal(in: pristine, closing: false)
            var recoveries = 0
            for seed in UInt64(1)...80 {
                recoveries += try await Self.check(target, seed: seed, pristine, drafts) ? 1 : 0
            }
            #expect(target == .databaseHeader || recoveries > 20, "only \(recoveries) flips were seen")
        }
    }

    /// Damages a copy, opens it, and says whether damage was reported.
    static func check(
        _ target: Target, seed: UInt64, _ pristine: String, _ drafts: [RecordDraft]
    ) async throws -> Bool {
        try await withTemporaryDirectory { directory in
            for file in ["journal.db", "journal.db-wal"] { try copy(pristine + "/" + file, to: directory + "/" + file) }
            var random = SeededGenerator(seed: seed)
            try flip(target, in: directory, &random)
            let journal: SQLiteJournal
            do {
                journal = try await SQLiteJournal.open(in: directory)
            } catch {
                throw TestFailure("\(target) seed \(seed): the start failed: \(error)")
            }
            let found = try await journal.entries(after: 0, atMost: 1000)
            let bodies = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0.body) })
            let lost = drafts.filter { bodies[$0.id] == nil }
            let changed = drafts.filter { bodies[$0.id] != nil && bodies[$0.id] != $0.body }
            let past = await journal.status().recoveredFrom
            let asides = names(in: directory).filter { $0.hasPrefix("damaged-") }
            let flips = target == .bothFiles ? 6 : 1
            #expect(changed.isEmpty, "\(target) seed \(seed): records changed")
            #expect(lost.count <= flips, "\(target) seed \(seed): \(lost.count) records lost to \(flips) bits")
            #expect(lost.isEmpty || !asides.isEmpty, "\(target) seed \(seed): a record vanished unsaid")
            #expect(past == nil || asides.contains(past?.setAsideAs ?? ""), "\(target) seed \(seed): no copy is kept")
            if let past {
                #expect(past.importedRecords >= 40 - Int64(lost.count), "\(target) seed \(seed)")
                guard case .imported(past)? = found.first?.body else {
                    throw TestFailure("\(target) seed \(seed): the first record is no import")
                }
            }
            // What was delivered is not forgotten, but for receipts that were hit themselves.
            let counters = try await journal.conservation(for: JournalSamples.region)
            #expect(counters.holds)
            #expect(counters.recorded >= 40 - Int64(flips), "\(target) seed \(seed): \(counters)")
            #expect(counters.delivered + counters.parked >= 18 - Int64(flips), "\(target) seed \(seed): \(counters)")
            #expect(try await journal.verify().findings == [], "\(target) seed \(seed)")
            // And it goes on.
            let next = JournalSamples.rating(900, press: JournalSamples.press(sequence: 900))
            guard case .recorded? = try await journal.record([next]).first else {
                throw TestFailure("\(target) seed \(seed): nothing can be recorded any more")
            }
            await journal.close()
            return past != nil || !asides.isEmpty
        }
    }
}

/// Copies a file byte by byte.
func copy(_ path: String, to other: String) throws {
    let source = open(path, O_RDONLY)
    guard source >= 0 else { throw TestFailure("open \(path)") }
    defer { close(source) }
    let target = open(other, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
    defer { close(target) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(source, &buffer, buffer.count)
        if count <= 0 { break }
        guard write(target, buffer, count) == count else { throw TestFailure("write \(other)") }
    }
}

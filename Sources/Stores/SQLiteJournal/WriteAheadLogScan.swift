// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a look at the write-ahead log shows before SQLite opens it (sqlite.org/fileformat2.html#walformat).
///
/// SQLite reads a log up to the first frame whose checksum fails, and drops what lies behind without a word. After a
/// power cut that is right: the frames behind were never synced. But SQLite writes a frame behind a commit only after
/// the commit was synced; so where a failing frame is followed by a commit and a frame that continues it, the failing
/// frame was durable once, and has been damaged since.
///
/// "Continues" is read from the checksums themselves: each is computed from the one before. Frames left over from a
/// commit whose sync failed end with that commit, and frames of an older log have other salts: neither looks like
/// damage.
struct WriteAheadLogScan {
    /// What the log is.
    enum Verdict: Hashable {
        /// Nothing, or nothing wrong.
        case clean
        /// An unfinished transaction at the end, as a power cut leaves it.
        case tornTail
        /// The last transaction is complete and fails its checksums: torn, or damaged; nothing can tell.
        case doubtfulTail
        /// The header fails its checksum: a log that was being begun, or damage.
        case badHeader
        /// Frames that were durable fail; the number of the first, from 0.
        case damaged(frame: Int)
    }

    static let headerBytes = 32
    static let frameHeaderBytes = 24
    static let frameBytes = frameHeaderBytes + JournalSchema.pageBytes

    let verdict: Verdict
    /// Frames that are there whole.
    let frames: Int
    /// Frames SQLite will read: up to the last commit before the first failing frame.
    let validFrames: Int

    init(_ log: [UInt8]) {
        frames = max(0, log.count - Self.headerBytes) / Self.frameBytes
        guard frames > 0 else {
            (verdict, validFrames) = (.clean, 0)
            return
        }
        let reader = WALReader(log)
        guard let seed = reader.headerChecksum else {
            (verdict, validFrames) = (.badHeader, 0)
            return
        }
        var previous = seed
        var commits = 0
        var index = 0
        while index < frames, reader.hasSalts(index), reader.stored(index) == reader.computed(index, from: previous) {
            previous = reader.stored(index)
            index += 1
            if reader.isCommit(index - 1) { commits = index }
        }
        validFrames = commits
        if index == frames {
            let isWhole = commits == frames && (log.count - Self.headerBytes) % Self.frameBytes == 0
            verdict = isWhole ? .clean : .tornTail
        } else {
            verdict = Self.judge(reader, firstBad: index, frames: frames, seed: previous)
        }
    }

    private static func judge(_ reader: WALReader, firstBad: Int, frames: Int, seed: WALChecksum) -> Verdict {
        // No write ends like this: everything is right but one bit of the frame's header.
        if reader.isOneHeaderBitOff(firstBad, from: seed) { return .damaged(frame: firstBad) }
        var isComplete = reader.hasSalts(firstBad) && reader.isCommit(firstBad)
        var isRunUnbroken = true
        // A commit mark counts only on the failing frame, or on one that continues its predecessor: a header torn over
        // a leftover can put a new mark beside an old checksum.
        var isMarkTrusted = true
        // Where only the stored checksum was hit, the next frame continues the one that should stand there.
        var computed: WALChecksum? = reader.computed(firstBad, from: seed)
        for index in (firstBad + 1)..<max(frames, firstBad + 1) {
            guard reader.hasSalts(index) else {
                computed = nil
                isRunUnbroken = false
                isMarkTrusted = false
                continue
            }
            let stored = reader.stored(index)
            let continues =
                stored == reader.computed(index, from: reader.stored(index - 1))
                || computed.map { stored == reader.computed(index, from: $0) } == true
            if continues, isMarkTrusted, reader.isCommit(index - 1) { return .damaged(frame: firstBad) }
            isMarkTrusted = continues
            isRunUnbroken = isRunUnbroken && continues
            if isRunUnbroken, reader.isCommit(index) { isComplete = true }
            computed = nil
        }
        return isComplete ? .doubtfulTail : .tornTail
    }
}

/// The running checksum of a log.
struct WALChecksum: Hashable {
    var first: UInt32
    var second: UInt32
}

/// Reads the fields of a log.
struct WALReader {
    let log: [UInt8]
    private let isBigEndian: Bool

    init(_ log: [UInt8]) {
        self.log = log
        isBigEndian = log.count > 3 && log[3] & 1 == 1
    }

    private init(_ bytes: [UInt8], isBigEndian: Bool) {
        log = bytes
        self.isBigEndian = isBigEndian
    }

    /// The checksum of the header, where it is right and the log is one of ours.
    var headerChecksum: WALChecksum? {
        guard log.count >= WriteAheadLogScan.headerBytes, word(0) & ~1 == 0x377F_0682, word(4) == 3_007_000,
            word(8) == UInt32(JournalSchema.pageBytes)
        else { return nil }
        let sum = checksum(0..<24, from: WALChecksum(first: 0, second: 0))
        return sum == WALChecksum(first: word(24), second: word(28)) ? sum : nil
    }

    func start(of frame: Int) -> Int { WriteAheadLogScan.headerBytes + frame * WriteAheadLogScan.frameBytes }

    /// The page a frame holds.
    func page(_ frame: Int) -> UInt32 { word(start(of: frame)) }

    /// Whether a frame ends a transaction.
    func isCommit(_ frame: Int) -> Bool { word(start(of: frame) + 4) != 0 }

    /// Whether a frame belongs to this log and not to the one that was written before it into the same file.
    func hasSalts(_ frame: Int) -> Bool {
        word(start(of: frame) + 8) == word(16) && word(start(of: frame) + 12) == word(20)
    }

    /// The checksum a frame carries.
    func stored(_ frame: Int) -> WALChecksum {
        WALChecksum(first: word(start(of: frame) + 16), second: word(start(of: frame) + 20))
    }

    /// The checksum a frame should carry behind this one.
    func computed(_ frame: Int, from seed: WALChecksum) -> WALChecksum {
        let start = start(of: frame)
        let head = checksum(start..<start + 8, from: seed)
        let body = start + WriteAheadLogScan.frameHeaderBytes
        return checksum(body..<body + JournalSchema.pageBytes, from: head)
    }

    /// Whether a frame fails by one bit of its page number, its commit mark or its salts, and by nothing else.
    func isOneHeaderBitOff(_ frame: Int, from seed: WALChecksum) -> Bool {
        let stored = stored(frame)
        // The checksum does not cover the salts, so a frame whose salts were hit has the right one.
        if stored == computed(frame, from: seed) { return true }
        guard hasSalts(frame) else { return false }
        let start = start(of: frame)
        let body = start + WriteAheadLogScan.frameHeaderBytes
        var head = Array(log[start..<start + 8])
        for bit in 0..<64 {
            head[bit / 8] ^= 1 << UInt8(bit % 8)
            defer { head[bit / 8] ^= 1 << UInt8(bit % 8) }
            let repaired = WALReader(head, isBigEndian: isBigEndian).checksum(0..<8, from: seed)
            if stored == checksum(body..<body + JournalSchema.pageBytes, from: repaired) { return true }
        }
        return false
    }

    /// Four bytes, most significant first.
    func word(_ offset: Int) -> UInt32 {
        guard offset >= 0, offset + 4 <= log.count else { return 0 }
        return log.withUnsafeBytes { UInt32(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
    }

    /// SQLite's checksum over pairs of words in the byte order the log's magic number states.
    private func checksum(_ range: Range<Int>, from seed: WALChecksum) -> WALChecksum {
        guard range.upperBound <= log.count else { return WALChecksum(first: 0, second: 0) }
        return log.withUnsafeBytes { bytes in
            var sum = seed
            var offset = range.lowerBound
            while offset &+ 8 <= range.upperBound {
                let left = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                let right = bytes.loadUnaligned(fromByteOffset: offset &+ 4, as: UInt32.self)
                sum.first &+= (isBigEndian ? left.bigEndian : left.littleEndian) &+ sum.second
                sum.second &+= (isBigEndian ? right.bigEndian : right.littleEndian) &+ sum.first
                offset &+= 8
            }
            return sum
        }
    }
}

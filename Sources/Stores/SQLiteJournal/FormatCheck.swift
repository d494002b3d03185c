// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import SQLite

/// Whether a journal was written by a newer version that this one may not read; looked at without touching the file.
struct FormatCheck {
    let files: JournalFiles

    /// Throws `journal.newer-format` for a journal this program must leave alone.
    ///
    /// A single flipped bit in the number is told from a newer version by the text in `meta`, which a newer version
    /// writes too.
    func check(_ log: [UInt8], _ scan: WriteAheadLogScan) throws {
        let header = try headerFormat(log, scan)
        guard header > JournalSchema.format else { return }
        let meta = meta()
        let isOneBit = (header ^ JournalSchema.format).nonzeroBitCount == 1
        if isOneBit, meta.format == JournalSchema.format { throw JournalFailure.damaged("the format's number") }
        if let since = meta.readableSince, since <= JournalSchema.format, meta.format == header { return }
        throw JournalFailure.gateway(
            GatewayError(
                "journal.newer-format",
                LocalText("The journal was written by a newer Hallgate", "日志由更新版本的 Hallgate 写入"),
                cause: "format \(header), this version reads up to \(JournalSchema.format)",
                hint: LocalText(
                    "Install the newer version again; the journal was not touched", "请重新安装较新版本；日志未被改动")))
    }

    /// `user_version`, from the newest image of the first page (sqlite.org/fileformat2.html#database_header).
    private func headerFormat(_ log: [UInt8], _ scan: WriteAheadLogScan) throws -> Int64 {
        let reader = WALReader(log)
        for frame in (0..<scan.validFrames).reversed() where reader.page(frame) == 1 {
            return Int64(reader.word(reader.start(of: frame) + WriteAheadLogScan.frameHeaderBytes + 60))
        }
        let head = WALReader(try files.contents(of: files.database, atMost: 100))
        return Int64(head.word(60))
    }

    private func meta() -> (format: Int64?, readableSince: Int64?) {
        guard let database = try? Database(path: files.database, access: .readAsIs) else { return (nil, nil) }
        defer { database.close() }
        let value = { (key: String) -> Int64? in
            (try? database.prepare("SELECT value FROM meta WHERE key = '\(key)'").first { $0.text(0) })
                .flatMap { $0 }.flatMap { Int64($0) }
        }
        return (value("format"), value("readable_since"))
    }
}

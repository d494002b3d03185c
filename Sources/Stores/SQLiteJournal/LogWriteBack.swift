// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

/// When the log is written back into the database.
///
/// SQLite does it inside the commit that fills the log, and whoever waits for that commit waits for some hundred pages
/// and two more syncs. Here it is done while nobody waits (HG-0009), and inside a commit only where the journal never
/// rests.
extension JournalStore {
    /// Pages the log has grown by since it was last written back, or since that last failed.
    private var pagesSinceTried: Int {
        let pages = database.pagesInLog
        return pages < pagesWhenTried ? pages : pages - pagesWhenTried
    }

    /// Whether a journal at rest should write its log back.
    var isWriteBackDue: Bool { pagesSinceTried >= JournalSchema.pagesToWriteBackAtRest }

    /// Writes the log back and begins it anew. A disk that has no room for it is asked again later.
    func writeBackAtRest() throws(SQLiteError) {
        guard isWriteBackDue else { return }
        do {
            try writeBack()
            // The first commit behind a log that was written back begins it anew, which costs a sync of its own. This
            // commit is that first one, so that no press is; it writes a number that stands there already.
            try statements.renewLog.run()
        } catch  where error.kind == .full {
            database.rollBack()
        }
    }

    /// Commits, and writes the log back where the journal has not rested for long. The commit stands, whatever becomes
    /// of that.
    func commit() throws(SQLiteError) {
        try statements.commit.run()
        if pagesSinceTried >= JournalSchema.checkpointPages { try? writeBack() }
    }

    private func writeBack() throws(SQLiteError) {
        pagesWhenTried = database.pagesInLog
        try statements.writeBack.run()
        // What is written back whole is written over from its start.
        pagesWhenTried = 0
    }
}

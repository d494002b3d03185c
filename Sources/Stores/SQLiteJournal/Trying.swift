// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

extension JournalStore {
    /// Commits a number that nobody reads. It is another each time, because SQLite writes no page whose content stays.
    func tryCommit() throws {
        try transaction(before: .recordBeforeCommit, after: .recordAfterCommit) {
            try database.execute(
                "INSERT INTO meta VALUES('tried', '1') "
                    + "ON CONFLICT(key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)")
        }
    }
}

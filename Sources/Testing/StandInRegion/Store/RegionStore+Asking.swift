// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

/// What the region is asked beside taking ratings, and what an operator changes in it.
extension RegionStore {
    /// Most notices on a page.
    static let noticesOnPage = 100

    /// Whether a rating is held under this id.
    func holds(_ id: String) throws(SQLiteError) -> Bool {
        try !database.integers("SELECT 1 FROM receipts WHERE id = ?1", .text(id)).isEmpty
    }

    /// Whether the first rating of a case is held.
    func holdsRating(of rated: CaseKey) throws(SQLiteError) -> Bool {
        try !database.integers(
            "SELECT 1 FROM receipts WHERE projectNo = ?1 AND serviceNumber = ?2 AND assessNumber = 1",
            .text(rated.projectNo), .text(rated.serviceNumber)
        ).isEmpty
    }

    /// The ratings of a day, `yyyy-MM-dd`, in the order of their ids.
    func holdings(of day: String) throws(SQLiteError) -> [HeldRating] {
        var found: [HeldRating] = []
        let statement = try database.prepare(
            "SELECT id, satisfaction, pf, projectNo, serviceNumber FROM receipts WHERE day = ?1 ORDER BY id")
        try statement.rows(.text(day)) { row throws(SQLiteError) in
            found.append(
                HeldRating(
                    id: row.text(0), satisfaction: row.text(1), pf: row.text(2),
                    projectNo: row.isNull(3) ? nil : row.text(3), serviceNumber: row.isNull(4) ? nil : row.text(4)))
        }
        return found
    }

    /// Puts a notice behind the others and answers its number.
    func add(_ notice: RegionNotice) throws(SQLiteError) -> Int64 {
        try database.prepare("INSERT INTO notices(notice) VALUES(?1)").run(.text(notice.json))
        return database.lastInsertedRow
    }

    /// The notices behind a number, a page of them, and the last one's number; `nil` where there is none.
    func notices(after number: Int64) throws(SQLiteError) -> ([RegionNotice], next: Int64?) {
        var found: [RegionNotice] = []
        var last: Int64?
        let statement = try database.prepare(
            "SELECT number, notice FROM notices WHERE number > ?1 ORDER BY number LIMIT \(Self.noticesOnPage)")
        try statement.rows(.integer(number)) { row throws(SQLiteError) in
            last = row.integer(0)
            if let notice = RegionNotice(json: row.text(1)) { found.append(notice) }
        }
        return (found, last)
    }

    /// Loses a rating, as a region's operator or a restored backup does; `false` where it held none.
    func remove(_ id: String) throws(SQLiteError) -> Bool {
        try database.prepare("DELETE FROM receipts WHERE id = ?1").run(.text(id))
        return database.changes == 1
    }

    /// Counts a rating otherwise than it came; a part that is `nil` stays. `false` where it holds none.
    func alter(_ id: String, satisfaction: String?, pf: String?, projectNo: String?) throws(SQLiteError) -> Bool {
        try database.prepare(
            """
            UPDATE receipts SET satisfaction = coalesce(?2, satisfaction), pf = coalesce(?3, pf),
              projectNo = coalesce(?4, projectNo) WHERE id = ?1
            """
        ).run(.text(id), .text(orNull: satisfaction), .text(orNull: pf), .text(orNull: projectNo))
        return database.changes == 1
    }
}

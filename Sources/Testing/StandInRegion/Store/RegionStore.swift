// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import SQLite
import SystemClock

/// The region's memory; whoever owns it serialises it and wraps each request in one ``transaction(_:)``.
final class RegionStore {
    /// What the region knows of a rating's id and its (case, service, number).
    enum Knowledge: Hashable {
        /// Neither was seen.
        case new
        /// The id was accepted before; `isAltered` where the body was another one then.
        case accepted(isAltered: Bool)
        /// Another id holds the (case, service, number).
        case competing
    }

    let database: Database
    /// When the request came that is being answered, in milliseconds since the epoch.
    private(set) var now: Int64 = 0
    private let receiptOfID: Statement
    private let receiptOfCase: Statement
    private let insertReceipt: Statement
    private let repeatReceipt: Statement
    private let insertCompeting: Statement
    private let insertRefusal: Statement
    private let insertRequest: Statement
    private let countFault: Statement

    init(path: String, isDurable: Bool = true) throws(SQLiteError) {
        database = try RegionSchema.openForWriting(path, isDurable: isDurable)
        receiptOfID = try database.prepare("SELECT body FROM receipts WHERE id = ?1")
        receiptOfCase = try database.prepare(
            "SELECT 1 FROM receipts WHERE projectNo = ?1 AND serviceNumber = ?2 AND assessNumber = ?3")
        let columns = """
            id, device, log, sequence, projectNo, serviceNumber, assessNumber, satisfaction, pf, day, received_at, body
            """
        let values = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12"
        insertReceipt = try database.prepare(
            "INSERT INTO receipts(\(columns)) VALUES(\(values)) ON CONFLICT DO NOTHING")
        repeatReceipt = try database.prepare(
            "UPDATE receipts SET arrivals = arrivals + 1, altered = altered + ?2 WHERE id = ?1")
        insertCompeting = try database.prepare(
            """
            INSERT INTO competing(\(columns)) VALUES(\(values))
            ON CONFLICT(id) DO UPDATE SET arrivals = arrivals + 1
            """)
        insertRefusal = try database.prepare(
            """
            INSERT INTO refusals(id, device, log, sequence, result, message, received_at)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """)
        insertRequest = try database.prepare(
            "INSERT INTO requests(call, received_at, ratings, status, fault) VALUES(?1, ?2, ?3, ?4, ?5)")
        countFault = try database.prepare(
            "INSERT INTO faults(name, fired) VALUES(?1, 1) ON CONFLICT(name) DO UPDATE SET fired = fired + 1")
    }

    /// Commits everything the body did, or nothing; after it returns, it is on disk.
    func transaction<Answer>(_ body: () throws(SQLiteError) -> Answer) throws(SQLiteError) -> Answer {
        now = SystemClock().now().wall.millisecondsSinceEpoch
        return try database.transaction(body)
    }

    /// Looks a rating up.
    func knowledge(of rating: ValidRating, body: String) throws(SQLiteError) -> Knowledge {
        let known = try receiptOfID.first(.text(rating.id)) { row in row.text(0) }
        if let known { return .accepted(isAltered: known != body) }
        let taken = try receiptOfCase.first(
            .text(orNull: rating.projectNo), .text(orNull: rating.serviceNumber), .integer(Int64(rating.assessNumber))
        ) { _ in true }
        return taken == nil ? .new : .competing
    }

    /// Keeps a rating, unless its id or its (case, service, number) is taken; `true` where it was kept.
    func accept(_ rating: ValidRating, body: String) throws(SQLiteError) -> Bool {
        try insert(rating, body: body, with: insertReceipt)
        return database.changes == 1
    }

    /// Keeps what came under another id for a taken (case, service, number).
    func keepCompeting(_ rating: ValidRating, body: String) throws(SQLiteError) {
        try insert(rating, body: body, with: insertCompeting)
    }

    /// Counts an accepted rating that came again.
    func countRepeat(of id: String, isAltered: Bool) throws(SQLiteError) {
        try repeatReceipt.run(.text(id), .integer(isAltered ? 1 : 0))
    }

    /// Keeps that a rating was refused, or put off, and why.
    func refuse(_ answer: RecordAnswer, press: PressKey?) throws(SQLiteError) {
        try insertRefusal.run(
            .text(answer.id), .text(orNull: press?.device.value), .text(orNull: press.map(Self.logText)),
            .integer(orNull: press.map { Int64(clamping: $0.sequence) }), .text(answer.result.rawValue),
            .text(answer.message), .integer(now))
    }

    /// Whether a case was filed.
    func holdsCase(projectNo: String, serviceNumber: String) throws(SQLiteError) -> Bool {
        try !database.integers(
            "SELECT 1 FROM cases WHERE projectNo = ?1 AND serviceNumber = ?2", .text(projectNo), .text(serviceNumber)
        ).isEmpty
    }

    /// Files a case; `false` where it was filed before (已存在).
    func file(_ filed: CaseKey) throws(SQLiteError) -> Bool {
        try database.prepare("INSERT INTO cases VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING").run(
            .text(filed.projectNo), .text(filed.serviceNumber), .integer(now))
        return database.changes == 1
    }

    /// Keeps that a request came, what it was answered (0 where the connection was cut), and which faults fired for it.
    func keepRequest(call: String, ratings: Int, status: Int, faults: [String]) throws(SQLiteError) {
        try insertRequest.run(
            .text(call), .integer(now), .integer(Int64(ratings)), .integer(Int64(status)),
            .text(orNull: faults.isEmpty ? nil : faults.joined(separator: " ")))
    }

    /// Counts a fault.
    func count(fault name: String) throws(SQLiteError) { try countFault.run(.text(name)) }

    /// The counters, as an oracle would read them.
    func counts() throws(SQLiteError) -> RegionStoreReader.Counts { try RegionStoreReader.counts(database) }

    /// A log number as the store writes it.
    static func logText(_ press: PressKey) -> String { String(press.log, radix: 16) }

    private func insert(_ rating: ValidRating, body: String, with statement: Statement) throws(SQLiteError) {
        try statement.run(
            .text(rating.id), .text(orNull: rating.press?.device.value), .text(orNull: rating.press.map(Self.logText)),
            .integer(orNull: rating.press.map { Int64(clamping: $0.sequence) }), .text(orNull: rating.projectNo),
            .text(orNull: rating.serviceNumber), .integer(Int64(rating.assessNumber)), .text(rating.satisfaction),
            .text(rating.pf), .text(rating.day), .integer(now), .text(body))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
import SQLite

/// Reads a stand-in region's store from another process, or after the region was killed: the oracle's side.
///
/// The file is opened for reading only, in each call anew, so that a reader never holds the region up. It counts what
/// the region holds, and knows nothing of what any gateway believes.
public struct RegionStoreReader: Sendable {
    /// The store's file.
    public let path: String

    /// Names the file; it is opened by each call.
    public init(path: String) { self.path = path }

    /// How a press reached the region.
    public struct Arrival: Sendable, Hashable {
        /// Under how many ids it was accepted; more than 1 is a duplicated press.
        public var receipts = 0
        /// Under how many further ids it was answered 评价数据不可重复 without being stored.
        public var competing = 0
        /// Under how many ids it arrived at all: `receipts + competing`, 1 where delivery is right.
        public var ids: Int { receipts + competing }
    }

    /// What the store holds, counted.
    public struct Counts: Sendable, Hashable {
        /// Ratings accepted, each under its own id and its own (case, service, number).
        public var received = 0
        /// Further arrivals of accepted ids, which is what resending after a lost answer makes.
        public var repeated = 0
        /// Further arrivals whose body was not the one accepted: a gateway that alters a rating.
        public var altered = 0
        /// Ids refused as 评价数据不可重复 because another id holds their (case, service, number).
        public var competing = 0
        /// Ratings answered `rejected`, counted each time.
        public var rejected = 0
        /// Ratings answered `retry`, counted each time.
        public var retried = 0
        /// Accepted ratings whose `customFields` name no press.
        public var untraceable = 0
        /// Responses to questionnaires accepted, each under its own id.
        public var responses = 0
        /// Further arrivals of accepted responses whose answers were not the ones accepted.
        public var alteredResponses = 0
        /// Cases to which halls had the region invite.
        public var invitations = 0
        /// Further arrivals of kept invitations that said something else.
        public var alteredInvitations = 0
        /// Cases filed.
        public var cases = 0
        /// Requests by call: `evaluate`, `ping`, `cases`.
        public var requests: [String: Int] = [:]
        /// How often each fault fired, by ``FaultKind/name``; those of calls without ratings under
        /// the call and the name, such as `ping/drop`.
        public var faults: [String: Int] = [:]
    }

    /// Every press that reached the region under any id.
    public func presses() throws(GatewayError) -> [PressKey: Arrival] {
        try read { database throws(SQLiteError) in
            var found: [PressKey: Arrival] = [:]
            for (table, part) in [("receipts", \Arrival.receipts), ("competing", \Arrival.competing)] {
                let statement = try database.prepare(
                    "SELECT device, log, sequence, count(*) FROM \(table) WHERE device NOTNULL GROUP BY 1, 2, 3")
                try statement.rows { row throws(SQLiteError) in
                    guard let log = UInt64(row.text(1), radix: 16), let sequence = UInt64(exactly: row.integer(2))
                    else {
                        return
                    }
                    let key = PressKey(device: DeviceID(row.text(0)), log: log, sequence: sequence)
                    found[key, default: Arrival()][keyPath: part] += Int(row.integer(3))
                }
            }
            return found
        }
    }

    /// Every id that was accepted or competes with one, and how often it arrived.
    public func arrivals() throws(GatewayError) -> [String: Int] {
        try read { database throws(SQLiteError) in
            var found: [String: Int] = [:]
            let statement = try database.prepare(
                "SELECT id, arrivals FROM receipts UNION ALL SELECT id, arrivals FROM competing")
            try statement.rows { row throws(SQLiteError) in found[row.text(0), default: 0] += Int(row.integer(1)) }
            return found
        }
    }

    /// A rating as it came when it was accepted; `nil` where the store does not hold it.
    public func body(of id: String) throws(GatewayError) -> String? {
        try read { database throws(SQLiteError) in
            var body: String?
            let statement = try database.prepare("SELECT id, body FROM receipts")
            try statement.rows { row throws(SQLiteError) in if row.text(0) == id { body = row.text(1) } }
            return body
        }
    }

    /// A response to a questionnaire as the region holds it.
    public struct Response: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// The questionnaire and its version.
        public var questionnaire: String
        /// The code of its channel.
        public var pf: String
        /// The answers, `question=value`, a line each.
        public var answers: String
    }

    /// Every response to a questionnaire, by their ids.
    public func responses() throws(GatewayError) -> [Response] {
        try read { database throws(SQLiteError) in
            var found: [Response] = []
            try database.prepare("SELECT id, questionnaire, version, pf, answers FROM responses ORDER BY id").rows {
                row throws(SQLiteError) in
                found.append(
                    Response(
                        id: row.text(0), questionnaire: "\(row.text(1)) \(row.text(2))", pf: row.text(3),
                        answers: row.text(4)))
            }
            return found
        }
    }

    /// An invitation as the region holds it.
    public struct Invitation: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// The case and the service.
        public var caseReference: CaseReference
        /// The window.
        public var window: String
        /// The number of the question.
        public var session: String
        /// How often it arrived.
        public var arrivals: Int
    }

    /// Every invitation, by their ids.
    public func invitations() throws(GatewayError) -> [Invitation] {
        try read { database throws(SQLiteError) in
            var found: [Invitation] = []
            try database.prepare(
                "SELECT id, projectNo, serviceNumber, window, session, arrivals FROM invitations ORDER BY id"
            ).rows { row throws(SQLiteError) in
                found.append(
                    Invitation(
                        id: row.text(0),
                        caseReference: CaseReference(projectNumber: row.text(1), serviceNumber: row.text(2)),
                        window: row.text(3), session: row.text(4), arrivals: Int(row.integer(5))))
            }
            return found
        }
    }

    /// The counters, all of one moment.
    public func counts() throws(GatewayError) -> Counts {
        try read { database throws(SQLiteError) in try Self.counts(database) }
    }

    /// The counters through a connection that is open already.
    static func counts(_ database: Database) throws(SQLiteError) -> Counts {
        func number(_ query: String) throws(SQLiteError) -> Int { Int(try database.integers(query).first ?? 0) }
        var counts = Counts()
        counts.received = try number("SELECT count(*) FROM receipts")
        counts.repeated = try number("SELECT coalesce(sum(arrivals - 1), 0) FROM receipts")
        counts.altered = try number("SELECT coalesce(sum(altered), 0) FROM receipts")
        counts.competing = try number("SELECT count(*) FROM competing")
        counts.rejected = try number("SELECT count(*) FROM refusals WHERE result = 'rejected'")
        counts.retried = try number("SELECT count(*) FROM refusals WHERE result = 'retry'")
        counts.untraceable = try number("SELECT count(*) FROM receipts WHERE device ISNULL")
        counts.responses = try number("SELECT count(*) FROM responses")
        counts.alteredResponses = try number("SELECT coalesce(sum(altered), 0) FROM responses")
        counts.invitations = try number("SELECT count(*) FROM invitations")
        counts.alteredInvitations = try number("SELECT coalesce(sum(altered), 0) FROM invitations")
        counts.cases = try number("SELECT count(*) FROM cases")
        try database.prepare("SELECT call, count(*) FROM requests GROUP BY 1").rows { row throws(SQLiteError) in
            counts.requests[row.text(0)] = Int(row.integer(1))
        }
        try database.prepare("SELECT name, fired FROM faults").rows { row throws(SQLiteError) in
            counts.faults[row.text(0)] = Int(row.integer(1))
        }
        return counts
    }

    private func read<Answer>(_ body: (Database) throws(SQLiteError) -> Answer) throws(GatewayError) -> Answer {
        do throws(SQLiteError) {
            let database = try RegionSchema.openForReading(path)
            defer { database.close() }
            // One read transaction: what is counted together is of one moment.
            try database.execute("BEGIN")
            return try body(database)
        } catch {
            throw GatewayError(
                "region.store-unreadable",
                LocalText("The region's store cannot be read", "无法读取模拟平台的数据库"), cause: error.description,
                hint: LocalText(
                    "name the file that the region was started with", "请指定模拟平台启动时使用的 --store 文件"))
        }
    }
}

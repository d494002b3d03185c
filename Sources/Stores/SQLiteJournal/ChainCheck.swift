// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JournalAPI
import RatingModel
import SQLite

/// Reads records in order and compares everything that is kept of them twice; it changes nothing.
struct ChainCheck {
    let store: JournalStore
    private(set) var findings: [String] = []
    private(set) var records: Int64 = 0
    /// Ratings each uplink was asked to deliver, by the routes of the records.
    private(set) var recorded: [UplinkName: Int64] = [:]
    /// Records whose routes could not be read, so that the sum above is too small by as many.
    private(set) var unread: Int64 = 0
    private(set) var position: JournalSequence
    private var chain: HashChain?

    /// Most findings that are kept; a disk that is broken everywhere has as many as rows.
    private static let mostFindings = 1000

    /// Begins at the first record, or behind one whose head is taken as it stands.
    init(_ store: JournalStore, after sequence: JournalSequence = 0) throws {
        self.store = store
        position = sequence
        let first = try store.database.integers("SELECT sequence FROM record ORDER BY sequence LIMIT 1").first
        if sequence == 0 {
            chain = try HashChain(store.chain.algorithm)
            // A journal begins at 1, or behind the positions of the damaged one it took the place of.
            if let first, first != 1 {
                position = first - 1
                if try !isImport(first) { add("the records before \(first) are missing") }
            }
        } else if let row = try? store.chainRow(sequence) {
            chain = HashChain(store.chain.algorithm, head: row.head)
        }
    }

    private func isImport(_ sequence: JournalSequence) throws -> Bool {
        guard let record = try? store.recordRow(sequence).record, case .imported = record.body else { return false }
        return true
    }

    /// Checks the next records, up to a position; answers whether there are more.
    mutating func advance(to end: JournalSequence, atMost count: Int) throws -> Bool {
        let stop = min(end, position + Int64(count))
        while position < stop {
            position += 1
            do {
                try check(position)
            } catch {
                guard JournalFailure(error).isOfOneRow else { throw error }
                add(JournalFailure(error).text)
            }
            records += 1
        }
        return position < end
    }

    private mutating func check(_ sequence: JournalSequence) throws {
        let link: ChainRow
        do {
            link = try store.chainRow(sequence)
        } catch {
            chain = nil
            unread += 1
            throw error
        }
        if var expected = chain {
            try expected.append(sequence: sequence, id: link.id, commitment: link.commitment)
            if expected.head != link.head { add("the chain breaks at record \(sequence)") }
        }
        // From here on the chain is followed by what stands there, so that one break is one finding.
        chain = HashChain(store.chain.algorithm, head: link.head)
        if try store.statements.findRecord.first(.blob(link.id), make: { $0.integer(0) }) != sequence {
            add("record \(sequence) is not found by its id")
        }
        unread += 1
        let (row, record) = try store.recordRow(sequence)
        unread -= 1
        if row.id != link.id { add("record \(sequence) has two ids") }
        if try expectedCommitment(row) != link.commitment { add("the content of record \(sequence) was exchanged") }
        if Int64(record.body.canonicalKind) != link.kind { add("record \(sequence) has two kinds") }
        for (uplink, _) in try Routes.decode(row.routes) { recorded[uplink, default: 0] += 1 }
        try checkPersonal(record, sequence)
        try checkDerived(record.body, sequence)
    }

    private func expectedCommitment(_ row: ContentRow) throws -> [UInt8] {
        try HashChain(store.chain.algorithm, head: []).commitment(salt: row.salt, record: row.body)
    }

    private mutating func checkPersonal(_ record: CanonicalRecord, _ sequence: JournalSequence) throws {
        let sealed = try store.personalRow(sequence)
        _ = try store.personalKeyRow(sequence)
        // Erased fields leave their digest; fields without one, or with another, were put there.
        guard let sealed else { return }
        if try Digest.hash(.sha256, sealed.sealed) != record.personalDigest {
            add("the personal fields of record \(sequence) were exchanged")
        }
        _ = try store.personalFields(sequence)
    }

    private mutating func checkDerived(_ body: RecordBody, _ sequence: JournalSequence) throws {
        switch body {
        case .rating(let rating):
            let values = store.keyValues(rating.press.key)
            let found = try store.statements.findPress.first(values[0], values[1], values[2]) {
                ($0.integer(0), $0.blob(1))
            }
            let evidence = try store.evidence(of: rating.press)
            if found?.0 != sequence || found?.1 != evidence { add("the press of record \(sequence) is not found") }
        case .questionnaire(let response):
            let values = store.keyValues(response.key)
            let found = try store.statements.findPress.first(values[0], values[1], values[2]) {
                ($0.integer(0), $0.blob(1))
            }
            let evidence = try store.evidence(in: response.evidenceBytes)
            if found?.0 != sequence || found?.1 != evidence { add("the key of record \(sequence) is not found") }
        case .conflict(let conflict):
            let values = store.keyValues(conflict.rating.press.key)
            let evidence = SQLiteValue.blob(try store.evidence(of: conflict.rating.press))
            let found = try store.statements.findConflict.first(values[0], values[1], values[2], evidence) {
                $0.integer(0)
            }
            if found != sequence { add("the conflict of record \(sequence) is not found") }
        case .invitation(let invitation):
            if try store.invitation(of: invitation.caseReference) != sequence {
                add("the invitation of record \(sequence) is not found")
            }
        case .session(let session):
            let found = try store.statements.findSession.first(.integer(Int64(session.number))) { $0.integer(0) }
            if found != sequence { add("the session of record \(sequence) is not found") }
        case .verdict(let verdict): try checkBeside(verdict.rating, sequence)
        case .decision(let decision):
            if let rating = decision.subject?.rating { try checkBeside(rating, sequence) }
            let found = try store.statements.findDecision.first(.integer(sequence)) { $0.integer(0) }
            if found != sequence { add("the decision of record \(sequence) is not found") }
        case .imported, .noAnswer, .integrity: break
        }
    }

    private mutating func checkBeside(_ rating: RecordID, _ sequence: JournalSequence) throws {
        let found = try store.statements.findBeside.first(.blob(rating.storedBytes), .integer(sequence)) {
            $0.integer(0)
        }
        if found == nil { add("record \(sequence) is not found beside its rating") }
    }

    mutating func add(_ finding: String) {
        if findings.count < Self.mostFindings { findings.append(finding) }
    }
}

extension JournalFailure {
    /// What was seen, for a finding.
    var text: String {
        switch self {
        case .damaged(let what): what
        case .gateway(let error): error.description
        case .sqlite(let error): error.description
        case .cryptography(let error): error.description
        case .system(let call, let number): "\(call): \(number)"
        case .stopped(let error): error.description
        }
    }
}

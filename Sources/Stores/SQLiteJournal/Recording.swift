// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JournalAPI
import RatingModel
import SQLite

/// A record ready to be written: everything that does not depend on its place in the chain.
struct PreparedRecord {
    let id: RecordID
    let body: RecordBody
    let recordedAt: CaptureTime
    let salt: [UInt8]
    let routes: [UInt8]
    /// The personal fields, encrypted, with their key.
    let personal: (sealed: [UInt8], key: [UInt8])?
    /// The bytes to keep where they exist already, as in an import; otherwise they are made from the rest.
    var keptBytes: [UInt8]?
    /// Whether it was written before and is only taken over: what followed from it is said by receipts.
    var isImported: Bool { keptBytes != nil }
    /// The record this one corrects.
    let supersedes: JournalSequence?

    /// Mints salt and key for a draft and encrypts what is to be encrypted.
    init(_ draft: RecordDraft) throws {
        id = draft.id
        body = draft.body
        recordedAt = draft.recordedAt
        salt = try SecureRandom.bytes(HashChain.saltBytes)
        routes = try Routes.encode(draft.deliveries)
        supersedes = draft.supersedes
        personal = try draft.personal.map { fields in
            let key = try SecureRandom.bytes(AESGCM.keyBytes)
            let nonce = try SecureRandom.bytes(AESGCM.nonceBytes)
            let text = try AESGCM.seal(fields.canonicalBytes, key: key, nonce: nonce, context: draft.id.storedBytes)
            return (nonce + text, key)
        }
    }

    /// Takes a record that was written before.
    init(
        id: RecordID, record: CanonicalRecord, content: ContentRow, personal: (sealed: [UInt8], key: [UInt8])?
    ) {
        self.id = id
        body = record.body
        recordedAt = record.recordedAt
        salt = content.salt
        routes = content.routes
        self.personal = personal
        // What was superseded once is said by its receipt.
        supersedes = nil
        keptBytes = content.body
    }

    /// The canonical bytes of the record with this body.
    func bytes(as body: RecordBody) throws -> [UInt8] {
        if let keptBytes, body == self.body { return keptBytes }
        let digest = try personal.map { try Digest.hash(.sha256, $0.sealed) } ?? []
        let bytes = CanonicalRecord(recordedAt: recordedAt, body: body, personalDigest: digest).canonicalBytes
        guard bytes.count <= Limits.recordBodyBytes else {
            throw GatewayError(
                "journal.record-too-large", LocalText("A record is too large for the journal", "记录过大，无法写入日志"),
                cause: "\(bytes.count) bytes of \(Limits.recordBodyBytes)",
                hint: LocalText("Shorten the texts that come with it", "请缩短随附的文本"))
        }
        return bytes
    }
}

extension JournalStore {
    /// Commits the drafts as one transaction; each that breaks a constraint fails alone.
    func record(_ drafts: [RecordDraft]) throws -> [RecordingOutcome] {
        guard !drafts.isEmpty else { return [] }
        var run = RecordingRun(self)
        let outcomes = try transaction(before: .recordBeforeCommit, after: .recordAfterCommit) {
            try pass(.recordBegun)
            let outcomes = try drafts.map { try run.add($0) }
            try run.writeCounters()
            return outcomes
        }
        run.finish()
        return outcomes
    }
}

/// One transaction's additions; the store's memory follows when it is committed.
struct RecordingRun {
    let store: JournalStore
    private var chain: HashChain
    private var lastSequence: JournalSequence
    private var lastReceipt: Int64
    private(set) var moves = CounterMoves()

    init(_ store: JournalStore, startingAfter sequence: JournalSequence? = nil) {
        self.store = store
        chain = store.chain
        lastSequence = sequence ?? store.lastSequence
        lastReceipt = store.lastReceipt
    }

    /// Writes the counters the additions moved.
    mutating func writeCounters() throws { try moves.write(to: store) }

    /// Takes over what was committed.
    func finish() {
        store.chain = chain
        store.lastSequence = lastSequence
        store.lastReceipt = lastReceipt
        moves.apply(to: store)
    }

    /// Adds one draft under a savepoint of its own.
    mutating func add(_ draft: RecordDraft) throws -> RecordingOutcome {
        do {
            return try add(PreparedRecord(draft))
        } catch {
            let failure = JournalFailure(error)
            guard failure.isConstraint, store.database.isInTransaction else { throw error }
            return .failed(failure.gatewayError(directory: store.database.path))
        }
    }

    mutating func add(_ record: PreparedRecord) throws -> RecordingOutcome {
        if case .rating(let rating) = record.body, let known = try store.press(rating.press.key) {
            let evidence = try store.evidence(of: rating.press)
            let original = try store.id(of: known.record)
            if known.evidence == evidence { return .duplicate(of: original) }
            if let kept = try store.conflict(rating.press.key, evidence) {
                return .conflict(with: original, keptAs: try store.id(of: kept))
            }
            let body = RecordBody.conflict(PressConflict(original: original, rating: rating))
            _ = try insert(record, as: body)
            return .conflict(with: original, keptAs: record.id)
        }
        if case .questionnaire(let response) = record.body, let known = try store.press(response.key) {
            let original = try store.id(of: known.record)
            return known.evidence == (try store.evidence(in: response.evidenceBytes))
                ? .duplicate(of: original) : .failed(.otherAnswers(than: original))
        }
        if case .invitation(let invitation) = record.body, let known = try standing(for: invitation, as: record) {
            return .duplicate(of: try store.id(of: known))
        }
        if let known = try store.statements.findRecord.first(.blob(record.id.storedBytes), make: { $0.integer(0) }) {
            if try store.recordRow(known).record.body == record.body { return .duplicate(of: record.id) }
        }
        return .recorded(try insert(record, as: record.body), record.id)
    }

    /// Moves a delivery on as part of the same transaction.
    mutating func move(_ move: Move, for uplink: UplinkName, at time: [UInt8]) throws {
        try store.write(move, receipt: lastReceipt + 1, for: uplink, at: time, &moves)
        lastReceipt += 1
    }

    /// Writes one record with all that is derived from it, or nothing of it.
    private mutating func insert(_ record: PreparedRecord, as body: RecordBody) throws -> JournalSequence {
        try store.statements.savepoint.run()
        do {
            let sequence = lastSequence + 1
            var chain = chain
            var added = CounterMoves()
            var receipts = lastReceipt
            try write(record, as: body, at: sequence, &chain)
            try derive(body, record.routes, at: sequence, &added)
            try supersede(by: record, as: body, &receipts, &added)
            try store.statements.release.run()
            self.chain = chain
            lastSequence = sequence
            lastReceipt = receipts
            moves.merge(added)
            try store.pass(.draftInserted)
            return sequence
        } catch {
            if store.database.isInTransaction {
                try store.statements.rollBackDraft.run()
                try store.statements.release.run()
            }
            throw error
        }
    }

    private func write(
        _ record: PreparedRecord, as body: RecordBody, at sequence: JournalSequence, _ chain: inout HashChain
    ) throws {
        let id = record.id.storedBytes
        let bytes = try record.bytes(as: body)
        let commitment = try chain.commitment(salt: record.salt, record: bytes)
        try chain.append(sequence: sequence, id: id, commitment: commitment)
        let link = ChainRow(
            number: sequence, id: id, kind: Int64(body.canonicalKind), commitment: commitment, head: chain.head)
        try store.statements.insertRecord.rows(link.values) { _ in }
        // A conflict stays here: the original under the same key is what is delivered.
        let content = ContentRow(
            number: sequence, id: id, salt: record.salt, routes: body.delivered == nil ? [] : record.routes, body: bytes
        )
        try store.statements.insertContent.rows(content.values) { _ in }
        guard let personal = record.personal else { return }
        let sealed = PersonalRow(number: sequence, id: id, sealed: personal.sealed)
        try store.statements.insertPersonal.rows(sealed.values) { _ in }
        let key = PersonalKeyRow(number: sequence, id: id, key: personal.key)
        try store.statements.insertPersonalKey.rows(key.values) { _ in }
    }

    /// Writes the rows that constrain and find the record, and puts it into the queue of each uplink.
    private func derive(
        _ body: RecordBody, _ routes: [UInt8], at sequence: JournalSequence, _ added: inout CounterMoves
    ) throws {
        let statements = store.statements
        switch body {
        case .rating(let rating):
            try statements.insertPress.rows(
                store.keyValues(rating.press.key) + [.blob(try store.evidence(of: rating.press)), .integer(sequence)]
            ) { _ in }
            if let reference = rating.caseReference, rating.level != nil {
                let project = SQLiteValue.text(reference.projectNumber)
                let service = SQLiteValue.text(reference.serviceNumber)
                let last = try statements.lastOrdinal.first(project, service) { $0.integer(0) }
                try statements.insertBinding.run(project, service, .integer((last ?? 0) + 1), .integer(sequence))
            }
            try enqueue(routes, at: sequence, &added)
        case .questionnaire(let response):
            try statements.insertPress.rows(
                store.keyValues(response.key)
                    + [.blob(try store.evidence(in: response.evidenceBytes)), .integer(sequence)]
            ) { _ in }
            try enqueue(routes, at: sequence, &added)
        case .invitation(let invitation):
            try statements.insertInvitation.run(
                .text(invitation.caseReference.projectNumber), .text(invitation.caseReference.serviceNumber),
                .integer(sequence))
            try enqueue(routes, at: sequence, &added)
        case .conflict(let conflict):
            let press = conflict.rating.press
            try statements.insertConflict.rows(
                store.keyValues(press.key) + [.blob(try store.evidence(of: press)), .integer(sequence)]
            ) { _ in }
        case .session(let session):
            try statements.insertSession.run(
                .integer(Int64(session.number)), .text(session.window.value), .integer(sequence))
        case .decision(let decision):
            try statements.insertDecision.run(.integer(sequence))
            if let rating = decision.subject?.rating {
                try statements.insertBeside.run(.blob(rating.storedBytes), .integer(sequence))
            }
        case .verdict(let verdict):
            try statements.insertBeside.run(.blob(verdict.rating.storedBytes), .integer(sequence))
        case .imported, .noAnswer, .integrity: break
        }
    }

    /// Puts a record into the queue of each uplink that is to deliver it.
    private func enqueue(_ routes: [UInt8], at sequence: JournalSequence, _ added: inout CounterMoves) throws {
        for (uplink, state) in try Routes.decode(routes) {
            let number = try store.number(of: uplink)
            try store.statements.insertDelivery.run(.integer(number), .integer(state.number), .integer(sequence))
            added.add(1, to: .recorded, of: uplink)
            added.add(1, to: state, of: uplink)
        }
    }
}

extension JournalStore {
    /// The first half of the hash over what makes two reports of a press the same.
    func evidence(of press: CapturedPress) throws -> [UInt8] { try evidence(in: press.evidenceBytes) }

    /// The first half of the hash over what makes two submissions the same.
    func evidence(in bytes: [UInt8]) throws -> [UInt8] { Array(try Digest.hash(.sha256, bytes).prefix(16)) }

    /// A press key as columns.
    func keyValues(_ key: PressKey) -> [SQLiteValue] {
        [.text(key.device.value), .unsigned(key.log), .unsigned(key.sequence)]
    }

    func press(_ key: PressKey) throws -> (record: JournalSequence, evidence: [UInt8])? {
        let values = keyValues(key)
        return try statements.findPress.first(values[0], values[1], values[2]) { ($0.integer(0), $0.blob(1)) }
    }

    fileprivate func conflict(_ key: PressKey, _ evidence: [UInt8]) throws -> JournalSequence? {
        let values = keyValues(key)
        return try statements.findConflict.first(values[0], values[1], values[2], .blob(evidence)) { $0.integer(0) }
    }

    func id(of sequence: JournalSequence) throws -> RecordID {
        guard let bytes = try statements.chain.first(.integer(sequence), make: { $0.blob(0) }),
            let id = RecordID(bytes: bytes)
        else { throw JournalFailure.damaged("record \(sequence) is missing") }
        return id
    }
}

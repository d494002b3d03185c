// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What is hashed into the chain for a record: everything it says, when it was recorded, and the digest of its
/// encrypted personal fields, so that these can be erased and still not be exchanged.
public struct CanonicalRecord: Sendable, Hashable {
    /// When it was recorded.
    public let recordedAt: CaptureTime
    /// What it says.
    public let body: RecordBody
    /// The digest of the ciphertext of its personal fields; empty without any.
    public let personalDigest: [UInt8]

    /// Takes the parts.
    public init(recordedAt: CaptureTime, body: RecordBody, personalDigest: [UInt8] = []) {
        self.recordedAt = recordedAt
        self.body = body
        self.personalDigest = personalDigest
    }

    /// The highest version the bytes can begin with: the one in which everything in them can be said is written. It is
    /// raised when a field is added; older versions stay readable, and stay what a record without the field is written in.
    public static let version: UInt8 = 2

    /// The one way to write this record.
    public var canonicalBytes: [UInt8] {
        var writer = CanonicalWriter(version: body.canonicalVersion)
        writer.byte(writer.version)
        writer.time(recordedAt)
        writer.blob(personalDigest)
        writer.body(body)
        return writer.bytes
    }

    /// Reads what ``canonicalBytes`` wrote; throws `record.unreadable` for anything else.
    public init(canonicalBytes: [UInt8]) throws(GatewayError) {
        var reader = CanonicalReader(canonicalBytes)
        try reader.version(upTo: Self.version)
        let recordedAt = try reader.time()
        let digest = try reader.blob()
        self.init(recordedAt: recordedAt, body: try reader.body(), personalDigest: digest)
        try reader.end(of: body)
    }
}

extension RecordBody {
    /// The one way to write this body, without the circumstances of its recording.
    public var canonicalBytes: [UInt8] {
        var writer = CanonicalWriter(version: canonicalVersion)
        writer.byte(writer.version)
        writer.body(self)
        return writer.bytes
    }

    /// Reads what ``canonicalBytes`` wrote; throws `record.unreadable` for anything else.
    public init(canonicalBytes: [UInt8]) throws(GatewayError) {
        var reader = CanonicalReader(canonicalBytes)
        try reader.version(upTo: CanonicalRecord.version)
        self = try reader.body()
        try reader.end(of: self)
    }

    /// The lowest version in which everything of this body can be said.
    var canonicalVersion: UInt8 {
        switch self {
        case .rating(let rating): rating.press.authenticity == .unproven ? 1 : 2
        case .conflict(let conflict): conflict.rating.press.authenticity == .unproven ? 1 : 2
        case .session, .imported, .noAnswer, .integrity, .decision, .verdict, .questionnaire, .invitation: 1
        }
    }

    /// The number of the kind ``integrity(_:)``, by which a journal finds its flags.
    public static let integrityKind: UInt8 = 8
    /// The kind of ``decision(_:)``.
    public static let decisionKind: UInt8 = 11
    /// The kind of ``verdict(_:)``.
    public static let verdictKind: UInt8 = 12
    /// The kind of a ``decision(_:)`` about ratings in the queue.
    public static let queueDecisionKind: UInt8 = 13

    /// The kind of a ``rating(_:)`` that came by another channel than a terminal of the hall.
    static let channelRatingKind: UInt8 = 14
    /// The kind of a ``conflict(_:)`` with such a rating.
    static let channelConflictKind: UInt8 = 15

    /// The kind of ``questionnaire(_:)``.
    public static let questionnaireKind: UInt8 = 16
    /// The kind of ``invitation(_:)``.
    public static let invitationKind: UInt8 = 17

    /// The number of the kind, as it is written; a number is never given to another kind.
    public var canonicalKind: UInt8 {
        switch self {
        case .rating(let rating) where rating.channel != .terminal: Self.channelRatingKind
        case .rating(let rating):
            // Marks make the record one of another kind, so that records without them stay as they were.
            switch (rating.isRepeat, rating.isOutsideHours) {
            case (false, false): 1
            case (true, false): 6
            case (false, true): 9
            case (true, true): 10
            }
        case .session(let session): session.ticket == nil ? 2 : 5
        case .conflict(let conflict): conflict.rating.channel == .terminal ? 3 : Self.channelConflictKind
        case .imported: 4
        case .noAnswer: 7
        case .integrity: Self.integrityKind
        // What it is about makes it one of another kind, so that decisions about devices stay as they were.
        case .decision(let decision): decision.subject == nil ? Self.decisionKind : Self.queueDecisionKind
        case .verdict: Self.verdictKind
        case .questionnaire: Self.questionnaireKind
        case .invitation: Self.invitationKind
        }
    }
}

extension CaptureTime {
    /// The one way to write this moment.
    public var canonicalBytes: [UInt8] {
        var writer = CanonicalWriter()
        writer.time(self)
        return writer.bytes
    }

    /// Reads what ``canonicalBytes`` wrote; throws `record.unreadable` for anything else.
    public init(canonicalBytes: [UInt8]) throws(GatewayError) {
        var reader = CanonicalReader(canonicalBytes)
        self = try reader.time()
        try reader.end()
    }
}

extension PersonalFields {
    /// The one way to write these fields: sorted by the bytes of their names.
    public var canonicalBytes: [UInt8] {
        var writer = CanonicalWriter()
        writer.byte(writer.version)
        writer.number(UInt64(values.count))
        for (name, value) in values.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            writer.text(name)
            writer.text(value)
        }
        return writer.bytes
    }

    /// Reads what ``canonicalBytes`` wrote; throws `record.unreadable` for anything else.
    public init(canonicalBytes: [UInt8]) throws(GatewayError) {
        var reader = CanonicalReader(canonicalBytes)
        try reader.version()
        let count = try reader.number()
        var values: [String: String] = [:]
        var previous: String?
        for _ in 0..<count {
            let name = try reader.text()
            if let previous, !previous.utf8.lexicographicallyPrecedes(name.utf8) {
                throw .unreadable("field names out of order")
            }
            guard values.updateValue(try reader.text(), forKey: name) == nil else {
                throw .unreadable("a field name twice")
            }
            previous = name
        }
        try reader.end()
        self.init(values)
    }
}

extension CapturedPress {
    /// What makes two reports the same press: its key, its outcome and the prompt it answers.
    ///
    /// Age, lifetime count and the frame itself differ between transmissions of one press and are left out.
    public var evidenceBytes: [UInt8] {
        var writer = CanonicalWriter()
        writer.byte(writer.version)
        writer.pressKey(key)
        writer.outcome(outcome)
        writer.optional(prompt) { $0.number(UInt64($1)) }
        return writer.bytes
    }
}

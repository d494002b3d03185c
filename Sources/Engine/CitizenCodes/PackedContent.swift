// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

// What is encrypted of a code: a byte of flags, then the fields that are there, in this order.
//
//   bit  field
//   0    window: its length in a byte, UTF-8
//   1    session: 4 bytes, the highest first
//   2    case: project number and service number, each its length in a byte and UTF-8
//   3    expiry: seconds since 1970, 5 bytes, the highest first
//   4    the code is for one rating
//   5    visit: the source's name, its length in a byte, UTF-8; the press's number, 8 bytes, the highest first; the way
//        back, its length in a byte, UTF-8
//
// There is one way of writing a content, and every other one is refused.

private enum Flag {
    static let window: UInt8 = 1
    static let session: UInt8 = 2
    static let caseReference: UInt8 = 4
    static let expiry: UInt8 = 8
    static let oneTime: UInt8 = 16
    static let visit: UInt8 = 32
    static let known: UInt8 = 63
}

private let expiryBytes = 5

extension CodeContent {
    /// The bytes of everything but the nonce; `nil` where a text is too long or the expiry beyond the year 36,000.
    var packed: [UInt8]? {
        var writer = PackedWriter()
        if let window {
            writer.flags |= Flag.window
            guard writer.text(window.value) else { return nil }
        }
        if let session {
            writer.flags |= Flag.session
            writer.number(UInt64(session), bytes: 4)
        }
        if let caseReference {
            writer.flags |= Flag.caseReference
            guard writer.text(caseReference.projectNumber), writer.text(caseReference.serviceNumber) else { return nil }
        }
        if let expiresAt {
            let seconds = UInt64(expiresAt.millisecondsSinceEpoch / 1000)
            guard seconds >> UInt64(8 * expiryBytes) == 0 else { return nil }
            writer.flags |= Flag.expiry
            writer.number(seconds, bytes: expiryBytes)
        }
        if isOneTime { writer.flags |= Flag.oneTime }
        if let visit {
            writer.flags |= Flag.visit
            guard writer.text(visit.source) else { return nil }
            writer.number(visit.press, bytes: 8)
            guard writer.text(visit.back, atMost: SourceVisit.backBytes) else { return nil }
        }
        return [writer.flags] + writer.fields
    }

    /// Reads what ``packed`` wrote; `nil` for anything else.
    init?(nonce: CodeNonce, packed: [UInt8]) {
        var reader = PackedReader(packed[...])
        guard let flags = reader.byte(), flags & ~Flag.known == 0 else { return nil }
        var window: WindowID?
        var session: PromptNumber?
        var caseReference: CaseReference?
        var expiresAt: WallTime?
        if flags & Flag.window != 0 {
            guard let text = reader.text() else { return nil }
            window = WindowID(text)
        }
        if flags & Flag.session != 0 {
            guard let number = reader.number(bytes: 4) else { return nil }
            session = PromptNumber(truncatingIfNeeded: number)
        }
        if flags & Flag.caseReference != 0 {
            guard let project = reader.text(), let service = reader.text() else { return nil }
            caseReference = CaseReference(projectNumber: project, serviceNumber: service)
        }
        if flags & Flag.expiry != 0 {
            guard let seconds = reader.number(bytes: expiryBytes) else { return nil }
            expiresAt = WallTime(millisecondsSinceEpoch: Int64(seconds) * 1000)
        }
        var visit: SourceVisit?
        if flags & Flag.visit != 0 {
            guard let source = reader.text(), let press = reader.number(bytes: 8),
                let back = reader.text(atMost: SourceVisit.backBytes)
            else { return nil }
            visit = SourceVisit(source: source, press: press, back: back)
        }
        guard reader.rest.isEmpty else { return nil }
        self.init(
            nonce: nonce, window: window, session: session, caseReference: caseReference, expiresAt: expiresAt,
            isOneTime: flags & Flag.oneTime != 0, visit: visit)
    }
}

private struct PackedWriter {
    var flags: UInt8 = 0
    private(set) var fields: [UInt8] = []

    mutating func number(_ value: UInt64, bytes count: Int) {
        fields += (1...count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - $0))) }
    }

    mutating func text(_ text: String, atMost limit: Int = Limits.identifierBytes) -> Bool {
        guard text.utf8.count <= limit else { return false }
        fields.append(UInt8(text.utf8.count))
        fields += text.utf8
        return true
    }
}

private struct PackedReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func number(bytes count: Int) -> UInt64? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func text(atMost limit: Int = Limits.identifierBytes) -> String? {
        guard let length = byte(), length <= limit, rest.count >= length else { return nil }
        defer { rest = rest.dropFirst(Int(length)) }
        return String(validating: rest.prefix(Int(length)), as: UTF8.self)
    }
}

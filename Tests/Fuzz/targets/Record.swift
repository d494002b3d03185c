// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel
// measured: CanonicalRecord CanonicalFields CanonicalReader CanonicalWriter
// longest: 512

import RatingModel

/// Records as a disk gives them back: what is read has no other way of being written, so it is written as it was.
func fuzz(_ input: [UInt8]) {
    let bytes = Array(input.dropFirst())
    switch (input.first ?? 0) % 4 {
    case 0:
        guard let record = try? CanonicalRecord(canonicalBytes: bytes) else { return }
        precondition(record.canonicalBytes == bytes, "a record with two ways of being written")
    case 1:
        guard let body = try? RecordBody(canonicalBytes: bytes) else { return }
        precondition(body.canonicalBytes == bytes, "a body with two ways of being written")
        if case .rating(let rating) = body { precondition(!rating.press.evidenceBytes.isEmpty) }
    case 2:
        guard let fields = try? PersonalFields(canonicalBytes: bytes) else { return }
        precondition(fields.canonicalBytes == bytes, "personal fields with two ways of being written")
    default:
        guard let time = try? CaptureTime(canonicalBytes: bytes) else { return }
        precondition(time.canonicalBytes == bytes, "a moment with two ways of being written")
    }
}

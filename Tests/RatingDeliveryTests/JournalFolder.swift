// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

/// A folder of a test's own for a journal, in memory where the system has such a place, removed afterwards.
func withJournalFolder(_ body: (String) async throws -> Void) async throws {
    let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(base)/hallgate-delivery-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    let folder = try #require(made)
    defer {
        for name in ["journal.db", "journal.db-wal", "journal.lock"] { unlink(folder + "/" + name) }
        rmdir(folder)
    }
    try await body(folder)
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CSQLite
public import RatingModel

/// What SQLite answered when it could not do what was asked (sqlite.org/rescode.html).
public struct SQLiteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The extended result code; its low byte is the primary one.
    public let extendedCode: Int32
    /// SQLite's own words.
    public let message: String
    /// What was being done, such as `prepare SELECT …`.
    public let operation: String

    /// Takes the three parts.
    public init(extendedCode: Int32, message: String, operation: String) {
        self.extendedCode = extendedCode
        self.message = message
        self.operation = operation
    }

    /// The primary result code.
    public var code: Int32 { extendedCode & 0xFF }

    /// What the code means for whoever called.
    public var kind: Kind {
        switch code {
        case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH: .constraint
        case SQLITE_FULL: .full
        case SQLITE_BUSY, SQLITE_LOCKED: .inUse
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
        case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .unwritable
        case SQLITE_IOERR, SQLITE_PROTOCOL, SQLITE_NOMEM: .system
        default: .misuse
        }
    }

    /// The classes of failure that are handled in different ways.
    public enum Kind: Sendable, Hashable {
        /// The statement breaks a constraint or is too large; everything before it stands.
        case constraint
        /// The disk, or the page limit, is full.
        case full
        /// Another connection holds a lock.
        case inUse
        /// The file is not what SQLite wrote.
        case damaged
        /// The file cannot be opened or written.
        case unwritable
        /// The operating system failed a read, a write or a sync; what was being committed may or may not be there.
        case system
        /// The adapter or its caller made a mistake.
        case misuse
    }

    public var description: String { "\(operation): \(message) (\(extendedCode))" }

    /// The same failure in the operator's words, for callers with nothing more precise to say.
    public var gatewayError: GatewayError {
        GatewayError(
            "sqlite.\(kind)", LocalText("A database operation failed", "数据库操作失败"), cause: description,
            hint: LocalText(
                "Check the free space and the permissions of the database's directory",
                "请检查数据库所在目录的可用空间和权限"))
    }
}

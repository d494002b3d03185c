// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import RatingModel
import SQLite

/// What can go wrong inside the journal, before it is put in the operator's words.
enum JournalFailure: Error {
    /// SQLite failed.
    case sqlite(SQLiteError)
    /// OpenSSL failed.
    case cryptography(CryptographyError)
    /// A system call failed.
    case system(String, Int32)
    /// The file is not what was written; what was seen.
    case damaged(String)
    /// Already in the operator's words; the draft at hand is at fault.
    case gateway(GatewayError)
    /// A test ended the work here.
    case stopped(GatewayError)

    /// The failure behind any error thrown inside the journal.
    init(_ error: any Error) {
        switch error {
        case let error as JournalFailure: self = error
        case let error as SQLiteError: self = .sqlite(error)
        case let error as CryptographyError: self = .cryptography(error)
        case let error as GatewayError: self = .gateway(error)
        default: self = .damaged("\(error)")
        }
    }

    /// Whether the file itself is at fault, so that it is set aside and imported (G6).
    var isDamage: Bool {
        switch self {
        case .damaged: true
        case .sqlite(let error): error.kind == .damaged
        default: false
        }
    }

    /// Whether one row cannot be read, while SQLite itself found nothing wrong.
    var isOfOneRow: Bool {
        switch self {
        case .damaged, .gateway, .cryptography(.notAuthentic): true
        default: false
        }
    }

    /// Whether the connection is closed and opened again before the next call.
    var needsReopening: Bool {
        switch self {
        case .sqlite(let error): error.kind != .constraint && error.kind != .full
        case .system, .stopped: true
        default: false
        }
    }

    /// Whether only the draft at hand is at fault.
    var isConstraint: Bool {
        switch self {
        case .sqlite(let error): error.kind == .constraint
        case .gateway: true
        default: false
        }
    }
}

extension JournalFailure {
    /// The failure in the operator's words.
    func gatewayError(directory: String) -> GatewayError {
        switch self {
        case .gateway(let error), .stopped(let error): return error
        case .sqlite(let error): return Self.words(for: error, directory)
        case .cryptography(let error):
            return GatewayError(
                "journal.cryptography", LocalText("Encryption for the journal failed", "日志加密失败"),
                cause: "\(error)", hint: LocalText("Check the installation of OpenSSL 3", "请检查 OpenSSL 3 的安装"))
        case .damaged(let what): return Self.damaged(what, directory)
        case .system(let call, let number):
            let cause = "\(call): \(String(cString: strerror(number)))"
            switch number {
            case ENOSPC, EDQUOT: return Self.full(cause, directory)
            case EACCES, EPERM, EROFS, ENOENT, ENOTDIR: return Self.unwritable(cause, directory)
            default: return Self.inputOutput(cause, directory)
            }
        }
    }

    private static func words(for error: SQLiteError, _ directory: String) -> GatewayError {
        switch error.kind {
        case .full: full(error.description, directory)
        case .inUse: inUse(error.description, directory)
        case .damaged: damaged(error.description, directory)
        case .unwritable: unwritable(error.description, directory)
        case .system: inputOutput(error.description, directory)
        case .constraint:
            GatewayError(
                "journal.constraint", LocalText("The record breaks a constraint of the journal", "记录违反日志约束"),
                cause: error.description,
                hint: LocalText(
                    "Report this with the daemon's log", "请附上守护进程的日志并报告"))
        case .misuse:
            GatewayError(
                "journal.internal", LocalText("The journal made a mistake", "日志内部错误"), cause: error.description,
                hint: LocalText("Report this with the daemon's log", "请附上守护进程的日志并报告"))
        }
    }

    static func inUse(_ cause: String, _ directory: String) -> GatewayError {
        GatewayError(
            "journal.in-use",
            LocalText("Another process has the journal in \(directory) open", "\(directory) 中的日志正被另一进程使用"),
            cause: cause,
            hint: LocalText(
                "Stop the other hallgate, or give this one a directory of its own", "请停止另一个 hallgate，或为本进程配置独立目录"))
    }

    private static func full(_ cause: String, _ directory: String) -> GatewayError {
        GatewayError(
            "journal.disk-full",
            LocalText("The disk of \(directory) is full: presses are refused", "\(directory) 所在磁盘已满，暂不接受评价"),
            cause: cause,
            hint: LocalText("Free space there; recording resumes by itself", "请释放磁盘空间，记录将自动恢复"))
    }

    private static func unwritable(_ cause: String, _ directory: String) -> GatewayError {
        GatewayError(
            "journal.unwritable", LocalText("The journal in \(directory) cannot be written", "无法写入 \(directory) 中的日志"),
            cause: cause,
            hint: LocalText(
                "Make the directory exist and belong to the user hallgate runs as, mode 0700",
                "请确保目录存在并属于 hallgate 的运行用户，权限为 0700"))
    }

    private static func damaged(_ cause: String, _ directory: String) -> GatewayError {
        GatewayError(
            "journal.damaged", LocalText("The journal in \(directory) is damaged", "\(directory) 中的日志已损坏"),
            cause: cause,
            hint: LocalText(
                "It is set aside and what is readable is imported; keep the damaged-… directory and check the disk",
                "已另存并导入可读内容；请保留 damaged-… 目录并检查磁盘"))
    }

    private static func inputOutput(_ cause: String, _ directory: String) -> GatewayError {
        GatewayError(
            "journal.io-failed", LocalText("The disk under \(directory) failed", "\(directory) 所在磁盘读写失败"), cause: cause,
            hint: LocalText(
                "Check the disk and the kernel's log; recording is tried again with each press",
                "请检查磁盘和内核日志；每次按键都会重试记录"))
    }
}

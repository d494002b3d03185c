// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

@testable import FileUplink

/// A stick that hangs or fails where a test says so, behind a process that can be killed.
final class SwitchedDisk: BundleDisk {
    /// What the stick does.
    enum Fault: Sendable {
        case none
        /// It answers nothing.
        case silent
        /// Each look at it takes a while.
        case slow
        /// It fails at once.
        case failing
        /// It is pulled while a file is written.
        case torn
        /// A name is given, and its directory cannot be synced.
        case syncLost
    }

    /// The stick, which outlives the process.
    final class Stick: Sendable {
        let path: String
        private let fault = Mutex(Fault.none)
        var now: Fault { fault.withLock { $0 } }
        init(_ path: String) { self.path = path }
        func become(_ fault: Fault) { self.fault.withLock { $0 = fault } }
    }

    private let real = SystemDisk()
    private let stick: Stick
    private let isDead = Mutex(false)

    init(_ stick: Stick) { self.stick = stick }

    /// Ends the process: from now on nothing reaches any disk.
    func kill() { isDead.withLock { $0 = true } }

    private func step<Value>(
        _ path: String, _ work: (Fault) throws(DiskError) -> Value
    ) throws(DiskError) -> Value {
        let isStick = path.hasPrefix(stick.path)
        while isStick, stick.now == .silent, !isDead.withLock({ $0 }) { usleep(1000) }
        return try isDead.withLock { isDead throws(DiskError) in
            let fault = isStick ? stick.now : .none
            if isDead || fault == .failing { throw DiskError(call: "open", number: EIO) }
            return try work(fault)
        }
    }

    func names(in directory: String) throws(DiskError) -> [String] {
        if directory.hasPrefix(stick.path), stick.now == .slow { usleep(700_000) }
        return try step(directory) { _ throws(DiskError) in try real.names(in: directory) }
    }

    func read(_ path: String, atMost most: Int) throws(DiskError) -> [UInt8]? {
        try step(path) { _ throws(DiskError) in try real.read(path, atMost: most) }
    }

    func write(_ bytes: [UInt8], to path: String) throws(DiskError) {
        try step(path) { fault throws(DiskError) in
            try real.write(fault == .torn ? Array(bytes.prefix(bytes.count / 2)) : bytes, to: path)
            if fault == .torn { throw DiskError(call: "write", number: EIO) }
        }
    }

    func rename(_ path: String, to other: String) throws(DiskError) {
        try step(other) { _ throws(DiskError) in try real.rename(path, to: other) }
    }

    func sync(directory: String) throws(DiskError) {
        try step(directory) { fault throws(DiskError) in
            if fault == .syncLost { throw DiskError(call: "sync", number: EIO) }
            try real.sync(directory: directory)
        }
    }

    func remove(_ path: String) throws(DiskError) {
        try step(path) { _ throws(DiskError) in try real.remove(path) }
    }
}

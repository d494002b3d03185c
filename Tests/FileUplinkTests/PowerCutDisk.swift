// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

@testable import FileUplink

/// A disk that loses power at a step, and with it what was not synced: bytes of a torn file, names of an unsynced directory.
final class PowerCutDisk: BundleDisk {
    /// What a cut does to names that were given and not synced; a file system may do either.
    enum Names: CaseIterable {
        case kept
        case lost
    }

    private struct State {
        var stepsLeft: Int
        var steps = 0
        var isOff = false
        /// What undoes the names since their directory was synced, newest last.
        var undo: [(directory: String, work: @Sendable () -> Void)] = []
    }

    private let real = SystemDisk()
    private let names: Names
    private let state: Mutex<State>

    init(steps: Int, names: Names) {
        self.names = names
        state = Mutex(State(stepsLeft: steps))
    }

    /// How many steps were begun.
    var steps: Int { state.withLock { $0.steps } }
    /// Whether the power is off.
    var isOff: Bool { state.withLock { $0.isOff } }

    /// Begins a step; false where the power goes in it.
    private func begin() throws(DiskError) -> Bool {
        let isOn = state.withLock { state -> Bool? in
            if state.isOff { return nil }
            state.steps += 1
            state.stepsLeft -= 1
            guard state.stepsLeft < 0 else { return true }
            state.isOff = true
            if names == .lost { for each in state.undo.reversed() { each.work() } }
            return false
        }
        guard let isOn else { throw DiskError(call: "power", number: EIO) }
        return isOn
    }

    private func undo(_ directory: String, _ work: @escaping @Sendable () -> Void) {
        state.withLock { $0.undo.append((directory, work)) }
    }

    func names(in directory: String) throws(DiskError) -> [String] {
        if isOff { throw DiskError(call: "power", number: EIO) }
        return try real.names(in: directory)
    }

    func read(_ path: String, atMost most: Int) throws(DiskError) -> [UInt8]? {
        if isOff { throw DiskError(call: "power", number: EIO) }
        return try real.read(path, atMost: most)
    }

    func write(_ bytes: [UInt8], to path: String) throws(DiskError) {
        guard try begin() else {
            try? real.write(Array(bytes.prefix(bytes.count / 2)), to: path)
            throw DiskError(call: "power", number: EIO)
        }
        try real.write(bytes, to: path)
    }

    func rename(_ path: String, to other: String) throws(DiskError) {
        guard try begin() else { throw DiskError(call: "power", number: EIO) }
        let (before, file) = (try real.read(other, atMost: .max - 1), try real.read(path, atMost: .max - 1))
        try real.rename(path, to: other)
        undo(String(other.prefix(upTo: other.lastIndex(of: "/") ?? other.startIndex))) { [real] in
            try? real.remove(other)
            if let before { try? real.write(before, to: other) }
            if let file { try? real.write(file, to: path) }
        }
    }

    func sync(directory: String) throws(DiskError) {
        guard try begin() else { throw DiskError(call: "power", number: EIO) }
        try real.sync(directory: directory)
        state.withLock { state in state.undo.removeAll { $0.directory == directory } }
    }

    func remove(_ path: String) throws(DiskError) {
        guard try begin() else { throw DiskError(call: "power", number: EIO) }
        let before = try real.read(path, atMost: .max - 1)
        try real.remove(path)
        undo(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))) { [real] in
            if let before { try? real.write(before, to: path) }
        }
    }
}

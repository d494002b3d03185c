// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HallgateTesting
import JournalAPI
import Logging
import RatingModel

@testable import SQLiteJournal

/// A clock that says what it is told.
struct FixedClock: GatewayClock {
    func now() -> CaptureTime { JournalSamples.time(1_000_000) }
}

/// A directory of a test's own, in memory where the system has such a place, removed afterwards.
func withTemporaryDirectory<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
    let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(base)/hallgate-journal-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } != nil }
    guard made else { throw TestFailure("mkdtemp: \(errno)") }
    let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { removeTree(directory) }
    return try await body(directory)
}

func removeTree(_ path: String) {
    if let directory = opendir(path) {
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { removeTree(path + "/" + name) }
        }
        closedir(directory)
        rmdir(path)
    } else {
        unlink(path)
    }
}

/// The names in a directory.
func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        names.append(
            withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A logger that says nothing, since most of these tests make trouble on purpose.
let silent: Logger = {
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    logger.logLevel = .critical
    return logger
}()

extension SQLiteJournal {
    /// Opens a journal as most tests do.
    static func open(
        in directory: String, uplinks: [UplinkName] = [JournalSamples.region], fileSystem: String? = nil,
        startRows: Int64 = 1000,
        crashPoint: @escaping @Sendable (JournalCrashPoint) -> GatewayError? = { _ in nil }
    ) async throws(GatewayError) -> SQLiteJournal {
        var configuration = SQLiteJournalConfiguration(directory: directory)
        configuration.fileSystem = fileSystem
        configuration.startRows = startRows
        configuration.crashPoint = crashPoint
        return try await open(configuration, uplinks: uplinks, clock: FixedClock(), logger: silent)
    }
}

/// A small generator that repeats for a seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// A variable of the environment.
func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

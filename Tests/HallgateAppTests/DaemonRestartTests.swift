// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Foundation
import Glibc
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingModel
import SQLiteJournal
import SystemClock
import Testing

/// The daemon itself, killed with SIGKILL while windows are in use, over lines that stay.
@Suite(.timeLimit(.minutes(5))) struct DaemonRestartTests {
    @Test func `A daemon that is killed knows who serves, which ticket, and whose press it is`() async throws {
        let hall = try Hall()
        defer { hall.remove() }
        try await hall.start()
        await hall.scan("ST0017")
        await hall.scan("B012")
        #expect(await hall.bus.write(Frame.askForRating) > 0)
        #expect(await hall.hears(Frame.prompt), "the pad was not asked")
        try await hall.killAndStart()
        // The press names no prompt: only what the daemon knew before tells whose it is.
        #expect(await hall.bus.write(Frame.rating(3)) > 0)
        #expect(await hall.hears(Frame.thanks(3)))
        let before = hall.kept
        #expect(await hall.bus.write(Frame.callNext) > 0)
        #expect(await hall.hears(Frame.callNext))
        // The bus answers by itself; a key is known over a restart once it is kept.
        #expect(await hall.keeps(otherThan: before))
        try await hall.killAndStart()
        #expect(await hall.bus.write(Frame.rating(2)) > 0)
        #expect(await hall.hears(Frame.thanks(2)))
        #expect(await hall.bus.write(Frame.askForRating) > 0)
        #expect(await hall.hears(Frame.prompt))
        try await hall.stop()
        let bodies = try await hall.bodies()
        let sessions = bodies.compactMap { if case .session(let session) = $0 { session } else { nil } }
        #expect(sessions.map(\.staff) == ["0017", "0017"] && sessions.map(\.ticket) == ["B012", nil])
        let ratings = bodies.compactMap { if case .rating(let rating) = $0 { rating } else { nil } }
        #expect(ratings.map(\.session) == [sessions.first?.number, nil])
        #expect(ratings.map(\.staff) == ["0017", nil])
        #expect(
            !bodies.contains {
                if case .integrity(let event) = $0 { event.cause == .ticketWithoutPrompt } else { false }
            })
    }
}

/// Frames of the queue bus to and from address 1.
private enum Frame {
    static let askForRating: [UInt8] = [0xFF, 0x68, 3, 3, 0x68, 1, 0x10, 0x0B, 0x1C, 0x16]
    static let callNext: [UInt8] = [0xFF, 0x68, 3, 3, 0x68, 1, 0x10, 0x0C, 0x1D, 0x16]
    static let prompt: [UInt8] = [0xFF, 0x68, 3, 3, 0x68, 1, 0x01, 0x0B, 0x0D, 0x16]

    static func rating(_ value: UInt8) -> [UInt8] { [0xFF, 0x68, 3, 3, 0x68, 1, 0x11, value, 0x12 + value, 0x16] }
    static func thanks(_ value: UInt8) -> [UInt8] { [0xFF, 0x68, 3, 3, 0x68, 1, 0x01, value, 0x02 + value, 0x16] }
}

/// A directory with a configuration, two lines on pseudo-terminals, and the daemon that serves them.
private final class Hall {
    let bus: PseudoTerminal
    private let scanner: PseudoTerminal
    private let directory: String
    private var daemon: Process?
    private var heard: [UInt8] = []

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "hallgate-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        bus = try PseudoTerminal(link: directory + "/bus")
        scanner = try PseudoTerminal(link: directory + "/scanner")
        try bus.plug()
        try scanner.plug()
        let yaml = """
            journal: {directory: \(directory)/journal}
            control: {socket: \(directory)/operator.sock}
            session:
              codes: [{kind: badge, prefix: ST}, {kind: ticket}]
            windows: [{id: A01}]
            devices:
              - {path: \(directory)/bus, driver: queue-bus, addresses: [{address: 1, window: A01}]}
              - {path: \(directory)/scanner, driver: scanner, window: A01}
            """
        try yaml.write(toFile: directory + "/hallgate.yaml", atomically: true, encoding: .utf8)
    }

    func remove() {
        if let daemon { kill(daemon.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Starts the program that lies beside this one, and waits until both lines are ready.
    func start() async throws {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(filePath: program).deletingLastPathComponent().appending(path: "hallgate")
        process.arguments = ["run", "--config", directory + "/hallgate.yaml"]
        let log = directory + "/log"
        _ = FileManager.default.fileExists(atPath: log) || FileManager.default.createFile(atPath: log, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(filePath: log))
        try handle.seekToEnd()
        (process.standardOutput, process.standardError) = (handle, handle)
        try process.run()
        daemon = process
        let client = ControlClient(path: directory + "/operator.sock", timeout: .seconds(5))
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if let devices = try? await client.devices(), devices.allSatisfy({ $0.state == .ready }) { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        Issue.record("the daemon did not become ready: \(said.suffix(2000))")
    }

    /// What the daemon has kept of the windows.
    var kept: String { (try? String(contentsOfFile: directory + "/journal/sessions", encoding: .utf8)) ?? "" }

    func keeps(otherThan before: String) async -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if kept != before { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    func killAndStart() async throws {
        if let daemon { kill(daemon.processIdentifier, SIGKILL) }
        await ended()
        heard = []
        try await start()
    }

    /// Waits without keeping a thread from other tests.
    private func ended() async {
        while daemon?.isRunning == true { try? await Task.sleep(for: .milliseconds(5)) }
    }

    func stop() async throws {
        daemon?.terminate()
        await ended()
        #expect(daemon?.terminationStatus == 0)
        daemon = nil
    }

    /// Scans a code and waits until the daemon has kept what it says.
    func scan(_ code: String) async {
        _ = await scanner.write(Array("\(code)\r".utf8))
        let number = code.hasPrefix("ST") ? String(code.dropFirst(2)) : code
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            let kept = (try? String(contentsOfFile: directory + "/journal/sessions", encoding: .utf8)) ?? ""
            if kept.contains("=\(number)") { return }
            try? await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("\(code) was not kept")
    }

    /// Whether the bus hears the frame; what came before it is passed over.
    func hears(_ frame: [UInt8]) async -> Bool {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            heard += bus.read()
            if let found = heard.indices.first(where: { heard[$0...].starts(with: frame) }) {
                heard.removeFirst(found + frame.count)
                return true
            }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    /// Everything in the journal, once the daemon has ended.
    func bodies() async throws -> [RecordBody] {
        let journal = try await SQLiteJournal.open(
            SQLiteJournalConfiguration(directory: directory + "/journal"), uplinks: [], clock: SystemClock(),
            logger: Logger(label: "test"))
        let bodies = try await journal.entries(after: 0, atMost: 1000).map(\.body)
        await journal.close()
        return bodies
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import FoundationEssentials
@testable import HallgateCommands
import Logging
import OperatorAPI
import RatingModel
import Synchronization
import Testing

/// A daemon that knows one update and says one step of it after the other.
private final class UpdatingService: OperatorService {
    private let steps: Mutex<[UpdateReport]>
    let uploaded = Mutex([UInt8]())
    let requests = Mutex([UpdateRequest]())

    init(_ steps: [UpdateReport]) { self.steps = Mutex(steps) }

    func status() async -> GatewayStatus { .sample }
    func metrics() async -> String { "" }
    func reload() async throws(GatewayError) -> ReloadReport { ReloadReport(changes: [], needsRestart: []) }
    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        SessionTicket(session: 1, promptedPads: 0)
    }

    func upload(_ request: UploadRequest) async throws(GatewayError) -> UploadReport {
        let piece = Data(base64Encoded: request.data) ?? Data()
        return UploadReport(
            received: uploaded.withLock { bytes in
                bytes += piece
                return bytes.count
            })
    }

    func update(_ request: UpdateRequest) async throws(GatewayError) -> UpdateReport {
        requests.withLock { $0.append(request) }
        return try await updateReport(at: request.place)
    }

    func updateReport(at place: String) async throws(GatewayError) -> UpdateReport {
        guard place == "W3" else { throw .noDevice(at: place) }
        let next = steps.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
        guard let next else { throw .noUpdate(place) }
        return next
    }

    func cancelUpdate(_ request: CancelUpdateRequest) async throws(GatewayError) -> UpdateReport {
        throw .updateInstalling("/dev/ttyUSB0")
    }
}

/// `hallgate devices update` against a control socket.
@Suite struct DevicesUpdateTests {
    /// The image 01 02 03 04 in a file; its hash is the one of firmware-protocol.md section 6.6.
    private static let file: [UInt8] =
        Array("hallgate-update-1".utf8) + [7, 0, 0, 0, 4, 0, 0, 0]
        + [
            0x9F, 0x64, 0xA7, 0x47, 0xE1, 0xB9, 0x7F, 0x13, 0x1F, 0xAB, 0xB6, 0xB4, 0x47, 0x29, 0x6C, 0x9B,
            0x6F, 0x02, 0x01, 0xE7, 0x9F, 0xB3, 0xC5, 0x35, 0x6E, 0x6C, 0x77, 0xE8, 0x9B, 0x6A, 0x80, 0x6A,
        ]
        + [UInt8](repeating: 1, count: 64) + [3] + Array("2.1".utf8) + [0] + [1, 2, 3, 4]

    private static func step(
        _ state: UpdateReport.State, _ received: Int = 0, resumedAt: Int? = nil, runs: String = "2.0",
        refusal: String? = nil
    ) -> UpdateReport {
        UpdateReport(
            path: "/dev/ttyUSB0", device: "pad", version: "2.1", runs: runs, state: state, received: received,
            size: 4000, resumedAt: resumedAt, refusal: refusal)
    }

    /// Runs a command line against the service; `FILE` stands for the firmware file, `SOCKET` for the daemon's.
    private func run(
        _ arguments: [String], _ service: UpdatingService, locale: String = "C", file: [UInt8] = Self.file
    ) async throws -> (status: Int32, console: RecordedConsole) {
        try await withDirectory { directory in
            let (socket, image) = (directory + "/s", directory + "/image")
            try Data(file).write(to: URL(filePath: image))
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { isListening.finish() }
                    try await ControlServer(path: socket, service: service, logger: logger).run { isListening.yield() }
                }
                for await _ in listening { break }
                let console = RecordedConsole()
                let words = arguments.map { $0 == "FILE" ? image : $0 == "SOCKET" ? socket : $0 }
                let status = await console.run(["devices", "update"] + words, locale: locale)
                group.cancelAll()
                try await group.waitForAll()
                return (status, console)
            }
        }
    }

    private let whole = [
        step(.offered), step(.offered), step(.receiving, 1000), step(.waiting, 1000),
        step(.receiving, 2000, resumedAt: 1000), step(.verified, 4000), step(.restarting, 4000),
        step(.installed, 4000, runs: "2.1"),
    ]

    @Test func `each step is said once, in English`() async throws {
        let service = UpdatingService(whole)
        let (status, console) = try await run(["W3", "--image", "FILE", "--socket", "SOCKET"], service)
        #expect(status == 0 && console.errors == "")
        #expect(
            console.output == """
                pad: told of 2.1, runs 2.0
                pad: 1,000 of 4,000 bytes (25 %) acknowledged
                pad: away after 1,000 of 4,000 bytes (25 %); goes on by itself when it is back
                pad: 2,000 of 4,000 bytes (50 %) acknowledged, resumed at 1,000
                pad: verified
                pad: installs and restarts
                pad: restarted as version 2.1

                """)
        #expect(service.uploaded.withLock { $0 } == Self.file)
        let request = try #require(service.requests.withLock { $0.first })
        #expect(request.place == "W3" && request.file.utf8.count == 64 && !request.user.isEmpty)
    }

    @Test func `each step is said once, in Chinese`() async throws {
        let (status, console) = try await run(
            ["W3", "--socket", "SOCKET"], UpdatingService(whole), locale: "zh_CN.UTF-8")
        #expect(status == 0)
        #expect(console.output.contains("pad：已确认 2,000 / 4,000 字节（50 %），从 1,000 续传\n"))
        #expect(console.output.hasSuffix("pad：已以版本 2.1 重新启动\n"))
    }

    @Test func `a script reads a line of JSON for each step`() async throws {
        let (status, console) = try await run(["W3", "--json", "--socket", "SOCKET"], UpdatingService(whole))
        #expect(status == 0)
        let reports = try console.output.split(separator: "\n").map {
            try JSONDecoder().decode(UpdateReport.self, from: Data($0.utf8))
        }
        #expect(reports == Array(whole.dropFirst()))
    }

    @Test func `what went wrong has a code, a cause and a hint`() async throws {
        let refused = UpdatingService([Self.step(.refused, refusal: "forged")])
        let (status, console) = try await run(["W3", "--image", "FILE", "--socket", "SOCKET"], refused)
        #expect(status == 1 && console.output == "pad: not updated\n")
        #expect(
            console.errors == """
                hallgate: the pad holds the image for forged, and keeps the firmware it has: pad runs 2.0, the image is 2.1
                  → the file is damaged, of another maker, or for other hardware: get it from the maker anew

                """)
        let back = UpdatingService([Self.step(.wentBack, 4000)])
        let (unwell, chinese) = try await run(["W3", "--socket", "SOCKET"], back, locale: "zh_CN.UTF-8")
        #expect(unwell == 1 && chinese.errors.contains("pad 运行的是 2.0，不是 2.1"))
        let (late, installing) = try await run(["W3", "--cancel", "--socket", "SOCKET"], back)
        #expect(late == 1 && installing.errors.contains("installs the image"))
        let (nobody, unknown) = try await run(["W9", "--socket", "SOCKET"], back)
        #expect(nobody == 1 && unknown.errors.contains("no device is at 'W9'"))
    }

    @Test func `a file that is no firmware is not sent`() async throws {
        let service = UpdatingService(whole)
        let (status, console) = try await run(
            ["W3", "--image", "FILE", "--socket", "SOCKET"], service, file: Self.file.dropLast() + [5])
        #expect(status == 1 && console.errors.contains("its hash does not hold"))
        #expect(service.uploaded.withLock { $0.isEmpty })
        let (missing, nothing) = try await run(["W3", "--image", "/none", "--socket", "SOCKET"], service)
        #expect(missing == 1 && nothing.errors.contains("/none cannot be read"))
        let (usage, _) = try await run(["W3", "--image", "FILE", "--cancel", "--socket", "SOCKET"], service)
        #expect(usage == 2)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import DeviceSupervision
import Foundation
import Logging
import OperatorAPI
import RatingModel
import Synchronization
import Testing
import VirtualPads

@testable import HallgateApp

/// A firmware from the operator's socket into a pad on a pseudo-terminal, whose boot code checks the signature.
@Suite(.timeLimit(.minutes(5))) struct FirmwareUpdateTests {
    private static let device = "native-0000000000000003"

    private func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
        try await HallgateAppTests.eventually(within: .seconds(60), condition)
    }

    /// What was pressed and acknowledged, and how long each waited for that, in the order in which they got it.
    private final class Thanks: Sendable {
        private let state = Mutex((waits: [UInt64](), pressed: Set<UInt32>(), acknowledged: Set<UInt32>()))
        var all: [UInt64] { state.withLock { $0.waits } }
        var pressed: Set<UInt32> { state.withLock { $0.pressed } }
        var acknowledged: Set<UInt32> { state.withLock { $0.acknowledged } }
        func note(_ notice: PadNotice) {
            state.withLock { state in
                switch notice {
                case .pressed(let sequence): state.pressed.insert(sequence)
                case .acknowledged(let sequence, let nanoseconds, _):
                    state.acknowledged.insert(sequence)
                    if let nanoseconds { state.waits.append(nanoseconds) }
                default: break
                }
            }
        }
    }

    /// Runs a gateway with one pad at W3 and answers its control socket.
    private func withHall(
        _ maker: FirmwareMaker, capacity: UInt32 = 1 << 20,
        _ body: @Sendable @escaping (ControlClient, PadRack, Thanks) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "update-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let thanks = Thanks()
        let rack = try PadRack(
            pads: [PadSettings(id: 3, link: directory + "/pad", memoryPath: directory + "/memory", newLog: 77)],
            seed: 1, boot: maker.boot(capacity: capacity)
        ) { _, notice in thanks.note(notice) }
        defer { rack.stop() }
        let text = """
            windows: [{id: W3}]
            journal: {directory: \(directory)/journal}
            devices: [{path: \(directory)/pad, driver: native, window: W3}]

            """
        let configuration = try #require(GatewayConfiguration.read(text: text).configuration)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let gateway = try await buildGateway(configuration, logger: logger)
        let service = GatewayOperator(
            gateway: gateway, reader: ConfigurationSource(path: nil), refused: nil, logger: logger)
        let server = ControlServer(path: directory + "/s", service: service, logger: logger)
        try await whileServing(server, of: gateway) {
            let client = ControlClient(path: directory + "/s")
            #expect(await eventually { (try? await client.devices().first?.state) == .ready })
            try await body(client, rack, thanks)
        }
    }

    private func begin(_ file: [UInt8], over client: ControlClient) async throws -> UpdateReport {
        let name = try FirmwareFile.name(of: file)
        try await client.upload(file, name: name)
        return try await client.update(UpdateRequest(place: "W3", file: name, user: "tester"))
    }

    private func image(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) } }

    @Test func `a pad is updated while people press, over a line that is pulled in the middle`() async throws {
        let maker = FirmwareMaker()
        let file = try maker.file(image(2_000_000), model: "Hallgate Virtual Pad")
        try await withHall(maker, capacity: 1 << 23) { client, rack, thanks in
            // How fast it goes without an update, beside which the update must not show.
            for _ in 0..<20 {
                rack.press(pad: 0, key: 2, level: 2)
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(await eventually { thanks.all.count == 20 })

            #expect(try await begin(file, over: client).runs == "1.0.0")
            var presses = 20
            while try await client.updateReport(at: "W3").received < 300_000 {
                rack.press(pad: 0, key: 4, level: 4)
                presses += 1
                try await Task.sleep(for: .milliseconds(10))
            }
            let during = thanks.all.dropFirst(20)
            rack.unplug(pad: 0)
            #expect(try await eventually { try await client.updateReport(at: "W3").state == .waiting })
            rack.plugIn(pad: 0)
            #expect(try await eventually { try await client.updateReport(at: "W3").resumedAt != nil })
            let report = try await client.updateReport(at: "W3")
            #expect(report.resumedAt.map { $0 >= 300_000 } == true, "what the pad had is not sent again")
            rack.press(pad: 0, key: 1, level: 1)
            presses += 1

            #expect(try await eventually { try await client.updateReport(at: "W3").isOver })
            let end = try await client.updateReport(at: Self.device)
            #expect(end.state == .installed && end.runs == "2.0.0" && end.received == 2_000_000)
            rack.press(pad: 0, key: 1, level: 1)
            presses += 1
            // One that was recorded as the plug was pulled comes again, and is answered again.
            #expect(await eventually { thanks.acknowledged.count == presses })
            #expect(thanks.pressed == thanks.acknowledged)
            #expect(try await client.devices().first.map { $0.recorded >= Int64(presses) } == true)
            #expect(try await client.devices().first?.model == "Hallgate Virtual Pad 2.0.0")
            let slowest = (during.max() ?? 0) / 1_000_000
            print(
                "\(during.count) presses during the update, the slowest thanked after \(slowest) ms;",
                "without it \((thanks.all.prefix(20).max() ?? 0) / 1_000_000) ms")
            #expect(!during.isEmpty && slowest < 3000, "within what a citizen waits, however loaded the computer")
        }
    }

    @Test func `an image that another maker signed is refused, and the pad keeps its firmware`() async throws {
        let file = try FirmwareMaker(seed: 9).file(image(3000))
        try await withHall(FirmwareMaker()) { client, rack, _ in
            _ = try await begin(file, over: client)
            #expect(try await eventually { try await client.updateReport(at: "W3").isOver })
            let report = try await client.updateReport(at: "W3")
            #expect(report.state == .refused && report.refusal == "forged" && report.runs == "1.0.0")
            #expect(GatewayError.notUpdated(report).code == "update.forged")
            rack.unplug(pad: 0, replugAfter: .milliseconds(50))
            rack.press(pad: 0, key: 1, level: 1)
            #expect(try await eventually { try await client.devices().first?.state == .ready })
            #expect(try await client.devices().first?.model == "Hallgate Virtual Pad 1.0.0")
        }
    }

    @Test func `what the pad or the gateway does not take is said with its reason`() async throws {
        let maker = FirmwareMaker()
        try await withHall(maker, capacity: 1000) { client, _, _ in
            let files: [([UInt8], String)] = [
                (try maker.file(image(300), release: 0), "tooOld"),
                (try maker.file(image(300), model: "Other"), "otherModel"),
                (try maker.file(image(1001)), "tooLarge"),
            ]
            for (file, refusal) in files {
                _ = try await begin(file, over: client)
                #expect(try await eventually { try await client.updateReport(at: "W3").isOver })
                #expect(try await client.updateReport(at: "W3").refusal == refusal)
            }
            var damaged = try maker.file(image(300))
            damaged[damaged.count - 1] ^= 1
            let error = await #expect(throws: GatewayError.self) { try await begin(damaged, over: client) }
            #expect(error?.code == "update.bad-image" && error?.cause == "its hash does not hold")
            let unknown = UpdateRequest(place: "W3", file: "nothing", user: "tester")
            let missing = await #expect(throws: GatewayError.self) { try await client.update(unknown) }
            #expect(missing?.code == "update.upload")
        }
    }

    @Test func `an update that is taken back leaves the pad as it was`() async throws {
        let maker = FirmwareMaker()
        let file = try maker.file(image(300_000))
        try await withHall(maker) { client, _, _ in
            _ = try await begin(file, over: client)
            let report = try await client.cancelUpdate(CancelUpdateRequest(place: "W3", user: "tester"))
            #expect(report.state == .cancelled)
            #expect(try await client.devices().first?.model == "Hallgate Virtual Pad 1.0.0")
            _ = try await begin(try maker.file(image(2000)), over: client)
            #expect(try await eventually { try await client.updateReport(at: "W3").state == .installed })
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import DeviceSupervision
import Foundation
import HallgateTesting
import Logging
import OperatorAPI
import RatingModel
import Testing
import VirtualPads

@testable import HallgateApp

/// Learning a pad nobody configured, on real pseudo-terminals.
@Suite struct LearnDeviceTests {
    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "learn-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body(directory)
    }

    /// Presses a pad's key again and again, as a person does who waits for something to happen.
    private func learning(
        _ request: LearnRequest, pressing rack: PadRack, pad: Int
    ) async throws -> LearnedDevice {
        try await withThrowingTaskGroup(of: LearnedDevice?.self) { group in
            group.addTask {
                guard case .learned(let learned) = try await learnDevice(request, notice: { _ in }) else { return nil }
                return learned
            }
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(500))
                    rack.press(pad: pad, key: 2, level: 2)
                }
                return nil
            }
            defer { group.cancelAll() }
            while let learned = try await group.next() { if let learned { return learned } }
            throw CancellationError()
        }
    }

    @Test func `a press names the port and the driver, and check takes what is written`() async throws {
        try await withDirectory { directory in
            let pads = (1...2).map { number in
                PadSettings(
                    id: UInt64(number), link: "\(directory)/pad\(number)", memoryPath: "\(directory)/memory\(number)",
                    newLog: UInt64(number))
            }
            let rack = try PadRack(pads: pads, seed: 1)
            defer { rack.stop() }
            let path = directory + "/hall.yaml"
            try Data("windows: [{id: W7}]\n".utf8).write(to: URL(filePath: path))
            var request = LearnRequest(configurationPath: path)
            request.paths = pads.map(\.link)
            request.windows = ["W7"]
            let learned = try await learning(request, pressing: rack, pad: 1)
            #expect(learned.wasPressed)
            #expect(learned.evidence.path == directory + "/pad2")
            #expect(learned.evidence.driver == "native")
            #expect(learned.evidence.kind == .press(key: 2, label: "满意"))

            _ = try DropIn.write(learned.stanza, name: "W7", beside: path)
            let reading = GatewayConfiguration.read(file: path)
            #expect(reading.diagnostics == [])
            #expect(reading.configuration?.devices.first?.line.path == directory + "/pad2")
            // Nothing was acknowledged: the pad still has every press for the gateway that will be its own.
            #expect(rack.report.acknowledgementMicroseconds.isEmpty)
            #expect(rack.report.unacknowledged == rack.report.pressed)
            try await run(try #require(reading.configuration), in: directory, until: rack)
        }
    }

    /// Runs a gateway of what was written until it has every press that was made while learning.
    private func run(_ learned: GatewayConfiguration, in directory: String, until rack: PadRack) async throws {
        var configuration = learned
        configuration.journalDirectory = directory + "/journal"
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let gateway = try await buildGateway(configuration, logger: logger)
        async let running: Void = gateway.supervision.run()
        let end = ContinuousClock.now + .seconds(30)
        while rack.report.unacknowledged > 0, ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(20))
        }
        let device = await gateway.supervision.statuses().first
        gateway.supervision.stop()
        await running
        await gateway.close()
        #expect(rack.report.unacknowledged == 0)
        #expect(device?.window == "W7" && device?.recorded == Int64(rack.report.pressed))
    }

    @Test func `lines that are configured are left alone`() async throws {
        try await withDirectory { directory in
            let terminal = try PseudoTerminal(link: directory + "/pad1")
            let other = try PseudoTerminal(link: directory + "/pad2")
            let device = "windows: [{id: W7}]\ndevices: [{path: \(terminal.link), driver: native, window: W7}]\n"
            let lines = GatewayConfiguration.read(text: device).configuration?.devices.map(\.line) ?? []
            var found = LearnLines(configured: lines)
            #expect(found.linked(in: [directory]).map(\.path) == [other.link])
        }
    }

    @Test func `silence is an error with a hint`() async throws {
        try await withDirectory { directory in
            let terminal = try PseudoTerminal(link: directory + "/pad1")
            var request = LearnRequest(configurationPath: directory + "/none.yaml")
            request.paths = [terminal.link]
            request.patience = .milliseconds(300)
            let error = await #expect(throws: GatewayError.self) { try await learnDevice(request) { _ in } }
            #expect(error?.code == "learn.nobody-pressed")
        }
    }
}

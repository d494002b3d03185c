// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Foundation
import Logging
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// A pad is paired with the key on its label: the real gateway, the protocol's own pad, and the operator's own commands.
@Suite struct PairingTests {
    private static let key: [UInt8] = (0..<32).map { $0 &* 7 &+ 1 }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Writes the pad's key into a file, and the stanza of `devices pair` into a drop-in.
    private func enter(_ key: [UInt8], into keyFile: String, _ hall: RunningHall) throws {
        try Data((hexadecimal(key) + "\n").utf8).write(to: URL(filePath: keyFile))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keyFile)
        let stanza = try pairing(at: "W3", keyFile: keyFile, configurationPath: hall.configuration)
        try FileManager.default.createDirectory(
            atPath: hall.configuration + ".d", withIntermediateDirectories: true)
        try Data((stanza.yaml + "\n").utf8).write(to: URL(filePath: hall.configuration + ".d/W3-paired.yaml"))
    }

    @Test func `a pad is paired by its label, and what it pressed before waits for an operator`() async throws {
        let devices = "driver: native, window: W3, pairing: required"
        try await RunningHall.run(devices: devices) { hall in
            let pad = try KeyedPad(link: hall.line, key: Self.key)
            let living = Task { await pad.run() }
            defer { living.cancel() }
            let client = hall.client
            func held() async throws -> Int64 { try await client.status().uplinks[0].held["quarantined"] ?? 0 }

            // 1. Nobody has entered its key: it rates, and its presses are held.
            #expect(await eventually { (try? await client.devices().first?.state) == .ready })
            pad.press()
            #expect(await eventually { pad.acknowledged == 1 })
            #expect(try await held() == 1)
            let first = try #require(try await client.devices().first)
            #expect(first.device == "native-0000000000000053")
            #expect(first.detail?.contains("its key is not known here") == true)
            #expect(try await client.status().troubles.contains { $0.message.contains("does not prove who it is") })

            // 2. Another pad's key was entered: this one refuses the gateway, and its presses are held.
            try enter([UInt8](repeating: 9, count: 31) + [8], into: hall.directory + "/wrong", hall)
            #expect(try await client.reload(by: "wang").changes.isEmpty == false)
            #expect(
                await eventually {
                    (try? await client.devices().first?.detail?.contains("its key is not the one known here")) == true
                })
            pad.press()
            #expect(await eventually { pad.acknowledged == 2 })
            #expect(try await held() == 2)
            let pretender = try #require(try await client.devices().first?.device)
            #expect(pretender == "native-0000000000000053-unproven")

            // 3. The key on its label: it proves itself, and its presses go on their way.
            try enter(Self.key, into: hall.directory + "/right", hall)
            _ = try await client.reload(by: "wang")
            #expect(await eventually { (try? await client.devices().first?.device) == first.device })
            pad.press()
            #expect(await eventually { pad.acknowledged == 3 })
            #expect(try await held() == 2)
            #expect(try await client.devices().first?.detail == nil)

            // 4. What it pressed before was a stranger's until somebody says whose it was.
            for device in [first.device, pretender] {
                let report = try await client.approve(ApproveRequest(device: device ?? "", user: "wang"))
                #expect(report.released == 1)
            }
            let status = try await client.status()
            let uplink = try #require(status.uplinks.first)
            #expect(uplink.held["quarantined", default: 0] == 0 && uplink.recorded == 3 && uplink.isConserved)
            #expect(status.decisions.map(\.kind) == [.released, .released, .paired, .paired])
            #expect(status.decisions.allSatisfy { $0.user == "wang" && $0.origin == .operatorSocket })
        }
    }

    @Test func `a pad that met its gateway proves itself again after its cable was pulled`() async throws {
        try await RunningHall.run(devices: "driver: native, window: W3, pairing: required") { hall in
            try enter(Self.key, into: hall.directory + "/right", hall)
            let pad = try KeyedPad(link: hall.line, key: Self.key)
            let living = Task { await pad.run() }
            defer { living.cancel() }
            _ = try await hall.client.reload(by: "wang")
            for round in 1...3 {
                let client = hall.client
                #expect(await eventually { (try? await client.devices().first?.state) == .ready })
                pad.press()
                #expect(await eventually { pad.acknowledged == round })
                try pad.replug()
                #expect(await eventually { (try? await client.devices().first?.connections) ?? 0 > Int64(round) })
            }
            let uplink = try #require(try await hall.client.status().uplinks.first)
            #expect(uplink.recorded == 3 && uplink.held["quarantined", default: 0] == 0)
        }
    }
}

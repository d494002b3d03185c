// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import RatingModel
import Testing

@testable import HallgateApp

/// The last accepted configuration is kept for the next start, and runs where the file has mistakes by then.
@Suite struct AcceptedConfigurationTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accepted-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func write(_ text: String, _ file: URL) throws { try Data(text.utf8).write(to: file) }

    @Test func `a file with mistakes gives way to the last accepted one, with its drop-ins`() throws {
        try withFolder { folder in
            let file = folder.appending(path: "hall.yaml")
            let dropIns = folder.appending(path: "hall.yaml.d")
            try FileManager.default.createDirectory(at: dropIns, withIntermediateDirectories: true)
            try write("hall: {name: 一}\n", file)
            try write("windows: [{id: A01}]\n", dropIns.appending(path: "windows.yaml"))
            let kept = AcceptedConfiguration(path: folder.appending(path: "kept.yaml").path())
            let source = ConfigurationSource(path: file.path())
            let first = try accept(source, kept)
            #expect(first.refused == nil && first.previous == .builtIn)

            try write("hall: {name: 二, nonsense: 1}\n", file)
            let choice = try kept.choose(source, logger: quiet)
            #expect(choice.refused != nil && choice.previous == choice.configuration)
            #expect(choice.configuration.hall.name == "一")
            #expect(choice.configuration.windows.map(\.id.value) == ["A01"])
        }
    }

    /// What a start does: chooses, and keeps what it took.
    private func accept(
        _ source: ConfigurationSource, _ kept: AcceptedConfiguration
    ) throws -> AcceptedConfiguration.Choice {
        let choice = try kept.choose(source, logger: quiet)
        if choice.refused == nil { kept.keep(source, of: choice.configuration, logger: quiet) }
        return choice
    }

    @Test func `without a folder to keep it in nothing is known of what was accepted before`() throws {
        try withFolder { folder in
            let file = folder.appending(path: "hall.yaml")
            try write("hall: {name: 一}\n", file)
            let source = ConfigurationSource(path: file.path())
            let kept = AcceptedConfiguration.fromEnvironment([:])
            #expect(try accept(source, kept).previous == nil)
            try write("nonsense: 1\n", file)
            #expect(throws: GatewayError.self) { try kept.choose(source, logger: quiet) }
        }
    }

    /// A description that goes bad or is gone stops no pad that was running with it.
    @Test(arguments: ["no: description\n", "{", nil])
    func `the descriptions of pads are kept with the configuration that names them`(_ bad: String?) throws {
        try withFolder { folder in
            let (file, frame) = (folder.appending(path: "hall.yaml"), folder.appending(path: "pad.yaml"))
            try write(Self.frame(named: "one"), frame)
            try write(
                "windows: [{id: A01}]\ndevices: [{path: /dev/a, driver: framed, window: A01, description: \(frame.path())}]\n",
                file)
            let kept = AcceptedConfiguration(path: folder.appending(path: "state/kept.yaml").path())
            let source = ConfigurationSource(path: file.path())
            let accepted = try accept(source, kept).configuration
            #expect(accepted.devices.count == 1)

            if let bad { try write(bad, frame) } else { try FileManager.default.removeItem(at: frame) }
            let choice = try accept(source, kept)
            #expect(choice.refused?.code == "configuration.refused")
            #expect(choice.configuration == accepted)
            // It is still there for the start after that.
            #expect(try accept(source, kept).configuration == accepted)

            // Another description takes its place once it is accepted, and the old one's copy goes.
            let other = folder.appending(path: "other.yaml")
            try write(Self.frame(named: "two"), other)
            try write(
                "windows: [{id: A01}]\ndevices: [{path: /dev/a, driver: framed, window: A01, description: \(other.path())}]\n",
                file)
            let next = try accept(source, kept)
            #expect(next.refused == nil && next.previous == accepted && next.configuration != accepted)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path() + "/state/kept.yaml.files").count == 1
            )
            try FileManager.default.removeItem(at: other)
            #expect(try accept(source, kept).configuration == next.configuration)
        }
    }

    /// The daemon may not change owners and modes to those of root's files, and must not need to.
    @Test func `a copy has nothing of the original but its words`() throws {
        try withFolder { folder in
            let file = folder.appending(path: "hall.yaml")
            let dropIns = folder.appending(path: "hall.yaml.d")
            try FileManager.default.createDirectory(at: dropIns, withIntermediateDirectories: true)
            try write("hall: {name: 一}\n", file)
            try write("windows: [{id: A01}]\n", dropIns.appending(path: "windows.yaml"))
            try FileManager.default.setAttributes([.posixPermissions: 0o550], ofItemAtPath: dropIns.path())
            let kept = folder.appending(path: "kept.yaml").path()
            _ = try accept(ConfigurationSource(path: file.path()), AcceptedConfiguration(path: kept))
            let mode = try FileManager.default.attributesOfItem(atPath: kept + ".d")[.posixPermissions] as? Int
            #expect(mode != 0o550)
            #expect(
                FileManager.default.contents(atPath: kept + ".d/windows.yaml") == Data("windows: [{id: A01}]\n".utf8))
        }
    }

    /// A description of a pad; two that differ in their names only are two.
    private static func frame(named name: String) -> String {
        """
        name: \(name)
        start: AA 55
        length: {fixed: 5}
        checksum: {kind: xor8, from: 2, to: -2, at: -1}
        press: {when: 2=01, value: 3, acknowledge: AA 55 81 <3> <checksum>}
        keys: [{value: 1, level: very_satisfied}, {value: 5, level: very_dissatisfied}]

        """
    }
}

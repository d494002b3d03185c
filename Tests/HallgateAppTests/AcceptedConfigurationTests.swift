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
            #expect(try kept.choose(source, logger: quiet).refused == nil)

            try write("hall: {name: 二, nonsense: 1}\n", file)
            let (configuration, refused) = try kept.choose(source, logger: quiet)
            #expect(refused != nil)
            #expect(configuration.hall.name == "一")
            #expect(configuration.windows.map(\.id.value) == ["A01"])
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
            AcceptedConfiguration(path: kept).keep(ConfigurationSource(path: file.path()), logger: quiet)
            let mode = try FileManager.default.attributesOfItem(atPath: kept + ".d")[.posixPermissions] as? Int
            #expect(mode != 0o550)
            #expect(
                FileManager.default.contents(atPath: kept + ".d/windows.yaml") == Data("windows: [{id: A01}]\n".utf8))
        }
    }
}

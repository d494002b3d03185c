// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import Foundation
import Logging
import RatingModel
import Testing

@testable import HallgateApp

@Suite struct PlacementFileTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "placements-\(UUID())").path()
    private let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let places = [
        DevicePlace(
            line: "serial=A%1\tB", port: "pci-0:1", vendor: 0x1A86, product: 0x0003, serial: "A%1\tB\nC",
            device: DeviceID("评价器 1")),
        DevicePlace(line: "/dev/ttyS0"),
    ]

    @Test func `what is kept is there after a restart`() async throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(await PlacementFile(directory: directory, logger: silent).load() == [])
        await PlacementFile(directory: directory, logger: silent).save(places)
        #expect(await PlacementFile(directory: directory, logger: silent).load() == places)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["placements"])
    }

    @Test(arguments: ["", "garbage", "hallgate-placements 9\nline=a", "\u{0}\u{1}"])
    func `a file that is not one is learnt anew`(_ text: String) async throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data(text.utf8).write(to: URL(filePath: directory + "/placements"))
        #expect(await PlacementFile(directory: directory, logger: silent).load() == [])
    }

    @Test func `a directory that is not there costs no more than a warning`() async {
        await PlacementFile(directory: directory, logger: silent).save(places)
    }
}

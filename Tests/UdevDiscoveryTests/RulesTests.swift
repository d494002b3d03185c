// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

/// The rules that ship, run by a small reader of their own: the virtual machine runs them under the real udevd.
struct RulesTests {
    private static func file(_ name: String) throws -> RulesFile {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let path = "/\(root)/udev-rules/\(name)"
        let stream = try #require(fopen(path, "r"), "\(path)")
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, stream)
        return RulesFile(String(decoding: bytes[..<count], as: UTF8.self))
    }

    private static func applied(to device: RulesFile.Device) throws -> RulesFile.Device {
        try file("72-hallgate-seat.rules").apply(to: file("70-hallgate.rules").apply(to: device))
    }

    private let adapter: RulesFile.Device = [
        "ACTION": "add", "SUBSYSTEM": "tty", "KERNEL": "ttyUSB0", "ENV{ID_BUS}": "usb", "ENV{ID_VENDOR_ID}": "1a86",
        "ENV{ID_MODEL_ID}": "7523", "ENV{ID_PATH}": "pci-0000:00:14.0-usb-0:1:1.0",
    ]

    @Test(arguments: ["70-hallgate.rules", "72-hallgate-seat.rules"])
    func `every line can be read and every jump arrives`(_ name: String) throws {
        let file = try Self.file(name)
        #expect(file.rules.count >= 3)
        #expect(file.mistakes.isEmpty)
    }

    @Test func `a reader that finds no mistake would be worth nothing`() {
        #expect(RulesFile("SUBSYSTEM=\"tty\"").mistakes.count == 1)
        #expect(RulesFile("KERNEL==\"x, MODE=\"0660\"").mistakes.count == 1)
        #expect(RulesFile("ENV==\"x\"").mistakes.count == 1)
        #expect(RulesFile("GOTO=\"nowhere\"").mistakes.count == 1)
    }

    @Test func `an adapter of a pad gets the group and its links`() throws {
        let result = try Self.applied(to: adapter)
        #expect(result["GROUP"] == "hallgate" && result["MODE"] == "0660")
        #expect(result["SYMLINK"] == "hallgate/by-path/pci-0000:00:14.0-usb-0:1:1.0")
        #expect(result["ENV{ID_MM_DEVICE_IGNORE}"] == "1")
        var numbered = adapter
        numbered["ENV{ID_SERIAL_SHORT}"] = "PAD0001"
        #expect(try Self.applied(to: numbered)["SYMLINK"]?.hasSuffix(" hallgate/by-serial/PAD0001") == true)
    }

    @Test func `whatever is not named is left alone`() throws {
        var modem = adapter
        modem["ENV{ID_VENDOR_ID}"] = "12d1"
        #expect(try Self.applied(to: modem) == modem)
        let keyboard: RulesFile.Device = [
            "ACTION": "add", "SUBSYSTEM": "input", "KERNEL": "event3", "ENV{ID_BUS}": "usb", "TAG": "seat",
        ]
        #expect(try Self.applied(to: keyboard) == keyboard)
        var gone = adapter
        gone["ACTION"] = "remove"
        #expect(try Self.applied(to: gone) == gone)
    }

    @Test func `a keyboard that a local rule marks is kept from the seat`() throws {
        let keyboard: RulesFile.Device = [
            "ACTION": "add", "SUBSYSTEM": "input", "KERNEL": "event3", "ENV{HALLGATE}": "1", "TAG": "seat uaccess",
        ]
        let result = try Self.applied(to: keyboard)
        #expect(result["GROUP"] == "hallgate" && result["ENV{LIBINPUT_IGNORE_DEVICE}"] == "1")
        #expect(result["TAG"] == "")
    }
}

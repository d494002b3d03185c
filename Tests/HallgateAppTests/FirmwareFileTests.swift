// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// Firmware files and their way to the daemon.
@Suite struct FirmwareFileTests {
    private let start = MonotonicInstant(nanoseconds: 1)

    @Test func `a file says what its maker says`() throws {
        let file = try FirmwareFile(FirmwareMaker().file([1, 2, 3, 4], release: 7, version: "1.1", model: "HG-5"))
        #expect(file.release == 7 && file.version == "1.1" && file.model == "HG-5")
        #expect(file.image.bytes == [1, 2, 3, 4] && file.image.hash.count == 32 && file.image.signature.count == 64)
    }

    @Test func `a file that is cut anywhere, or longer, is none`() throws {
        let bytes = try FirmwareMaker().file([1, 2, 3, 4])
        for cut in 0..<bytes.count {
            #expect(throws: GatewayError.self, "cut at \(cut)") { try FirmwareFile(Array(bytes.prefix(cut))) }
        }
        #expect(throws: GatewayError.self) { try FirmwareFile(bytes + [0]) }
        #expect(throws: GatewayError.self, "an escape sequence is no version") {
            try FirmwareFile(FirmwareMaker().file([1], version: "\u{1B}[2J"))
        }
        #expect(throws: GatewayError.self) { try FirmwareFile(FirmwareMaker().file([1], version: "")) }
    }

    @Test func `pieces come in order, and what is not whole is not used`() throws {
        let bytes = try FirmwareMaker().file([UInt8](repeating: 5, count: 1000))
        let name = try FirmwareFile.name(of: bytes)
        var uploads = FirmwareUploads()
        func take(_ range: Range<Int>, into uploads: inout FirmwareUploads) throws -> Int {
            try uploads.take(Array(bytes[range]), of: name, size: bytes.count, at: range.lowerBound, now: start)
        }
        #expect(throws: GatewayError.self) { try take(100..<200, into: &uploads) }
        #expect(try take(0..<100, into: &uploads) == 100)
        #expect(throws: GatewayError.self) { try take(200..<300, into: &uploads) }
        #expect(throws: GatewayError.self) { try uploads.file(name, now: start) }
        #expect(try take(100..<bytes.count, into: &uploads) == bytes.count)
        #expect(try uploads.file(name, now: start).image.bytes.count == 1000)
        #expect(throws: GatewayError.self, "it is not kept for ever") {
            try uploads.file(name, now: start.advanced(by: .seconds(601)))
        }
    }

    @Test func `no more is kept than two files of the longest`() throws {
        var uploads = FirmwareUploads()
        for name in ["a", "b", "c"] { #expect(try uploads.take([1], of: name, size: 2, at: 0, now: start) == 1) }
        #expect(throws: GatewayError.self, "the oldest had to go") {
            try uploads.take([2], of: "a", size: 2, at: 1, now: start)
        }
        #expect(try uploads.take([2], of: "c", size: 2, at: 1, now: start) == 2)
        #expect(throws: GatewayError.self) { try uploads.take([3], of: "c", size: 2, at: 2, now: start) }
        #expect(throws: GatewayError.self) {
            try uploads.take([1], of: "d", size: FirmwareFile.mostBytes + 1, at: 0, now: start)
        }
        let piece = [UInt8](repeating: 0, count: UploadRequest.mostBytes + 1)
        #expect(throws: GatewayError.self) { try uploads.take(piece, of: "d", size: 1_000_000, at: 0, now: start) }
        #expect(throws: GatewayError.self, "another file under the same name is not the one that was altered") {
            try uploads.file("c", now: start)
        }
    }
}

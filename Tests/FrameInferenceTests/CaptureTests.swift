// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FrameInference
import Testing

/// The forms a capture comes in.
@Suite struct CaptureTests {
    private func capture(_ text: String) -> Capture { Capture(file: Array(text.utf8)) }

    @Test(arguments: [
        "< FF 68 03\n< 03 68\n", "FF68030368", "# a comment\nff 68 03 03 68  # and another\n",
        "00000000: ff68 0303 68                             .h..h\n",
        "00000000  ff 68 03 03 68                                    |.h..h|\n00000005\n",
        "% noise 00\n! wait 2s\n= press satisfied\n< FF 68 03 03 68\n> 06\n",
    ]) func `text is read in every common form`(_ text: String) {
        #expect(capture(text).device == [0xFF, 0x68, 0x03, 0x03, 0x68], "\(text)")
    }

    @Test func `what the host sent is kept apart`() {
        let capture = capture("< 01 02\n> 03\n< 04\n")
        #expect(capture.device == [1, 2, 4])
        #expect(capture.pieces.map(\.isFromDevice) == [true, false, true])
    }

    @Test func `other bytes are the pad's own`() {
        #expect(Capture(file: [0xFF, 0x68, 0x00]).device == [0xFF, 0x68, 0x00])
        #expect(capture("KEY1\r\nKEY2\r\n").device == Array("KEY1\r\nKEY2\r\n".utf8))
    }

    @Test func `noise alone gives nothing`() {
        #expect(FrameInference.infer(Capture([])) == nil)
        #expect(FrameInference.infer(Capture(file: [1, 2, 3, 4])) == nil)
        var state: UInt32 = 1
        let noise = (0..<600).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: state &>> 24)
        }
        #expect(FrameInference.infer(Capture([.init(isFromDevice: true, noise)])).map(\.frames) ?? 0 < 20)
    }

    /// Whatever the bytes are, the analysis ends and its draft names the bytes it looked at.
    @Test(arguments: [
        [UInt8](repeating: 0, count: 3000), [UInt8](repeating: 0xFF, count: 9000),
        (0..<2000).map { UInt8(truncatingIfNeeded: $0) }, Array("\r\n\r\n\r\n\r\n".utf8),
    ]) func `any bytes are outlived`(_ bytes: [UInt8]) {
        let found = FrameInference.infer(Capture([.init(isFromDevice: true, bytes)]))
        #expect(found.map { $0.bytes <= Capture.mostBytes && !$0.stanza(language: "C").isEmpty } ?? true)
    }
}

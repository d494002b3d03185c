// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: PadProtocol

@testable import PadProtocol

/// The native codec in both directions: as bytes of a line, and as fields behind a right checksum.
func fuzz(_ input: [UInt8]) {
    var decoder = FrameDecoder()
    for byte in input where decoder.push(byte) == .frame { read(&decoder) }
    guard input.count >= 2 else { return }
    var writer = FrameWriter(address: input[0], type: input[1])
    for byte in input.dropFirst(2).prefix(ProtocolLimits.bodyBytes - 6) { writer.u8(byte) }
    decoder = FrameDecoder()
    var isFrame = false
    for byte in writer.finish() where decoder.push(byte) == .frame {
        isFrame = true
        read(&decoder)
    }
    precondition(isFrame, "a frame that was written is not read")
}

/// What is read of a frame, written and read again, is the same.
private func read(_ decoder: inout FrameDecoder) {
    let address = decoder.address
    var copy = decoder
    if let message = try? PadMessage(&decoder) {
        var second = frame(message.encoded(from: address))
        precondition((try? PadMessage(&second)) == message, "a pad's message that changes")
    }
    if let message = try? HostMessage(&copy) {
        var second = frame(message.encoded(to: address))
        precondition((try? HostMessage(&second)) == message, "a host's message that changes")
    }
}

private func frame(_ bytes: [UInt8]) -> FrameDecoder {
    var decoder = FrameDecoder()
    for byte in bytes where decoder.push(byte) == .frame { return decoder }
    preconditionFailure("a message that makes no frame")
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: PadProtocol

@testable import PadProtocol

/// The native codec in both directions: as bytes of a line, and as fields behind a right checksum.
func fuzz(_ input: [UInt8]) {
    var decoder = FrameDecoder()
    for byte in input where decoder.push(byte) == .frame { read(decoder) }
    guard input.count >= 2 else { return }
    var writer = FrameWriter(address: input[0], type: input[1])
    for byte in input.dropFirst(2).prefix(ProtocolLimits.bodyBytes - 6) { writer.u8(byte) }
    decoder = FrameDecoder()
    var isFrame = false
    for byte in writer.finish() where decoder.push(byte) == .frame {
        isFrame = true
        read(decoder)
    }
    precondition(isFrame, "a frame that was written is not read")
}

/// A frame as each kind of message that it may be.
private func read(_ decoder: FrameDecoder) {
    let address = decoder.address
    var found = 0
    found += again(decoder, { try? PadMessage(&$0) }, { $0.encoded(from: address) })
    found += again(decoder, { try? HostMessage(&$0) }, { $0.encoded(to: address) })
    found += again(decoder, { try? DisplayMessage(&$0) }, { $0.encoded(to: address) })
    found += again(decoder, { try? ProofMessage(&$0) }, { $0.encoded(to: address) })
    found += again(decoder, { try? UpdateMessage(&$0) }, { $0.encoded(to: address) })
    precondition(found <= 1, "a frame that is two messages")
    var copy = decoder
    if let press = PressReport(frame: &copy) {
        precondition(!ProofInput.press(pad: 1, press).bytes.isEmpty)
        found += again(decoder, { PressReport(frame: &$0) }, { $0.encoded(from: address) })
    }
    if case .display(let message) = kind(decoder) {
        precondition(message.number != 0 && MessageType.isForDisplay(decoder.type), "a content without a number")
    }
    if case .update(.offer(let offer)) = kind(decoder) {
        precondition(offer.signedBytes.count == 17 + 8 + 32, "signed bytes of another length")
    }
}

private enum Kind {
    case display(DisplayMessage)
    case update(UpdateMessage)
    case other
}

private func kind(_ decoder: FrameDecoder) -> Kind {
    var (first, second) = (decoder, decoder)
    if MessageType.isForDisplay(decoder.type) {
        return (try? DisplayMessage(&first)).map { .display($0) } ?? .other
    }
    return MessageType.isForUpdate(decoder.type) ? (try? UpdateMessage(&second)).map { .update($0) } ?? .other : .other
}

/// What is read of a frame, written and read again, is the same; answers how many messages it was.
private func again<Message: Equatable>(
    _ decoder: FrameDecoder, _ read: (inout FrameDecoder) -> Message?, _ write: (Message) -> [UInt8]
) -> Int {
    var first = decoder
    guard let message = read(&first) else { return 0 }
    var second = frame(write(message))
    precondition(read(&second) == message, "a message that changes")
    return 1
}

private func frame(_ bytes: [UInt8]) -> FrameDecoder {
    var decoder = FrameDecoder()
    for byte in bytes where decoder.push(byte) == .frame { return decoder }
    preconditionFailure("a message that makes no frame")
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import OperatorAPI

/// Finds the messages that a pad's driver sends: each stands between a record separator and a line feed.
///
/// The gateway's end is not read further than the web process takes messages: what it does not take waits in the line,
/// whose driver gives it up in the end.
final class FarEndHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private static let separator: UInt8 = 0x1E
    private var assembler = LineAssembler(limit: RelayLimits.sentBytes)
    private let deliver: (String) -> Void
    private let mayRead: () -> Bool
    private let ended: () -> Void

    /// `mayRead` is asked after each read, and says whether there is to be another before somebody asks for one.
    init(deliver: @escaping (String) -> Void, mayRead: @escaping () -> Bool, ended: @escaping () -> Void) {
        self.deliver = deliver
        self.mayRead = mayRead
        self.ended = ended
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for line in assembler.append(unwrapInboundIn(data).readableBytesView) {
            guard case .whole(let bytes) = line else { continue }
            let message = bytes.first == Self.separator ? bytes.dropFirst() : bytes[...]
            deliver(String(decoding: message, as: UTF8.self))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if mayRead() { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        ended()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// A pad's message as it goes to its driver; `nil` for one that holds a record separator, which no JSON does.
    ///
    /// A line break within a message is white space between its parts, and becomes a space.
    static func framed(_ message: String) -> [UInt8]? {
        var bytes = [separator]
        for byte in message.utf8 {
            switch byte {
            case separator: return nil
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return bytes + [UInt8(ascii: "\n")]
    }
}

/// Says when a slow reader has taken enough for more to be written.
final class WritabilityHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let changed: () -> Void

    init(changed: @escaping () -> Void) { self.changed = changed }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { changed() }
        context.fireChannelWritabilityChanged()
    }
}

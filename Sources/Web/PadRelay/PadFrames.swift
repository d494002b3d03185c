// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOWebSocket
import OperatorAPI
import Synchronization

/// The frames the relay sends (RFC 6455 section 5).
enum PadFrames {
    /// A whole message.
    static func frame(_ kind: WebSocketOpcode, _ data: ByteBuffer) -> WebSocketFrame {
        WebSocketFrame(fin: true, opcode: kind, data: data)
    }

    /// Says that nothing follows, and why; a reason is cut to what a control frame holds.
    static func close(
        _ code: CloseCode, _ reason: String, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) async throws {
        var data = ByteBuffer()
        data.writeInteger(code.rawValue)
        data.writeString(String(reason.prefix(100)))
        try await outbound.write(frame(.connectionClose, data))
    }

    /// Why a connection is closed (RFC 6455 section 7.4, and its registry).
    enum CloseCode: UInt16 {
        case normalClosure = 1000
        case goingAway = 1001
        case protocolError = 1002
        case unacceptable = 1003
        case notText = 1007
        case policyViolation = 1008
        case tooBig = 1009
        case tryAgainLater = 1013
    }
}

/// Puts a pad's messages together, whatever frames they come in.
struct PadMessageAssembler {
    /// What a frame came to.
    enum Outcome: Equatable {
        case nothing
        case message(String)
        case pong(ByteBuffer)
        case end(PadFrames.CloseCode, String)
    }

    /// Most frames of a message: an empty frame costs nothing to send and would otherwise come for ever.
    static let mostFrames = 64
    private var partial: ByteBuffer?
    private var frames = 0

    mutating func take(_ frame: WebSocketFrame) -> Outcome {
        // A client masks what it sends; whoever does not is none (RFC 6455 section 5.1).
        guard frame.maskKey != nil else { return .end(.protocolError, "not masked") }
        let data = frame.unmaskedData
        switch frame.opcode {
        case .text:
            guard partial == nil else { return .end(.protocolError, "a message within a message") }
            return add(data, to: ByteBuffer(), isLast: frame.fin)
        case .continuation:
            guard let partial else { return .end(.protocolError, "nothing to continue") }
            return add(data, to: partial, isLast: frame.fin)
        case .ping: return .pong(data)
        case .pong: return .nothing
        case .connectionClose: return .end(.normalClosure, "")
        default: return .end(.unacceptable, "text only")
        }
    }

    private mutating func add(_ data: ByteBuffer, to begun: ByteBuffer, isLast: Bool) -> Outcome {
        var (whole, data) = (begun, data)
        whole.writeBuffer(&data)
        frames += 1
        guard whole.readableBytes <= RelayLimits.messageBytes, frames <= Self.mostFrames else {
            return .end(.tooBig, "at most \(RelayLimits.messageBytes) bytes")
        }
        partial = isLast ? nil : whole
        guard isLast else { return .nothing }
        frames = 0
        guard let text = String(validating: whole.readableBytesView, as: UTF8.self) else {
            return .end(.notText, "no UTF-8")
        }
        return .message(text)
    }
}

/// When a pad was last heard.
final class SignOfLife: Sendable {
    private let last = Mutex(ContinuousClock.now)

    func give() { last.withLock { $0 = .now } }
    var silence: Duration { last.withLock { $0.duration(to: .now) } }
}

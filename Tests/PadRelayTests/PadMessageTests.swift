// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOWebSocket
import OperatorAPI
import Testing

@testable import PadRelay

@Suite struct PadMessageTests {
    private func frame(_ kind: WebSocketOpcode, _ bytes: [UInt8], fin: Bool = true, isMasked: Bool = true)
        -> WebSocketFrame
    {
        WebSocketFrame(
            fin: fin, opcode: kind, maskKey: isMasked ? WebSocketMaskingKey([0, 0, 0, 0]) : nil,
            data: ByteBuffer(bytes: bytes))
    }

    private func outcomes(_ frames: [WebSocketFrame]) -> [PadMessageAssembler.Outcome] {
        var assembler = PadMessageAssembler()
        return frames.map { assembler.take($0) }
    }

    @Test func aMessageComesWholeOrInPieces() {
        let text = Array("{\"method\":\"请\"}".utf8)
        #expect(outcomes([frame(.text, text)]) == [.message("{\"method\":\"请\"}")])
        // A character may be cut in two, and a ping may come between.
        let pieces = [
            frame(.text, Array(text[..<12]), fin: false), frame(.ping, [1]), frame(.continuation, Array(text[12...])),
        ]
        #expect(outcomes(pieces) == [.nothing, .pong(ByteBuffer(bytes: [1])), .message("{\"method\":\"请\"}")])
        #expect(outcomes([frame(.text, []), frame(.pong, [])]) == [.message(""), .nothing])
    }

    @Test func whatIsNoTextMessageEndsTheConnection() {
        func code(_ frames: [WebSocketFrame]) -> PadFrames.CloseCode? {
            if case .end(let code, _) = outcomes(frames).last { code } else { nil }
        }
        #expect(code([frame(.binary, [1])]) == .unacceptable)
        #expect(code([frame(.text, [0xFF])]) == .notText)
        #expect(code([frame(.text, [0x41], isMasked: false)]) == .protocolError)
        #expect(code([frame(.continuation, [0x41])]) == .protocolError)
        #expect(code([frame(.text, [0x41], fin: false), frame(.text, [0x41])]) == .protocolError)
        #expect(code([frame(.connectionClose, [])]) == .normalClosure)
    }

    @Test func aMessageHasALimitInBytesAndInFrames() {
        let half = [UInt8](repeating: 0x41, count: RelayLimits.messageBytes / 2)
        let whole = outcomes([frame(.text, half, fin: false), frame(.continuation, half)])
        #expect(whole.last == .message(String(repeating: "A", count: RelayLimits.messageBytes)))
        let more = outcomes([frame(.text, half, fin: false), frame(.continuation, half + [0x41])])
        #expect(more.last == .end(.tooBig, "at most 3072 bytes"))
        let empty = [frame(.text, [], fin: false)] + (0..<64).map { _ in frame(.continuation, [], fin: false) }
        #expect(outcomes(empty).last == .end(.tooBig, "at most 3072 bytes"))
    }
}

@Suite struct PadAddressTests {
    private func address(_ path: String, bearer: String? = nil, header: String? = nil, query: String? = nil)
        -> PadAddress?
    {
        PadAddress(path: path, authorization: bearer, header: header, query: query)
    }

    @Test func theNameIsInThePath() {
        #expect(address("/pads/pad-1", query: "k")?.name == "pad-1")
        for path in [
            "/pads/", "/pads", "/pads/a/b", "/", "pads/a", "/pad/a", "/pads/" + String(repeating: "a", count: 129),
        ] {
            #expect(address(path) == nil, "\(path)")
        }
    }

    @Test func theKeyIsWhereThePadCanPutIt() {
        #expect(address("/pads/a", bearer: "Bearer one", header: "two", query: "three")?.key == "one")
        #expect(address("/pads/a", bearer: "Basic b25l", header: "two", query: "three")?.key == "two")
        #expect(address("/pads/a", query: "three")?.key == "three")
        #expect(address("/pads/a")?.key == "")
    }
}

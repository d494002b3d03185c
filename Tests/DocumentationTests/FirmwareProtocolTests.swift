// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import PadSecurity
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Runs what firmware-protocol.md states: its vectors, its streams and its timers.
@Suite struct FirmwareProtocolTests {
    private let document: Document

    init() throws {
        document = try Document(repositoryFile: "firmware-protocol.md", from: #filePath)
    }

    @Test func `every vector is the message it names`() throws {
        let vectors = document.blocks(of: "vector")
        #expect(vectors.count >= 20)
        for vector in vectors {
            let address = UInt8(vector["address"] ?? "0") ?? 0
            let frame = Document.bytes(vector["frame"] ?? "")
            var decoder = FrameDecoder()
            let results = frame.map { decoder.push($0) }
            #expect(results.last == .frame && results.dropLast().allSatisfy { $0 == .pending }, "\(vector)")
            #expect(decoder.completedBody == Document.bytes(vector["body"] ?? ""), "\(vector)")
            #expect(decoder.address == address, "\(vector)")
            if let text = vector["gateway"] {
                try expectGateway(text, is: frame, at: address, &decoder)
            } else {
                let text = try #require(vector["pad"])
                let message = try #require(NamedFields(text).padMessage, "\(text)")
                #expect(message.encoded(from: address) == frame, "\(text)")
                #expect(try PadMessage(&decoder) == message)
            }
        }
    }

    private func expectGateway(
        _ text: String, is frame: [UInt8], at address: UInt8, _ decoder: inout FrameDecoder
    ) throws {
        let fields = NamedFields(text)
        if let message = fields.hostMessage {
            #expect(message.encoded(to: address) == frame, "\(text)")
            #expect(try HostMessage(&decoder) == message)
        } else if let message = fields.displayMessage {
            #expect(message.encoded(to: address) == frame, "\(text)")
            #expect(try DisplayMessage(&decoder) == message)
        } else if let message = fields.proofMessage {
            #expect(message.encoded(to: address) == frame, "\(text)")
            #expect(try ProofMessage(&decoder) == message)
        } else {
            let message = try #require(fields.updateMessage, "\(text)")
            #expect(message.encoded(to: address) == frame, "\(text)")
            #expect(try UpdateMessage(&decoder) == message)
        }
    }

    @Test func `every code is the one of its bytes and key`() throws {
        let codes = document.blocks(of: "code")
        #expect(codes.count >= 4)
        for code in codes {
            let text = try #require(code["of"])
            let input = try #require(NamedFields(text).proofInput, "\(text)")
            #expect(input.bytes == Document.bytes(code["bytes"] ?? ""), "\(text)")
            let authenticator = HMACSHA256(key: Document.bytes(code["key"] ?? ""))
            let expected = Code128(first: Document.bytes(code["code"] ?? ""))
            #expect(authenticator.code(of: input.bytes, by: .hmacSHA256) == expected, "\(text)")
        }
    }

    @Test func `every message of version 1 has a vector`() {
        let types = Set(document.blocks(of: "vector").compactMap { Document.bytes($0["body"] ?? "").dropFirst().first })
        let further: [UInt8] = [0x20, 0x21, 0x28, 0x29, 0x30, 0x31, 0x32, 0x90, 0x92, 0xA8, 0xB0]
        #expect(types == Set(1...0x0B).union(0x10...0x14).union(0x81...0x86).union(further))
    }

    @Test func `every stream is heard as stated`() {
        let streams = document.blocks(of: "stream")
        #expect(streams.count >= 5)
        for stream in streams {
            var decoder = FrameDecoder()
            var heard: [String] = []
            for byte in Document.bytes(stream["bytes"] ?? "") {
                switch decoder.push(byte) {
                case .pending: break
                case .frame: heard.append("frame " + Document.hex(decoder.type))
                case .rejected(let rejection, let bytes): heard.append("\(rejection) \(bytes)")
                }
            }
            #expect(heard.joined(separator: "\n") == stream["expect"], "\(stream)")
        }
    }

    @Test func `the timers are the code's`() {
        let code: [String: UInt64] = [
            "helloFirst": ProtocolTimers.helloFirst, "helloMost": ProtocolTimers.helloMost,
            "helloRejected": ProtocolTimers.helloRejected, "pressFirst": ProtocolTimers.pressFirst,
            "pressMost": ProtocolTimers.pressMost, "pressRefused": ProtocolTimers.pressRefused,
            "thanks": ProtocolTimers.thanks, "identify": UInt64(ProtocolTimers.identify),
            "requestRetry": ProtocolTimers.requestRetry, "askMost": ProtocolTimers.askMost,
            "keepAlive": ProtocolTimers.keepAlive, "reopen": ProtocolTimers.reopen,
            "healthOnBus": ProtocolTimers.healthOnBus, "busAnswer": ProtocolTimers.busAnswer,
            "busTurn": ProtocolTimers.busTurn, "busGap": ProtocolTimers.busGap, "busRound": ProtocolTimers.busRound,
        ]
        var stated: [String: UInt64] = [:]
        for line in document.lines where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
            if cells.count >= 3, ["pad", "gateway"].contains(cells[2]), let number = UInt64(cells[1]) {
                stated[cells[0]] = number
            }
        }
        #expect(stated == code)
    }

    @Test func `sizes stated are sizes kept`() {
        #expect(document.text.contains("A body has at most **\(ProtocolLimits.bodyBytes)** bytes"))
        #expect(document.text.contains("The largest frame is \(ProtocolLimits.frameBytes) bytes"))
        #expect(document.text.contains("At most **\(ProtocolLimits.pressesInFlight)** are on their way"))
    }
}

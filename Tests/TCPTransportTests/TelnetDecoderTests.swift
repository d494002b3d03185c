// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import Testing

@testable import TCPTransport

@Suite struct TelnetDecoderTests {
    /// The stream of RFC 854 with one of everything.
    private static let stream: [UInt8] = [
        0x50, 0x01,  // data
        0xFF, 0xFF,  // IAC IAC: one byte 0xFF of data
        0x02,  // data
        0xFF, 0xFD, 0x2C,  // IAC DO COM-PORT-OPTION
        0xFF, 0xF1,  // IAC NOP
        0xFF, 0xFA, 0x2C, 0x65, 0x00, 0x00, 0xFF, 0xFF, 0x00, 0xFF, 0xF0,  // IAC SB … SE with a doubled IAC inside
        0x03,  // data
    ]
    private static let events: [TelnetEvent] = [
        .data([0x50, 0x01, 0xFF, 0x02]), .negotiation(.do, option: 0x2C),
        .subnegotiation([0x2C, 0x65, 0x00, 0x00, 0xFF, 0x00]), .data([0x03]),
    ]

    /// Neighbouring data joined, since it may come in any pieces.
    private static func joined(_ events: [TelnetEvent]) -> [TelnetEvent] {
        var result: [TelnetEvent] = []
        for event in events {
            if case .data(let more) = event, case .data(let before) = result.last {
                result[result.count - 1] = .data(before + more)
            } else {
                result.append(event)
            }
        }
        return result
    }

    @Test func `a stream is parted`() {
        var decoder = TelnetDecoder()
        #expect(decoder.decode(Self.stream) == Self.events)
    }

    @Test func `a stream split anywhere is parted alike`() {
        for place in Self.stream.indices {
            var decoder = TelnetDecoder()
            let events = decoder.decode(Array(Self.stream[..<place])) + decoder.decode(Array(Self.stream[place...]))
            #expect(Self.joined(events) == Self.events, "split at \(place)")
        }
        var decoder = TelnetDecoder()
        #expect(Self.joined(Self.stream.flatMap { decoder.decode([$0]) }) == Self.events)
    }

    @Test func `a subnegotiation that grows too long is passed over and data goes on`() {
        var decoder = TelnetDecoder()
        let long = [UInt8](repeating: 0x41, count: TelnetDecoder.longestSubnegotiation + 1)
        #expect(decoder.decode([0xFF, 0xFA] + long + [0xFF, 0xF0, 0x50]) == [.data([0x50])])
        let longest = [UInt8](long.dropLast())
        #expect(decoder.decode([0xFF, 0xFA] + longest + [0xFF, 0xF0]) == [.subnegotiation(longest)])
    }

    @Test func `a command in a subnegotiation ends it unfinished`() {
        var decoder = TelnetDecoder()
        let events = decoder.decode([0xFF, 0xFA, 0x2C, 0x65, 0xFF, 0xFC, 0x2C, 0x50])
        #expect(events == [.negotiation(.wont, option: 0x2C), .data([0x50])])
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func `whatever was escaped comes out again`(seed: UInt64) {
        var generator = SeedGenerator(seed: seed)
        for _ in 0..<300 {
            // Half of the bytes have a meaning in Telnet.
            let bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                Bool.random(using: &generator)
                    ? UInt8.random(in: 0xF0...0xFF, using: &generator) : UInt8.random(in: 0...255, using: &generator)
            }
            var decoder = TelnetDecoder()
            let wire = telnetEscaped(bytes)
            let place = Int.random(in: 0...wire.count, using: &generator)
            let events = decoder.decode(Array(wire[..<place])) + decoder.decode(Array(wire[place...]))
            #expect(Self.joined(events) == (bytes.isEmpty ? [] : [.data(bytes)]))
        }
    }

    @Test(arguments: [4, 5, 6] as [UInt64]) func `rubbish yields no more than it holds`(seed: UInt64) {
        var generator = SeedGenerator(seed: seed)
        var decoder = TelnetDecoder()
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 1...64, using: &generator)).map { _ in
                [0xFF, 0xFA, 0xF0, 0xFD, 0x2C, UInt8.random(in: 0...255, using: &generator)]
                    .randomElement(using: &generator) ?? 0
            }
            for event in decoder.decode(bytes) {
                switch event {
                case .data(let data): #expect(!data.isEmpty && data.count <= bytes.count)
                case .subnegotiation(let content): #expect(content.count <= TelnetDecoder.longestSubnegotiation)
                case .negotiation: break
                }
            }
        }
    }
}

/// Numbers that follow from a seed (splitmix64).
struct SeedGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

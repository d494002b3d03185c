// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TCPTransport

@Suite struct TelnetOptionsTests {
    @Test func `the opening offers settings and asks for plain bytes`() {
        #expect(
            TelnetOptions.opening == [
                0xFF, 0xFB, 0x2C,  // IAC WILL COM-PORT-OPTION
                0xFF, 0xFB, 0x00,  // IAC WILL TRANSMIT-BINARY
                0xFF, 0xFD, 0x00,  // IAC DO TRANSMIT-BINARY
                0xFF, 0xFD, 0x03,  // IAC DO SUPPRESS-GO-AHEAD
            ])
    }

    @Test func `an agreement to what was asked is not answered`() {
        var options = TelnetOptions()
        #expect(options.take(.do, TelnetOptions.comPort).isEmpty)
        #expect(options.take(.will, TelnetOptions.binary).isEmpty)
        #expect(options.isComPortOn)
        #expect(options.take(.do, TelnetOptions.comPort).isEmpty, "nor is its repetition")
    }

    @Test func `an offer that suits is taken once`() {
        var options = TelnetOptions()
        #expect(options.take(.will, TelnetOptions.comPort) == [0xFF, 0xFD, 0x2C])
        #expect(options.isComPortOn)
        #expect(options.take(.will, TelnetOptions.comPort).isEmpty)
        #expect(options.take(.do, TelnetOptions.suppressGoAhead) == [0xFF, 0xFB, 0x03])
    }

    @Test func `what is not known is declined`() {
        var options = TelnetOptions()
        #expect(options.take(.will, 1) == [0xFF, 0xFE, 1], "the far side must not echo")
        #expect(options.take(.do, 24) == [0xFF, 0xFC, 24], "this side is no terminal")
        #expect(options.take(.wont, 1).isEmpty)
        #expect(options.take(.dont, 24).isEmpty)
    }

    @Test func `a refusal of the settings is known as one`() {
        var options = TelnetOptions()
        #expect(options.take(.dont, TelnetOptions.comPort).isEmpty)
        #expect(options.isComPortRefused)
        #expect(!options.isComPortOn)
        #expect(options.take(.will, TelnetOptions.comPort) == [0xFF, 0xFD, 0x2C])
        #expect(!options.isComPortRefused && options.isComPortOn)
    }

    @Test func `an option that is taken back is given up`() {
        var options = TelnetOptions()
        _ = options.take(.do, TelnetOptions.comPort)
        #expect(options.take(.dont, TelnetOptions.comPort) == [0xFF, 0xFC, 0x2C])
        #expect(options.take(.dont, TelnetOptions.comPort).isEmpty)
        #expect(!options.isComPortOn)
    }

    /// Two sides that are the same, each answering the other, fall silent.
    @Test func `two clients do not talk for ever`() {
        var sides = [TelnetOptions(), TelnetOptions()]
        var onWire: [(to: Int, bytes: [UInt8])] = [(0, TelnetOptions.opening), (1, TelnetOptions.opening)]
        var messages = 0
        while let (side, bytes) = onWire.popLast(), messages < 1000 {
            var decoder = TelnetDecoder()
            for case .negotiation(let verb, let option) in decoder.decode(bytes) {
                messages += 1
                let answer = sides[side].take(verb, option)
                if !answer.isEmpty { onWire.append((1 - side, answer)) }
            }
        }
        #expect(messages < 30)
    }
}

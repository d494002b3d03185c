// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a Telnet stream holds besides data (RFC 854).
public enum TelnetEvent: Sendable, Hashable {
    /// Bytes of the line, undoubled.
    case data([UInt8])
    /// A side's word on an option.
    case negotiation(TelnetVerb, option: UInt8)
    /// What stood between IAC SB and IAC SE, undoubled: the option first.
    case subnegotiation([UInt8])
}

/// The four words of a negotiation (RFC 854).
public enum TelnetVerb: UInt8, Sendable, Hashable, CaseIterable {
    /// The sender uses an option, or offers to.
    case will = 0xFB
    /// The sender does not use an option.
    case wont = 0xFC
    /// The receiver is asked to use an option.
    case `do` = 0xFD
    /// The receiver must not use an option.
    case dont = 0xFE
}

/// Bytes with a meaning of their own (RFC 854).
enum TelnetByte {
    static let subnegotiationEnd: UInt8 = 0xF0
    static let subnegotiation: UInt8 = 0xFA
    static let interpretAsCommand: UInt8 = 0xFF
}

/// Parts a Telnet stream into data and commands; bounded, whatever comes in and however it is split.
///
/// Commands without an argument, such as NOP and GO AHEAD, mean nothing for a serial line and are passed over. In a
/// subnegotiation a command other than IAC SE ends it: what a server began and did not finish is not a setting.
public struct TelnetDecoder: Sendable {
    /// Longest subnegotiation kept, in bytes: more than any of RFC 2217 but a signature. A longer one is passed over.
    public static let longestSubnegotiation = 64

    private enum State: Sendable {
        case data
        case command
        case verb(TelnetVerb)
        case subnegotiation
        case commandInSubnegotiation
    }

    private var state = State.data
    private var subnegotiation: [UInt8] = []
    private var isTooLong = false

    /// Starts at the beginning of a stream.
    public init() {}

    /// Takes bytes off the stream and answers with what they complete, data joined as far as it goes.
    public mutating func decode(_ bytes: [UInt8]) -> [TelnetEvent] {
        var events: [TelnetEvent] = []
        var data: [UInt8] = []
        for byte in bytes {
            guard let event = take(byte, data: &data) else { continue }
            if !data.isEmpty { events.append(.data(data)) }
            data = []
            events.append(event)
        }
        if !data.isEmpty { events.append(.data(data)) }
        return events
    }

    private mutating func take(_ byte: UInt8, data: inout [UInt8]) -> TelnetEvent? {
        switch state {
        case .data:
            if byte == TelnetByte.interpretAsCommand { state = .command } else { data.append(byte) }
        case .command:
            state = .data
            if byte == TelnetByte.interpretAsCommand { data.append(byte) } else { begin(byte) }
        case .verb(let verb):
            state = .data
            return .negotiation(verb, option: byte)
        case .subnegotiation:
            if byte == TelnetByte.interpretAsCommand { state = .commandInSubnegotiation } else { keep(byte) }
        case .commandInSubnegotiation:
            if byte == TelnetByte.interpretAsCommand {
                state = .subnegotiation
                keep(byte)
            } else if byte == TelnetByte.subnegotiationEnd {
                state = .data
                return isTooLong ? nil : .subnegotiation(subnegotiation)
            } else {
                state = .data
                begin(byte)
            }
        }
        return nil
    }

    private mutating func begin(_ command: UInt8) {
        if let verb = TelnetVerb(rawValue: command) {
            state = .verb(verb)
        } else if command == TelnetByte.subnegotiation {
            state = .subnegotiation
            subnegotiation.removeAll(keepingCapacity: true)
            isTooLong = false
        }
    }

    private mutating func keep(_ byte: UInt8) {
        if subnegotiation.count < Self.longestSubnegotiation { subnegotiation.append(byte) } else { isTooLong = true }
    }
}

/// Doubles every IAC, so that a Telnet stream carries any byte.
func telnetEscaped(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(TelnetByte.interpretAsCommand) else { return bytes }
    return bytes.flatMap { $0 == TelnetByte.interpretAsCommand ? [$0, $0] : [$0] }
}

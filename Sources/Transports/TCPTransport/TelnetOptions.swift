// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The state of the options both sides of a Telnet connection use (RFC 1143, without its queue: nothing that was
/// asked for is taken back).
struct TelnetOptions: Sendable {
    /// Bytes pass as they are, eight bits wide (RFC 856).
    static let binary: UInt8 = 0
    /// No GO AHEAD after each turn (RFC 858).
    static let suppressGoAhead: UInt8 = 3
    /// Settings of the serial port (RFC 2217).
    static let comPort: UInt8 = 44

    enum State: Sendable, Hashable {
        case off
        case requested
        case on
        case refused
    }

    /// What this side uses.
    private(set) var own: [UInt8: State] = [comPort: .requested, binary: .requested, suppressGoAhead: .off]
    /// What the far side uses.
    private(set) var far: [UInt8: State] = [comPort: .off, binary: .requested, suppressGoAhead: .requested]

    /// What is asked for when the connection is new.
    ///
    /// Data is taken for eight bits wide even where the server does not agree to say so, as ser2net and pyserial do.
    static let opening: [UInt8] = [
        0xFF, TelnetVerb.will.rawValue, comPort, 0xFF, TelnetVerb.will.rawValue, binary, 0xFF, TelnetVerb.do.rawValue,
        binary, 0xFF, TelnetVerb.do.rawValue, suppressGoAhead,
    ]

    /// Whether the port's settings can be sent: the server agreed, or offered by itself, as some do.
    var isComPortOn: Bool { own[Self.comPort] == .on || far[Self.comPort] == .on }
    /// Whether the server said that it knows no settings.
    var isComPortRefused: Bool { own[Self.comPort] == .refused && far[Self.comPort] != .on }

    /// Takes the server's word and answers it, where an answer is due: only a change is answered, so no two sides
    /// that do the same ever answer each other without end.
    mutating func take(_ verb: TelnetVerb, _ option: UInt8) -> [UInt8] {
        switch verb {
        case .do: Self.agree(&own, option, yes: .will, no: .wont)
        case .dont: Self.decline(&own, option, no: .wont)
        case .will: Self.agree(&far, option, yes: .do, no: .dont)
        case .wont: Self.decline(&far, option, no: .dont)
        }
    }

    private static func agree(
        _ side: inout [UInt8: State], _ option: UInt8, yes: TelnetVerb, no: TelnetVerb
    ) -> [UInt8] {
        guard let state = side[option] else { return [TelnetByte.interpretAsCommand, no.rawValue, option] }
        side[option] = .on
        switch state {
        case .on, .requested: return []
        case .off, .refused: return [TelnetByte.interpretAsCommand, yes.rawValue, option]
        }
    }

    private static func decline(_ side: inout [UInt8: State], _ option: UInt8, no: TelnetVerb) -> [UInt8] {
        guard let state = side[option] else { return [] }
        side[option] = .refused
        return state == .on ? [TelnetByte.interpretAsCommand, no.rawValue, option] : []
    }
}

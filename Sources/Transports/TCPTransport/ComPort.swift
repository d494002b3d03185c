// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Settings of a serial port behind a Telnet server, and the server's words on them (RFC 2217 §3).
enum ComPort {
    /// Commands of the client; the server answers each with the same number and 100.
    enum Command: UInt8, Sendable, Hashable, CaseIterable {
        case setBaudRate = 1
        case setDataSize = 2
        case setParity = 3
        case setStopSize = 4
        case setControl = 5
        case setLineStateMask = 10
        case setModemStateMask = 11
        case purgeData = 12
    }

    /// What the server says.
    enum Word: Sendable, Hashable {
        /// The port is set to this now, whatever it was asked for.
        case answer(Command, value: UInt32)
        /// The port's modem lines (NOTIFY-MODEMSTATE).
        case modemState(UInt8)
        /// The server asks for silence until it says otherwise (FLOWCONTROL-SUSPEND).
        case suspend
        /// The server takes bytes again (FLOWCONTROL-RESUME).
        case resume
    }

    /// The settings a line must have, in the order they are sent: its speed, 8 bits, no parity, 1 stop bit.
    static func required(baud: UInt32) -> [(command: Command, value: UInt32)] {
        [(.setBaudRate, baud), (.setDataSize, 8), (.setParity, 1), (.setStopSize, 1)]
    }

    /// Asked for and not insisted on: no flow control, no reports of line and modem, and what waits thrown away.
    ///
    /// DTR and RTS are left alone, because many pads restart when DTR falls.
    static let wished: [(command: Command, value: UInt32)] = [
        (.setControl, 1), (.setLineStateMask, 0), (.setModemStateMask, 0), (.purgeData, 3),
    ]

    /// A command as it goes over the wire; the speed is four bytes, everything else one.
    static func encoded(_ command: Command, _ value: UInt32) -> [UInt8] {
        let all = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        let bytes = command == .setBaudRate ? all[...] : all[3...]
        return [TelnetByte.interpretAsCommand, TelnetByte.subnegotiation, TelnetOptions.comPort, command.rawValue]
            + telnetEscaped(Array(bytes)) + [TelnetByte.interpretAsCommand, TelnetByte.subnegotiationEnd]
    }

    /// What a subnegotiation says; `nil` where it is of another option or of no known form.
    static func word(_ subnegotiation: [UInt8]) -> Word? {
        guard subnegotiation.count >= 2, subnegotiation[0] == TelnetOptions.comPort else { return nil }
        let value = subnegotiation.dropFirst(2)
        switch subnegotiation[1] {
        case 107: return value.count == 1 ? value.first.map { .modemState($0) } : nil
        case 108: return .suspend
        case 109: return .resume
        case let number:
            guard number > 100, let command = Command(rawValue: number - 100) else { return nil }
            guard value.count == (command == .setBaudRate ? 4 : 1) else { return nil }
            return .answer(command, value: value.reduce(0) { $0 << 8 | UInt32($1) })
        }
    }
}
